-- Amounts are 64-bit integers of the unit's smallest part. Codes in smallint columns are the enums' fixed numbers.

-- Read models ------------------------------------------------------------------------------------------------------

CREATE TABLE catalog_body (
  hash        text PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('PLAN', 'ADDON')),
  body        text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Newest received first; `applied` once every body it names is here.
CREATE TABLE catalog_in_force (
  version     bigint PRIMARY KEY,
  body        text NOT NULL,
  applied     boolean NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE unit (
  code  text PRIMARY KEY,
  kind  smallint NOT NULL,                      -- 0 CREDIT, 1 LIMIT (a METERED feature)
  scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 9),
  name  text NOT NULL
);

-- The snapshot that the ledger works by, for every customer, wallet or not.
CREATE TABLE customer_snapshot (
  customer   text PRIMARY KEY,
  root       text NOT NULL,
  version    bigint NOT NULL,
  body       text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 70);
CREATE INDEX customer_snapshot_root ON customer_snapshot (root);

-- A snapshot that names bodies which have not arrived: applied when they come.
CREATE TABLE customer_snapshot_waiting (
  customer    text PRIMARY KEY,
  version     bigint NOT NULL,
  body        text NOT NULL,
  missing     text[] NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX customer_snapshot_waiting_missing ON customer_snapshot_waiting USING gin (missing);

-- Wallets ----------------------------------------------------------------------------------------------------------

CREATE TABLE wallet (                           -- one per (root customer, unit[, resource]); THE lock target
  wallet_id      uuid PRIMARY KEY,              -- name-based on the unique key below
  root_customer  text NOT NULL,
  shard          smallint NOT NULL CHECK (shard BETWEEN 0 AND 255),
  unit           text NOT NULL,
  resource       text,
  kind           smallint NOT NULL CHECK (kind IN (0, 1)),                 -- 0 CREDIT, 1 LIMIT
  scale          smallint NOT NULL CHECK (scale BETWEEN 0 AND 9),
  level          boolean NOT NULL DEFAULT false,                           -- a limit that never resets
  floor          bigint NOT NULL DEFAULT 0 CHECK (floor <= 0),             -- bounds new overdraft, in the decision
  repay          boolean NOT NULL DEFAULT true,                            -- the next grant repays overdraft
  enforcement    smallint NOT NULL DEFAULT 1,                              -- 0 LEASED 1 CENTRAL 2 OPTIMISTIC
  state          smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),   -- 0 ACTIVE 1 FROZEN 2 CLOSED
  available      bigint NOT NULL DEFAULT 0 CHECK (available >= 0),         -- sum of (remaining - held) of the live blocks
  held           bigint NOT NULL DEFAULT 0 CHECK (held >= 0),              -- in blocks, for open reservations
  overdraft      bigint NOT NULL DEFAULT 0 CHECK (overdraft >= 0),         -- booked debt
  overdraft_held bigint NOT NULL DEFAULT 0 CHECK (overdraft_held >= 0),    -- held debt room
  overage_held   bigint NOT NULL DEFAULT 0 CHECK (overage_held >= 0),      -- held overage room, of all periods
  quarantined    bigint NOT NULL DEFAULT 0 CHECK (quarantined >= 0),       -- held by reservations that have lapsed
  seq            bigint NOT NULL DEFAULT 0,
  head_hash      bytea NOT NULL,
  last_posted_at timestamptz,
  ledger_epoch   int NOT NULL DEFAULT 1,
  period_from    timestamptz,                   -- LIMIT: the running period; null before the first and for what never resets
  synced_to      timestamptz,                   -- the entitlement's timeline is applied up to here
  next_due       timestamptz,                   -- earliest activation, expiry, close or boundary: a cheap lazy check
  created_at     timestamptz NOT NULL,
  CONSTRAINT wallet_key UNIQUE NULLS NOT DISTINCT (root_customer, unit, resource)
) WITH (fillfactor = 50);                       -- no index on mutable columns: HOT updates

-- A limit's period: what it may reach and what went beyond. `period_from` is 1970-01-01 for a limit that never resets.
CREATE TABLE limit_period (
  wallet_id    uuid NOT NULL REFERENCES wallet,
  period_from  timestamptz NOT NULL,
  period_to    timestamptz,
  closes_at    timestamptz,
  target       bigint NOT NULL CHECK (target >= 0),                        -- the resolved limit, last known
  overage      bigint NOT NULL DEFAULT 0,                                  -- booked; negative never
  overage_held bigint NOT NULL DEFAULT 0 CHECK (overage_held >= 0),
  overrun      bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (wallet_id, period_from),
  CONSTRAINT limit_period_overage CHECK (overage >= 0),
  CONSTRAINT limit_period_overrun CHECK (overrun >= 0)
) WITH (fillfactor = 60);

