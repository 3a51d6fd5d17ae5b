-- Windows: what the ledger booked of a feature's usage in a span of at most one UTC hour, what metering says of the same span,
-- and whether the two agree. Only a window on which they agree is published as closed, and only closed windows are billed.

DROP TABLE usage_booking;

CREATE TABLE usage_window (
  window_id      uuid PRIMARY KEY,
  customer       text NOT NULL,
  root_customer  text NOT NULL,
  shard          smallint NOT NULL CHECK (shard BETWEEN 0 AND 255),
  feature        text NOT NULL,
  feature_type   text NOT NULL,
  resource       text,
  window_start   timestamptz NOT NULL,
  window_end     timestamptz NOT NULL,
  scale          smallint NOT NULL,
  subscription   uuid,
  plan           text,
  plan_version   int NOT NULL,
  plan_hash      text,
  period_from    timestamptz,
  period_to      timestamptz,

  enforced       bigint NOT NULL,
  reported       bigint NOT NULL,
  included       bigint NOT NULL,
  credit_covered bigint NOT NULL,
  overage        bigint NOT NULL,
  overrun        bigint NOT NULL,
  waived         bigint NOT NULL DEFAULT 0 CHECK (waived >= 0),
  unpriced       bigint NOT NULL,
  last_booked_at timestamptz NOT NULL,

  metering_revision bigint NOT NULL DEFAULT 0,
  metering_enforced bigint NOT NULL DEFAULT 0,
  metering_reported bigint NOT NULL DEFAULT 0,

  closed                   boolean NOT NULL DEFAULT false,
  closed_revision          bigint NOT NULL DEFAULT 0,
  closed_metering_revision bigint NOT NULL DEFAULT 0,
  closed_overage           bigint NOT NULL DEFAULT 0,

  needs_check     boolean NOT NULL DEFAULT true,
  check_after     timestamptz,
  exception_version bigint NOT NULL DEFAULT 0,
  exception_open  boolean NOT NULL DEFAULT false,
  exception_reason text,
  exception_since timestamptz,

  CONSTRAINT window_not_empty CHECK (window_start < window_end),
  CONSTRAINT window_parts_sum CHECK (enforced + reported = included + credit_covered + overage + overrun + waived + unpriced)
) WITH (fillfactor = 70);
CREATE INDEX usage_window_check ON usage_window (window_id) WHERE needs_check;
CREATE INDEX usage_window_check_after ON usage_window (check_after) WHERE check_after IS NOT NULL;
CREATE INDEX usage_window_open ON usage_window (shard, window_start) WHERE NOT closed;
CREATE INDEX usage_window_overage ON usage_window (root_customer, feature, period_from) WHERE overage <> 0;

CREATE TABLE usage_window_credit (
  window_id uuid NOT NULL REFERENCES usage_window,
  unit      text NOT NULL,
  category  text NOT NULL,
  scale     smallint NOT NULL,
  amount    bigint NOT NULL,
  PRIMARY KEY (window_id, unit, category)
);

-- Why overage was turned into waived, and by whom. Append-only.
CREATE TABLE window_waiver (
  waiver_id uuid PRIMARY KEY,
  window_id uuid NOT NULL REFERENCES usage_window,
  quantity  bigint NOT NULL CHECK (quantity > 0),
  reason    text NOT NULL,
  actor     text NOT NULL,
  waived_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE UPDATE, DELETE, TRUNCATE ON window_waiver FROM "${appRole}";
