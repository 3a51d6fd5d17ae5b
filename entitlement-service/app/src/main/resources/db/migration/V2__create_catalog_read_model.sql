-- What the catalog has published, as far as it has arrived.

-- Immutable bodies by content hash.
CREATE TABLE catalog_body (
    hash    text    NOT NULL,
    kind    text    NOT NULL,
    key     text    NOT NULL,
    version integer NOT NULL,
    body    text    NOT NULL,
    CONSTRAINT catalog_body_pk PRIMARY KEY (hash),
    CONSTRAINT catalog_body_kind CHECK (kind IN ('PLAN', 'ADDON'))
);
CREATE INDEX catalog_body_version ON catalog_body (kind, key, version);

-- One row: the latest catalog that arrived, and the latest whose bodies are all here.
CREATE TABLE catalog_state (
    one             boolean NOT NULL DEFAULT true,
    arrived_version bigint  NOT NULL,
    arrived         text    NOT NULL,
    applied_version bigint  NOT NULL,
    applied         text    NOT NULL,
    CONSTRAINT catalog_state_pk PRIMARY KEY (one),
    CONSTRAINT catalog_state_one CHECK (one)
);
INSERT INTO catalog_state (arrived_version, arrived, applied_version, applied) VALUES (0, '', 0, '');

-- A catalog applied for all customers: their subscriptions are pinned anew in the background, customer by customer.
CREATE TABLE rollout (
    catalog_version bigint      NOT NULL,
    catalog         text        NOT NULL,
    requested_at    timestamptz NOT NULL,
    position        text        NOT NULL DEFAULT '',
    repinned        bigint      NOT NULL DEFAULT 0,
    done_at         timestamptz,
    CONSTRAINT rollout_pk PRIMARY KEY (catalog_version)
);