CREATE TABLE credit_block (
  block_id        uuid PRIMARY KEY,             -- name-based on the unique key below
  wallet_id       uuid NOT NULL REFERENCES wallet,
  parent_block_id uuid,
  source          smallint NOT NULL,
  source_ref      text NOT NULL,                -- what gave it: issued once for each ordinal
  source_ord      int NOT NULL DEFAULT 0,       -- counts raises
  category        smallint NOT NULL CHECK (category IN (0, 1)),            -- 0 PROMOTIONAL < 1 PAID in burn order
  priority        smallint NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 1000),
  effective_at    timestamptz NOT NULL,
  expires_at      timestamptz,
  closes_at       timestamptz,
  features        text[],                       -- null: any feature
  period_from     timestamptz,                  -- of a limit block
  granted         bigint NOT NULL CHECK (granted > 0),
  remaining       bigint NOT NULL,
  held            bigint NOT NULL DEFAULT 0,
  consumed        bigint NOT NULL DEFAULT 0,
  expired         bigint NOT NULL DEFAULT 0,
  voided          bigint NOT NULL DEFAULT 0,
  closing         bigint NOT NULL DEFAULT 0,
  moved_out       bigint NOT NULL DEFAULT 0,
  rollover_max    bigint,                       -- null with rollover_for: all of it
  rollover_for    text,                         -- ISO 8601; null: nothing rolls over
  cost_ccy        char(3),
  cost_total      bigint NOT NULL DEFAULT 0,    -- minor units
  cost_recognized bigint NOT NULL DEFAULT 0,
  cost_breakage   bigint NOT NULL DEFAULT 0,
  cost_refunded   bigint NOT NULL DEFAULT 0,
  reference       text,
  reason          text,
  key_until       timestamptz,                  -- until then an expired block still counts for what its key has issued
  state           smallint NOT NULL CHECK (state IN (0, 1, 2, 3)),         -- PENDING ACTIVE CLOSING EXPIRED
  created_at      timestamptz NOT NULL,
  CONSTRAINT block_held CHECK (held BETWEEN 0 AND remaining),
  CONSTRAINT block_parts CHECK (remaining >= 0 AND closing >= 0 AND consumed >= 0 AND expired >= 0 AND voided >= 0 AND moved_out >= 0),
  CONSTRAINT block_conserves CHECK (granted = remaining + closing + consumed + expired + voided + moved_out),
  CONSTRAINT block_cost CHECK (cost_recognized + cost_breakage + cost_refunded <= cost_total),
  CONSTRAINT block_promotional_is_free CHECK (category <> 0 OR cost_total = 0),
  CONSTRAINT block_span CHECK (expires_at IS NULL OR expires_at >= effective_at),
  CONSTRAINT block_issued_once UNIQUE (wallet_id, source, source_ref, source_ord)
) WITH (fillfactor = 60);
CREATE INDEX block_live ON credit_block (wallet_id) WHERE state <> 3;
CREATE INDEX block_keyed ON credit_block (wallet_id, key_until) WHERE state = 3 AND key_until IS NOT NULL;
CREATE INDEX block_due ON credit_block (expires_at) WHERE state = 1 AND expires_at IS NOT NULL;
CREATE INDEX block_closes ON credit_block (closes_at) WHERE state = 2;
CREATE INDEX block_start ON credit_block (effective_at) WHERE state = 0;

-- Reservations -----------------------------------------------------------------------------------------------------

