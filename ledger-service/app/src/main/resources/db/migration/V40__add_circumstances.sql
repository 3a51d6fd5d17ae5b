-- What other services tell that decides about wallets.

-- Invoices that the billing provider has reported as paid: they open the credit that waits for a payment.
CREATE TABLE invoice_paid (
  subscription uuid NOT NULL,
  period_from  timestamptz NOT NULL,
  period_to    timestamptz NOT NULL,
  invoice      text NOT NULL,                 -- the provider's id
  customer     text NOT NULL,
  amount       numeric NOT NULL,              -- major units
  currency     char(3) NOT NULL,
  paid_at      timestamptz NOT NULL,
  received_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subscription, period_from, invoice)
);

-- What was used of a feature in a period before a limit began in its middle: metering's count, by customer and revision.
CREATE TABLE usage_before (
  usage_id    uuid PRIMARY KEY,
  wallet_id   uuid NOT NULL,                  -- follows from root, feature and resource; it may not exist yet
  resource    text,
  period_from timestamptz NOT NULL,           -- the epoch for a limit that never resets
  revision    bigint NOT NULL,
  total       bigint NOT NULL
);
CREATE INDEX usage_before_wallet ON usage_before (wallet_id);

-- The blocks of a period sum up to its target less this; no block pays for it.
ALTER TABLE limit_period ADD COLUMN used_before bigint NOT NULL DEFAULT 0 CHECK (used_before >= 0);
