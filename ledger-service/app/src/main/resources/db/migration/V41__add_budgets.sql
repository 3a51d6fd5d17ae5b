-- What a subscription's billing period may cost in money. No wallet: with tiers the price of one use depends on all others, so
-- quantities are kept by charge, and the money follows from them by the rating that bills it.
CREATE TABLE budget (
  budget_id     uuid PRIMARY KEY,            -- name-based on subscription and period; THE lock target, after all wallets
  root_customer text NOT NULL,
  subscription  uuid NOT NULL,
  plan          text NOT NULL,
  period_from   timestamptz NOT NULL,
  period_to     timestamptz NOT NULL,
  amount        numeric NOT NULL,            -- major units
  currency      char(3) NOT NULL,
  soft          boolean NOT NULL,
  exceeded_at   timestamptz,
  version       bigint NOT NULL DEFAULT 0,
  UNIQUE (subscription, period_from)
);
CREATE INDEX budget_root ON budget (root_customer, period_to);

CREATE TABLE budget_charge (
  budget_id    uuid NOT NULL REFERENCES budget,
  charge       text NOT NULL,
  plan_hash    text NOT NULL,                -- usage under this plan version
  feature      text NOT NULL,
  overage_only boolean NOT NULL,
  price        text NOT NULL,
  scale        smallint NOT NULL,
  charged      bigint NOT NULL,              -- atoms that are charged for certain
  held         bigint NOT NULL CHECK (held >= 0), -- and those that open reservations may add
  PRIMARY KEY (budget_id, plan_hash, charge)
);

-- Which budget a reservation holds against, and how much of its feature.
ALTER TABLE reservation ADD COLUMN budget_id uuid, ADD COLUMN budget_held bigint NOT NULL DEFAULT 0;
