-- Why a catalog was published, and which earlier version it brings back.
ALTER TABLE catalog_version ADD COLUMN reason text;
ALTER TABLE catalog_version ADD COLUMN reapplied_version bigint;
ALTER TABLE catalog_version ADD CONSTRAINT catalog_version_reapplied_earlier CHECK (reapplied_version < version);

-- How many subscriptions hold each version of a plan or add-on, as entitlement last told.
CREATE TABLE plan_usage (
    kind       text        NOT NULL,
    key        text        NOT NULL,
    counted_at timestamptz NOT NULL,
    versions   jsonb       NOT NULL,
    CONSTRAINT plan_usage_pk PRIMARY KEY (kind, key),
    CONSTRAINT plan_usage_kind_known CHECK (kind IN ('PLAN', 'ADDON'))
);
