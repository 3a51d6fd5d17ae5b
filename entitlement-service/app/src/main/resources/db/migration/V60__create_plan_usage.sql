-- How many subscriptions hold each version of a plan or add-on, as last counted and published.
CREATE TABLE plan_usage (
    kind     text   NOT NULL,
    key      text   NOT NULL,
    revision bigint NOT NULL,
    versions jsonb  NOT NULL,
    CONSTRAINT plan_usage_pk PRIMARY KEY (kind, key),
    CONSTRAINT plan_usage_kind CHECK (kind IN ('PLAN', 'ADDON'))
);

-- One row: up to which change of a timeline was counted, and when.
CREATE TABLE plan_usage_count (
    one        boolean     NOT NULL DEFAULT true,
    last_seq   bigint      NOT NULL,
    counted_at timestamptz NOT NULL,
    CONSTRAINT plan_usage_count_pk PRIMARY KEY (one),
    CONSTRAINT plan_usage_count_one CHECK (one)
);
INSERT INTO plan_usage_count (last_seq, counted_at) VALUES (0, '1970-01-01T00:00:00Z');
