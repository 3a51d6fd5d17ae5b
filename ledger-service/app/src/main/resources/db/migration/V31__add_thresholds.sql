-- What a wallet's owner wants to be told of, and what is bought when it runs low.

CREATE TABLE wallet_threshold (
  wallet_id     uuid NOT NULL,                  -- follows from root, unit and resource; it may not exist yet
  name          text NOT NULL,
  amount        bigint CHECK (amount >= 0),     -- atoms
  percent       numeric CHECK (percent > 0 AND percent <= 100),  -- of what the live blocks were granted
  last_crossed_at timestamptz,
  PRIMARY KEY (wallet_id, name),
  CONSTRAINT wallet_threshold_one CHECK ((amount IS NULL) <> (percent IS NULL))
);

CREATE TABLE recharge_rule (
  wallet_id     uuid PRIMARY KEY,
  root_customer text NOT NULL,
  unit          text NOT NULL,
  scale         smallint NOT NULL,
  threshold     bigint NOT NULL CHECK (threshold >= 0),
  target        bigint CHECK (target > 0),      -- buys up to here
  amount        bigint CHECK (amount > 0),      -- buys so much
  unit_price    numeric NOT NULL CHECK (unit_price > 0),  -- major units for one whole unit
  currency      char(3) NOT NULL,
  monthly_cap   numeric CHECK (monthly_cap > 0),          -- major units in a calendar month, UTC
  actor         text NOT NULL,
  changed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT recharge_rule_one CHECK ((target IS NULL) <> (amount IS NULL)),
  CONSTRAINT recharge_rule_target CHECK (target IS NULL OR target > threshold)
);

CREATE TABLE recharge_request (
  request_id    uuid PRIMARY KEY,
  wallet_id     uuid NOT NULL,
  root_customer text NOT NULL,
  unit          text NOT NULL,
  scale         smallint NOT NULL,
  quantity      bigint NOT NULL CHECK (quantity > 0),
  cost          numeric NOT NULL CHECK (cost > 0),
  currency      char(3) NOT NULL,
  attempt       int NOT NULL,                   -- failures since the last success, plus one
  state         smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),  -- OPEN PAID FAILED
  requested_at  timestamptz NOT NULL,
  closed_at     timestamptz,
  retry_at      timestamptz,                    -- of a failed one: not again before
  invoice       text,
  failure       text
);
CREATE UNIQUE INDEX recharge_open ON recharge_request (wallet_id) WHERE state = 0;
CREATE INDEX recharge_of_wallet ON recharge_request (wallet_id, requested_at DESC);
CREATE INDEX recharge_retry ON recharge_request (retry_at) WHERE retry_at IS NOT NULL;
