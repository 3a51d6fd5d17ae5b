-- The tables of the service kit: events out, events in, and answers to repeated requests.

-- The current state of every aggregate that this service publishes. It stays, so that it can be replayed.
CREATE TABLE outbox_state (
    name         text        NOT NULL,
    aggregate_id text        NOT NULL,
    version      bigint      NOT NULL,
    shard        text        NOT NULL,
    body         text        NOT NULL,
    changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT outbox_state_pk PRIMARY KEY (name, aggregate_id)
) WITH (fillfactor = 70);

-- Which states wait to be published. Rows are only inserted and deleted, so the relay never makes a writer wait; several
-- rows of one aggregate become one message.
CREATE TABLE outbox_due (
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    name         text NOT NULL,
    aggregate_id text NOT NULL,
    CONSTRAINT outbox_due_pk PRIMARY KEY (seq)
);

-- What happened, once per id. Kept for 30 days after publishing.
CREATE TABLE outbox_fact (
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    name         text        NOT NULL,
    id           text        NOT NULL,
    subject      text        NOT NULL,
    shard        text        NOT NULL,
    body         text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz,
    CONSTRAINT outbox_fact_pk PRIMARY KEY (seq),
    CONSTRAINT outbox_fact_once UNIQUE (name, id)
);
CREATE INDEX outbox_fact_unpublished ON outbox_fact (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_fact_published ON outbox_fact (published_at) WHERE published_at IS NOT NULL;

-- Facts that were handled here.
CREATE TABLE inbox (
    type        text        NOT NULL,
    event_id    text        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inbox_pk PRIMARY KEY (type, event_id)
);
CREATE INDEX inbox_received ON inbox USING brin (received_at);

-- The version of every state that was handled here.
CREATE TABLE state_version (
    type    text   NOT NULL,
    subject text   NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT state_version_pk PRIMARY KEY (type, subject)
) WITH (fillfactor = 80);

-- Messages that could not be handled. The id follows from the content, so that a redelivery is not parked twice.
CREATE TABLE parked_message (
    id          uuid        NOT NULL,
    type        text,
    event_id    text,
    subject     text,
    payload     bytea       NOT NULL,
    error       text        NOT NULL,
    attempts    integer     NOT NULL,
    state       text        NOT NULL DEFAULT 'PARKED',
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    resolved_by text,
    reason      text,
    CONSTRAINT parked_message_pk PRIMARY KEY (id),
    CONSTRAINT parked_message_state CHECK (state IN ('PARKED', 'REPLAYED', 'DISCARDED'))
);
CREATE INDEX parked_message_open ON parked_message (parked_at, id) WHERE state = 'PARKED';

-- Which producers were asked for a replay. An empty table makes the service ask all of them.
CREATE TABLE replay_request (
    producer     text        NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT replay_request_pk PRIMARY KEY (producer)
);

-- The first answer to each request that bore an Idempotency-Key.
CREATE TABLE idempotency (
    scope        text        NOT NULL,
    request_hash text        NOT NULL,
    status       integer     NOT NULL,
    media_type   text        NOT NULL,
    headers      text        NOT NULL,
    body         text,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT idempotency_pk PRIMARY KEY (scope)
);
CREATE INDEX idempotency_created ON idempotency USING brin (created_at);
