-- Sums of a wallet's journal up to a row, so that a look at the past adds up some thousand rows and not all. They follow from the
-- journal and can be deleted at any time: a snapshot may change what a question costs, never its answer.
CREATE TABLE wallet_snapshot (
  wallet_id uuid NOT NULL,
  seq       bigint NOT NULL,
  posted_at timestamptz NOT NULL,               -- of that row
  sums      jsonb NOT NULL,                     -- [{block?, account, amount}]
  PRIMARY KEY (wallet_id, posted_at)
);
