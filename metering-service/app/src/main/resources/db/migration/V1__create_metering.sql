-- Usage as it came in, who has what, and the windows it is counted in.

-- The identity of an event, (source, id), is unique whatever its time, so this table cannot be partitioned by time: it stands
-- alone and is small. Rows older than the 35 days of an identity are purged by age.
CREATE TABLE event_identity (
    identity    uuid        NOT NULL,               -- name-based, of source and id
    received_at timestamptz NOT NULL,
    seq         bigint      NOT NULL,
    content     uuid        NOT NULL,               -- name-based, of type, subject and resource
    data        uuid,                               -- name-based, of the data; null = not given
    event_time  timestamptz,                        -- null = not given
    CONSTRAINT event_identity_pk PRIMARY KEY (identity)
);
CREATE INDEX event_identity_age ON event_identity (received_at);

CREATE SEQUENCE usage_event_seq CACHE 100;

-- By the time of receipt, not by event time or customer: inserts stay in one warm index, and a month that is past its
-- retention is dropped whole. An event's time lies at most 35 days before its receipt, so a query by event time still prunes.
CREATE TABLE usage_event (
    seq         bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    identity    uuid        NOT NULL,
    customer    text        NOT NULL,
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    type        text,                               -- null: a settled feature that has no event type
    resource    text,
    event_time  timestamptz NOT NULL,
    data        jsonb       NOT NULL,
    reported    boolean     NOT NULL,               -- false: it came with a settled reservation
    CONSTRAINT usage_event_pk PRIMARY KEY (seq, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX usage_event_customer ON usage_event (customer, event_time, seq);

-- What settled reservations said of an event: the settled quantity counts in the settled feature.
CREATE TABLE usage_settlement (
    reservation     uuid        NOT NULL,
    received_at     timestamptz NOT NULL,           -- of the event
    seq             bigint      NOT NULL,
    feature         text        NOT NULL,
    feature_type    text        NOT NULL,
    root            text        NOT NULL,
    resource        text,
    quantity        bigint      NOT NULL,           -- atoms
    scale           smallint    NOT NULL,
    effective_at    timestamptz NOT NULL,
    unlimited       boolean     NOT NULL,
    subscription    uuid,
    plan            text,
    plan_version    int         NOT NULL,
    plan_hash       text,
    period_from     timestamptz,
    period_to       timestamptz,
    window_start    timestamptz NOT NULL,
    window_end      timestamptz NOT NULL,
    already_charged boolean     NOT NULL,
    CONSTRAINT usage_settlement_pk PRIMARY KEY (seq, reservation, received_at)
) PARTITION BY RANGE (received_at);

-- Which event counts where: the totals of a window are the sum of these rows, so an event can be taken out again exactly.
CREATE TABLE counted_usage (
    seq         bigint      NOT NULL,
    received_at timestamptz NOT NULL,               -- of the event
    feature     text        NOT NULL,
    reservation uuid        NOT NULL,               -- all zero for reported usage
    identity    uuid        NOT NULL,
    kind        smallint    NOT NULL,               -- 0 reported, 1 enforced, 2 unpriced
    window_id   uuid        NOT NULL,
    event_time  timestamptz NOT NULL,
    quantity    bigint      NOT NULL,               -- atoms; 0 where value says it
    value       text,                               -- what UNIQUE, MIN, MAX, AVG and LATEST fold over
    CONSTRAINT counted_usage_pk PRIMARY KEY (seq, feature, reservation, window_id, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX counted_usage_window ON counted_usage (window_id);

CREATE TABLE usage_event_default PARTITION OF usage_event DEFAULT;
CREATE TABLE usage_settlement_default PARTITION OF usage_settlement DEFAULT;
CREATE TABLE counted_usage_default PARTITION OF counted_usage DEFAULT;

-- The application may not create tables; through this it may create the partitions of a month, and no other.
CREATE FUNCTION ensure_usage_partitions(month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    first  date := date_trunc('month', month)::date;
    parent text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_usage_partitions'));
    FOREACH parent IN ARRAY ARRAY ['usage_event', 'usage_settlement', 'counted_usage'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                       parent || to_char(first, '_YYYY_MM'), parent,
                       first || ' 00:00:00+00', (first + interval '1 month')::date || ' 00:00:00+00');
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION ensure_usage_partitions(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_usage_partitions(date) TO "${appRole}";
SELECT ensure_usage_partitions((now() + n * interval '1 month')::date) FROM generate_series(0, 2) AS n;

-- Events still to be counted (or counted anew), by the customer's own shard. Counting deletes the rows it has served.
CREATE TABLE pending_usage (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    shard       smallint    NOT NULL,
    customer    text        NOT NULL,
    seq         bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT pending_usage_pk PRIMARY KEY (id)
);
CREATE INDEX pending_usage_shard ON pending_usage (shard, id);

-- Whoever changes windows of a customer, or the snapshot it is counted by, holds the row of the customer's shard.
CREATE TABLE work_shard (
    shard        smallint NOT NULL,
    closed_until timestamptz,                       -- every window that ends at or before it has been closed at least once
    CONSTRAINT work_shard_pk PRIMARY KEY (shard)
) WITH (fillfactor = 50);
INSERT INTO work_shard (shard) SELECT generate_series(0, 255);

CREATE TABLE usage_window (
    window_id         uuid        NOT NULL,         -- dev.weir.ledger.contract.WindowId
    authority         text        NOT NULL,         -- who says its terms: CATALOG, SETTLEMENT, RESOLUTION
    work_shard        smallint    NOT NULL,         -- of the customer
    shard             text        NOT NULL,         -- of the root: where its events are published
    customer          text        NOT NULL,
    root              text        NOT NULL,
    known             boolean     NOT NULL,         -- false until the customer's snapshot has come: not closed before
    feature           text        NOT NULL,
    feature_type      text        NOT NULL,
    aggregation       text,                         -- of a METERED feature's meter
    resource          text,
    starts_at         timestamptz NOT NULL,
    ends_at           timestamptz NOT NULL,
    scale             smallint    NOT NULL,
    unlimited         boolean     NOT NULL,
    subscription      uuid,
    plan              text,
    plan_version      int         NOT NULL,
    plan_hash         text,
    period_from       timestamptz,
    period_to         timestamptz,
    reported          bigint      NOT NULL,
    reported_revision bigint      NOT NULL,         -- counts changes of reported; 0 = never reported
    enforced          bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    event_count       bigint      NOT NULL,
    latest_event_at   timestamptz NOT NULL,
    dirty_since       timestamptz,                  -- changed since it was last closed; null = not
    changed_at        timestamptz NOT NULL,
    closed_revision   bigint      NOT NULL,         -- 0 = never closed
    closed_content    uuid,                         -- name-based, of what was said at the last closing
    closed_pass       bigint,                       -- the pass that closed it last
    CONSTRAINT usage_window_pk PRIMARY KEY (window_id),
    CONSTRAINT usage_window_span CHECK (starts_at < ends_at)
) WITH (fillfactor = 60);
CREATE INDEX usage_window_dirty ON usage_window (work_shard, starts_at) WHERE dirty_since IS NOT NULL;
CREATE INDEX usage_window_customer ON usage_window (customer, feature, starts_at);
CREATE INDEX usage_window_pass ON usage_window (closed_pass) WHERE closed_pass IS NOT NULL;

-- How far the watermark has passed, and how far an operator has asked to close.
CREATE TABLE watermark (
    one             smallint NOT NULL DEFAULT 1,
    passed_until    timestamptz,
    requested_until timestamptz,
    CONSTRAINT watermark_pk PRIMARY KEY (one),
    CONSTRAINT watermark_one CHECK (one = 1)
);
INSERT INTO watermark (one) VALUES (1);
CREATE SEQUENCE close_pass_seq;

-- Two sides said different things of one event; the first of the enforced ones stands.
CREATE TABLE event_conflict (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    seq         bigint      NOT NULL,
    customer    text        NOT NULL,
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    reservation uuid        NOT NULL,
    replaced    jsonb       NOT NULL,               -- the content that gave way
    found_at    timestamptz NOT NULL,
    CONSTRAINT event_conflict_pk PRIMARY KEY (id)
);
CREATE INDEX event_conflict_customer ON event_conflict (customer, id);

-- The read model: what catalog and entitlement say.
CREATE TABLE catalog_body (
    hash text     NOT NULL,
    kind text     NOT NULL,                         -- PLAN, ADDON
    body jsonb    NOT NULL,
    CONSTRAINT catalog_body_pk PRIMARY KEY (hash)
);

CREATE TABLE catalog_in_force (
    one              smallint NOT NULL DEFAULT 1,
    received_version bigint   NOT NULL DEFAULT 0,
    received         jsonb,
    applied_version  bigint   NOT NULL DEFAULT 0,
    applied          jsonb,                         -- the latest of which every body is here
    CONSTRAINT catalog_in_force_pk PRIMARY KEY (one),
    CONSTRAINT catalog_in_force_one CHECK (one = 1)
);
INSERT INTO catalog_in_force (one) VALUES (1);

CREATE TABLE customer_snapshot (
    customer         text     NOT NULL,
    shard            smallint NOT NULL,
    received_version bigint   NOT NULL,
    received         jsonb    NOT NULL,
    applied_version  bigint   NOT NULL DEFAULT 0,
    applied          jsonb,                         -- the latest of which every body is here
    CONSTRAINT customer_snapshot_pk PRIMARY KEY (customer)
);
CREATE INDEX customer_snapshot_unapplied ON customer_snapshot (customer) WHERE received_version > applied_version;

-- Which snapshot waits for which body.
CREATE TABLE awaited_body (
    hash     text NOT NULL,
    customer text NOT NULL,
    CONSTRAINT awaited_body_pk PRIMARY KEY (hash, customer)
);