-- What a feature was worth when it was reserved: shared by all reservations of equal terms, so that extend and settle need
-- no entitlement.
CREATE TABLE terms (
  terms_hash bytea PRIMARY KEY,
  body       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE reservation (                      -- a hold and a lease are the same object
  resv_id       uuid PRIMARY KEY,
  kind          smallint NOT NULL CHECK (kind IN (0, 1)),                  -- 0 HOLD 1 LEASE
  root_customer text NOT NULL,
  for_customer  text NOT NULL,
  feature       text NOT NULL,
  resource      text,
  rate_version  text,
  terms_hash    bytea NOT NULL REFERENCES terms,
  holder_id     text,
  boot_id       uuid,
  lease_key     text,
  state         smallint NOT NULL CHECK (state BETWEEN 0 AND 5),           -- HELD LAPSED QUARANTINED SETTLED RELEASED CAPTURED
  lapsed        boolean NOT NULL DEFAULT false,                            -- its deadline passed before it was reported
  quantity      bigint NOT NULL CHECK (quantity >= 0),                     -- held, in the feature's own measure
  used          bigint,
  dimensions    jsonb,                          -- held for, summed over extends
  period_from   timestamptz,
  period_to     timestamptz,
  deadline_at   timestamptz NOT NULL,
  ledger_epoch  int NOT NULL DEFAULT 1,
  on_lapse      smallint NOT NULL,              -- 0 RELEASE 1 CAPTURE 2 QUARANTINE
  at_least      bigint,                         -- certainly used, in the feature's own measure
  op_key        bytea NOT NULL,
  actor         text NOT NULL,
  created_at    timestamptz NOT NULL,
  closed_at     timestamptz
) WITH (fillfactor = 60);
CREATE INDEX resv_due ON reservation (deadline_at) WHERE state IN (0, 1, 2);
CREATE INDEX resv_holder ON reservation (holder_id) WHERE holder_id IS NOT NULL AND state <> 3;
CREATE UNIQUE INDEX lease_one ON reservation (lease_key) WHERE kind = 1 AND state = 0;

CREATE TABLE reservation_leg (
  resv_id  uuid NOT NULL REFERENCES reservation,
  ord      smallint NOT NULL,
  wallet_id uuid NOT NULL REFERENCES wallet,
  factor   bigint NOT NULL CHECK (factor >= 0), -- atoms of this wallet per 10^scale atoms of quantity
  granted  bigint NOT NULL CHECK (granted >= 0),
  spent    bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
  released bigint NOT NULL DEFAULT 0 CHECK (released >= 0),
  overrun  bigint NOT NULL DEFAULT 0 CHECK (overrun >= 0),
  CONSTRAINT leg_within CHECK (spent + released <= granted),
  PRIMARY KEY (resv_id, ord)
) WITH (fillfactor = 60);

CREATE TABLE reservation_alloc (
  resv_id  uuid NOT NULL,
  leg      smallint NOT NULL,
  ord      smallint NOT NULL,
  wallet_id uuid NOT NULL,
  block_id uuid,
  room     smallint NOT NULL,                   -- 0 BLOCK 1 OVERAGE 2 OVERDRAFT
  period_from timestamptz,                      -- of overage room
  amount   bigint NOT NULL CHECK (amount >= 0),
  spent    bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
  released bigint NOT NULL DEFAULT 0 CHECK (released >= 0),
  CONSTRAINT alloc_within CHECK (spent + released <= amount),
  CONSTRAINT alloc_room CHECK ((room = 0) = (block_id IS NOT NULL)),
  PRIMARY KEY (resv_id, leg, ord),
  FOREIGN KEY (resv_id, leg) REFERENCES reservation_leg (resv_id, ord)
) WITH (fillfactor = 60);
CREATE INDEX alloc_open_overage ON reservation_alloc (wallet_id, period_from) WHERE room = 1 AND spent + released < amount;

-- The journal ------------------------------------------------------------------------------------------------------

CREATE TABLE journal (                          -- append-only; one row = one two-legged move, so it sums to zero by shape
  wallet_id       uuid NOT NULL,
  seq             bigint NOT NULL,
  txn_id          uuid NOT NULL,
  for_customer    text NOT NULL,
  kind            smallint NOT NULL,
  from_acct       smallint NOT NULL,
  to_acct         smallint NOT NULL,
  amount          bigint NOT NULL CHECK (amount > 0),
  block_id        uuid,
  resv_id         uuid,
  reverses_seq    bigint,
  charge_key      bytea,
  feature         text,
  resource        text,
  rate_version    text,
  window_start    timestamptz,
  period_from     timestamptz,
  available_after bigint NOT NULL,
  held_after      bigint NOT NULL,              -- in blocks and in overage or overdraft room
  overdraft_after bigint NOT NULL,              -- booked debt
  block_remaining_after bigint,
  effective_at    timestamptz NOT NULL,
  posted_at       timestamptz NOT NULL,
  late            boolean NOT NULL,
  op_key          text NOT NULL,
  actor           text NOT NULL,
  event_source    text,
  event_id        text,
  meta            jsonb,                        -- not hashed: it may hold what must be erased
  hash            bytea NOT NULL,
  CONSTRAINT journal_moves CHECK (from_acct <> to_acct),
  PRIMARY KEY (wallet_id, seq, posted_at)
) PARTITION BY RANGE (posted_at);
CREATE INDEX journal_as_of ON journal (wallet_id, posted_at DESC, seq DESC) INCLUDE (available_after, held_after, overdraft_after);
CREATE INDEX journal_reservation ON journal (resv_id) WHERE resv_id IS NOT NULL;
CREATE INDEX journal_event ON journal (charge_key) WHERE charge_key IS NOT NULL;
CREATE TABLE journal_default PARTITION OF journal DEFAULT;

CREATE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('weir.maintenance', true), '') = 'archive' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only();
CREATE FUNCTION guard_append_only_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('weir.maintenance', true), '') = 'archive' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '42501';
END $$;
-- For each row too: it reaches the partitions, whoever names one directly.
CREATE TRIGGER journal_row_append_only BEFORE UPDATE OR DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION guard_append_only_row();

