-- The one row that every publication locks, so that there is one writer at a time.
CREATE TABLE catalog_head (
    id      smallint PRIMARY KEY,
    version bigint   NOT NULL,
    CONSTRAINT catalog_head_single CHECK (id = 1),
    CONSTRAINT catalog_head_version_not_negative CHECK (version >= 0)
);
INSERT INTO catalog_head (id, version) VALUES (1, 0);

-- Every catalog that was ever in force. document is json, not jsonb: its members keep the order they were written in.
CREATE TABLE catalog_version (
    version       bigint      PRIMARY KEY,
    published_at  timestamptz NOT NULL,
    published_by  text        NOT NULL,
    rollout       text        NOT NULL,
    source_format text        NOT NULL,
    source        text        NOT NULL,
    document      json        NOT NULL,
    in_force      jsonb       NOT NULL,
    changes       jsonb       NOT NULL,
    CONSTRAINT catalog_version_positive CHECK (version > 0),
    CONSTRAINT catalog_version_rollout_known CHECK (rollout IN ('NEW_CUSTOMERS', 'ALL_CUSTOMERS')),
    CONSTRAINT catalog_version_source_format_known CHECK (source_format IN ('JSON', 'YAML'))
);

-- Published bodies. Equal content has one hash and one version.
CREATE TABLE plan_version (
    key             text   NOT NULL,
    version         int    NOT NULL,
    hash            text   NOT NULL,
    catalog_version bigint NOT NULL,
    body            jsonb  NOT NULL,
    PRIMARY KEY (key, version),
    CONSTRAINT plan_version_hash_unique UNIQUE (hash),
    CONSTRAINT plan_version_positive CHECK (version > 0),
    CONSTRAINT plan_version_published_in FOREIGN KEY (catalog_version) REFERENCES catalog_version (version)
);

CREATE TABLE addon_version (
    key             text   NOT NULL,
    version         int    NOT NULL,
    hash            text   NOT NULL,
    catalog_version bigint NOT NULL,
    body            jsonb  NOT NULL,
    PRIMARY KEY (key, version),
    CONSTRAINT addon_version_hash_unique UNIQUE (hash),
    CONSTRAINT addon_version_positive CHECK (version > 0),
    CONSTRAINT addon_version_published_in FOREIGN KEY (catalog_version) REFERENCES catalog_version (version)
);

-- What was published is never changed: the service may only add to it.
REVOKE UPDATE, DELETE, TRUNCATE ON catalog_version, plan_version, addon_version FROM "${appRole}";
REVOKE INSERT, DELETE, TRUNCATE ON catalog_head FROM "${appRole}";
