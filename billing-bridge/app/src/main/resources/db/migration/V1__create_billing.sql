-- The bridge's own picture of the world: what others published (read models), what we want the provider to hold
-- (commands), and what the provider says it holds (read back, never copied from what we sent).

CREATE TABLE catalog_body (
  hash    text PRIMARY KEY,
  kind    text NOT NULL CHECK (kind IN ('PLAN', 'ADDON')),
  body    text NOT NULL
);

CREATE TABLE customer (
  customer text PRIMARY KEY,
  root     text NOT NULL,
  version  bigint NOT NULL,
  snapshot text NOT NULL,
  planned_version bigint NOT NULL DEFAULT 0     -- the snapshot version whose billing objects have been planned
);
CREATE INDEX customer_unplanned ON customer (customer) WHERE planned_version < version;

CREATE TABLE metering_window (
  window_id uuid PRIMARY KEY,
  revision  bigint NOT NULL,
  customer  text NOT NULL,
  feature   text NOT NULL,
  start_at  timestamptz NOT NULL,
  body      text NOT NULL,
  planned   boolean NOT NULL
);
CREATE INDEX metering_window_unplanned ON metering_window (window_id) WHERE NOT planned;
CREATE INDEX metering_window_time ON metering_window (start_at, customer, feature);

CREATE TABLE ledger_window (
  window_id uuid PRIMARY KEY,
  revision  bigint NOT NULL,
  customer  text NOT NULL,
  feature   text NOT NULL,
  start_at  timestamptz NOT NULL,
  body      text NOT NULL,
  planned   boolean NOT NULL
);
CREATE INDEX ledger_window_unplanned ON ledger_window (window_id) WHERE NOT planned;
CREATE INDEX ledger_window_time ON ledger_window (start_at, customer, feature);

CREATE TABLE window_exception (
  window_id uuid PRIMARY KEY,
  version   bigint NOT NULL,
  open      boolean NOT NULL,
  customer  text NOT NULL,
  feature   text NOT NULL,
  start_at  timestamptz NOT NULL,
  body      text NOT NULL
);
CREATE INDEX window_exception_time ON window_exception (start_at, customer, feature);

-- What is to be billed of a window by a charge. planned = the total that the commands written so far add up to.
CREATE TABLE billed_window (
  window_id uuid NOT NULL,
  charge    text NOT NULL,
  customer  text NOT NULL,
  feature   text NOT NULL,
  meter     text NOT NULL,
  hour      timestamptz NOT NULL,
  scale     smallint NOT NULL,
  revision  bigint NOT NULL,
  planned   bigint NOT NULL,
  PRIMARY KEY (window_id, charge)
);
CREATE INDEX billed_window_hour ON billed_window (customer, meter, hour);

-- One hour of one customer on one provider meter: what we expect there, and what the provider says when asked.
CREATE TABLE metered_hour (
  customer   text NOT NULL,
  meter      text NOT NULL,
  hour       timestamptz NOT NULL,
  feature    text NOT NULL,
  charge     text NOT NULL,
  scale      smallint NOT NULL,
  expected   bigint NOT NULL,
  provider   bigint,
  state      text NOT NULL CHECK (state IN ('OPEN', 'CONFIRMED', 'DIFFERS')),
  checks     int NOT NULL DEFAULT 0,
  next_check timestamptz NOT NULL,
  read_at    timestamptz,
  PRIMARY KEY (customer, meter, hour)
);
CREATE INDEX metered_hour_due ON metered_hour (next_check);

CREATE TABLE remote_object (
  kind         text NOT NULL,
  natural_key  text NOT NULL,
  remote_id    text NOT NULL,
  detail       text,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (kind, natural_key)
);

-- Written, with its key, before the call is made; a call is repeated under the same key until its outcome is known.
CREATE TABLE sync_command (
  seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider        text NOT NULL,
  kind            text NOT NULL,
  natural_key     text NOT NULL,
  desired_version bigint NOT NULL,
  ordering_key    text NOT NULL,
  payload         text NOT NULL,
  payload_hash    text NOT NULL,
  idem_key        text NOT NULL UNIQUE,
  generation      int NOT NULL DEFAULT 1,
  state           text NOT NULL CHECK (state IN ('PENDING', 'IN_FLIGHT', 'UNKNOWN', 'DELIVERED', 'REJECTED', 'DEAD', 'SUPERSEDED')),
  attempts        int NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL,
  lease_until     timestamptz,
  first_sent_at   timestamptz,
  finished_at     timestamptz,
  remote_id       text,
  error_code      text,
  error_detail    text,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT sync_command_once UNIQUE (provider, kind, natural_key, desired_version)
);
CREATE INDEX sync_command_open ON sync_command (ordering_key, seq) WHERE state IN ('PENDING', 'IN_FLIGHT', 'UNKNOWN');
