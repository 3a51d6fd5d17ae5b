-- Finance postings: derived from the journal by a pure function. Everything here can be deleted and made again.

CREATE TABLE gl_posting (
  wallet_id    uuid NOT NULL,
  seq          bigint NOT NULL,
  leg          smallint NOT NULL,
  posted_at    timestamptz NOT NULL,            -- of the journal row
  period       date NOT NULL,                   -- its month, UTC
  dr           text NOT NULL,
  cr           text NOT NULL,
  amount_minor bigint NOT NULL,
  ccy          char(3),
  block_id     uuid,
  customer     text NOT NULL,                   -- the beneficiary
  feature      text,
  unit         text NOT NULL,
  quantity     bigint NOT NULL,                 -- atoms of the unit that moved
  CONSTRAINT gl_posting_amount CHECK ((amount_minor > 0 AND ccy IS NOT NULL) OR (amount_minor = 0 AND ccy IS NULL)), -- 0: a memo
  CONSTRAINT gl_posting_moves CHECK (dr <> cr),
  PRIMARY KEY (wallet_id, seq, leg)
);
CREATE INDEX gl_posting_time ON gl_posting (posted_at, wallet_id, seq, leg);

-- Where the money of a block with a cost stands, up to the wallet's progress.
CREATE TABLE gl_block (
  block_id   uuid PRIMARY KEY,
  wallet_id  uuid NOT NULL,
  ccy        char(3) NOT NULL,
  cost_total bigint NOT NULL CHECK (cost_total > 0),
  issued     bigint NOT NULL,
  consumed   bigint NOT NULL,
  expired    bigint NOT NULL,
  voided     bigint NOT NULL,
  moved      bigint NOT NULL,
  recognized bigint NOT NULL,
  breakage   bigint NOT NULL,
  refunded   bigint NOT NULL,
  handed_on  bigint NOT NULL,                   -- of its cost, to blocks that it rolled over into
  CONSTRAINT gl_block_cost CHECK (refunded >= 0 AND handed_on >= 0 AND cost_total - recognized - breakage - refunded - handed_on >= 0)
);
CREATE INDEX gl_block_wallet ON gl_block (wallet_id);

CREATE TABLE gl_progress (
  wallet_id uuid PRIMARY KEY,
  seq       bigint NOT NULL
) WITH (fillfactor = 70);
