-- Money that Weir has rated itself, because the provider has no price for it. planned = what the commands written so far add up
-- to; wanted = what it should be, sent when it is due; provider = what was read back, never a copy of what was sent.
CREATE TABLE billed_amount (
  amount_key   text PRIMARY KEY,
  customer     text NOT NULL,
  subscription uuid NOT NULL,
  feature      text,
  charge       text NOT NULL,
  description  text NOT NULL,
  currency     char(3) NOT NULL,
  period_from  timestamptz NOT NULL,
  period_to    timestamptz NOT NULL,
  quantity     numeric,
  revision     bigint NOT NULL,
  wanted       numeric NOT NULL,
  planned      numeric NOT NULL,
  provider     numeric,
  state        text NOT NULL CHECK (state IN ('OPEN', 'CONFIRMED', 'DIFFERS')),
  checks       int NOT NULL DEFAULT 0,
  next_check   timestamptz,
  send_at      timestamptz                    -- null: nothing is to be sent
);
CREATE INDEX billed_amount_send ON billed_amount (send_at) WHERE send_at IS NOT NULL;
CREATE INDEX billed_amount_due ON billed_amount (next_check) WHERE next_check IS NOT NULL;
CREATE INDEX billed_amount_period ON billed_amount (period_to);

-- When each part of a subscription (its plan, an add-on) was first seen to begin: what is due once is due then.
CREATE TABLE subscription_begin (
  subscription uuid NOT NULL,
  part         text NOT NULL,                 -- 'plan', or 'addon:<key>'
  begun_at     timestamptz NOT NULL,
  PRIMARY KEY (subscription, part)
);