-- Makes the month's partition and those of the next two. The service has no right to create tables: it calls this.
CREATE FUNCTION maintain_journal_partitions(today timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  month_start timestamptz;
  name text;
  made int := 0;
BEGIN
  FOR ahead IN 0..2 LOOP
    month_start := date_trunc('month', today) + make_interval(months => ahead);
    name := 'journal_' || to_char(month_start, 'YYYY_MM');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF journal FOR VALUES FROM (%L) TO (%L)',
        name, month_start, month_start + interval '1 month');
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I', name, '${appRole}');
      EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', name, '${appRole}');
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
SELECT maintain_journal_partitions(clock_timestamp());

-- Identity ---------------------------------------------------------------------------------------------------------

-- One charge per (source, id, feature) of a usage event.
CREATE TABLE charge (
  charge_key  bytea NOT NULL,
  fingerprint bytea NOT NULL,                   -- of (type, subject, resource)
  data_hash   bytea,                            -- where the event's data was given
  event_time  timestamptz,                      -- where it was given
  wallet_id   uuid,
  resv_id     uuid,
  amount      bigint NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (charge_key)
) PARTITION BY HASH (charge_key);

-- Idempotency; purged by age in small batches.
CREATE TABLE op (
  op_key      bytea NOT NULL,
  fingerprint bytea NOT NULL,
  kind        smallint NOT NULL,
  answer      bytea NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (op_key)
) PARTITION BY HASH (op_key);
DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format('CREATE TABLE charge_%s PARTITION OF charge FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    EXECUTE format('CREATE TABLE op_%s PARTITION OF op FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
  END LOOP;
END $$;

-- Reported usage ---------------------------------------------------------------------------------------------------

-- What was booked of metering's reported total of a window: the next revision books the difference.
CREATE TABLE reported_booked (
  window_id uuid PRIMARY KEY,
  customer  text NOT NULL,
  feature   text NOT NULL,
  revision  bigint NOT NULL,
  booked    bigint NOT NULL,
  unpriced  bigint NOT NULL DEFAULT 0           -- the part of it that nothing entitled to
) WITH (fillfactor = 70);

-- Reported usage that nothing entitles to yet: kept, and tried again when the customer's snapshot changes.
CREATE TABLE usage_waiting (
  usage_id    text PRIMARY KEY,
  customer    text NOT NULL,
  kind        smallint NOT NULL,                -- 0 event of a CREDIT feature, 1 reported total
  body        text NOT NULL,
  why         text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX usage_waiting_customer ON usage_waiting (customer);

-- Every booking of usage, by window.
CREATE TABLE usage_booking (
  booking_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  window_id      uuid NOT NULL,
  customer       text NOT NULL,
  root_customer  text NOT NULL,
  feature        text NOT NULL,
  resource       text,
  window_start   timestamptz NOT NULL,
  window_end     timestamptz NOT NULL,
  period_from    timestamptz,
  enforced       bigint NOT NULL,
  reported       bigint NOT NULL,
  included       bigint NOT NULL,
  credit_covered bigint NOT NULL,
  overage        bigint NOT NULL,
  overrun        bigint NOT NULL,
  unpriced       bigint NOT NULL,
  booked_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX usage_booking_window ON usage_booking (window_id);
CREATE INDEX usage_booking_period ON usage_booking (root_customer, feature, period_from) WHERE overage <> 0;

REVOKE UPDATE, DELETE, TRUNCATE ON journal, journal_default FROM "${appRole}";
