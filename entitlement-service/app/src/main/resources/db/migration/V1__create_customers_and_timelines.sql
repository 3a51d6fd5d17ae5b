-- Who has what. Every change of a subscription or allowance adds rows; what it replaces is marked, never overwritten.

CREATE TABLE customer (
    customer   text        NOT NULL,
    parent     text,
    root       text        NOT NULL,
    name       text,
    time_zone  text        NOT NULL,
    country    text,
    currency   text,
    metadata   jsonb       NOT NULL,
    archived   boolean     NOT NULL DEFAULT false,
    version    bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT customer_pk PRIMARY KEY (customer),
    CONSTRAINT customer_parent_fk FOREIGN KEY (parent) REFERENCES customer,
    CONSTRAINT customer_parent_other CHECK (parent <> customer)
);
CREATE INDEX customer_children ON customer (parent) WHERE parent IS NOT NULL;

CREATE TABLE subscription (
    id           uuid        NOT NULL,
    customer     text        NOT NULL,
    product      text        NOT NULL,
    resource     text,
    anchor       timestamptz NOT NULL,
    plan         text        NOT NULL,
    plan_version integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT subscription_pk PRIMARY KEY (id),
    CONSTRAINT subscription_customer_fk FOREIGN KEY (customer) REFERENCES customer
);
CREATE INDEX subscription_of_customer ON subscription (customer, id);

-- What was asked for, by whom, and when it takes effect.
CREATE TABLE subscription_change (
    id           uuid        NOT NULL,
    subscription uuid        NOT NULL,
    kind         text        NOT NULL,
    effective_at timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    author       text        NOT NULL,
    CONSTRAINT subscription_change_pk PRIMARY KEY (id),
    CONSTRAINT subscription_change_subscription_fk FOREIGN KEY (subscription) REFERENCES subscription
);
CREATE INDEX subscription_change_of ON subscription_change (subscription, recorded_at);

-- The timeline: the rows that are not superseded tile a subscription's life. A PAUSED row keeps what was paused.
CREATE TABLE subscription_phase (
    seq             bigint GENERATED ALWAYS AS IDENTITY,
    subscription    uuid        NOT NULL,
    kind            text        NOT NULL,
    from_at         timestamptz NOT NULL,
    to_at           timestamptz,
    plan            text        NOT NULL,
    plan_version    integer     NOT NULL,
    plan_hash       text        NOT NULL,
    trial_plan      text,
    trial_version   integer,
    trial_hash      text,
    addons          jsonb       NOT NULL,
    usage           text        NOT NULL,
    end_reason      text,
    change          uuid        NOT NULL,
    superseded_by   uuid,
    CONSTRAINT subscription_phase_pk PRIMARY KEY (seq),
    CONSTRAINT subscription_phase_subscription_fk FOREIGN KEY (subscription) REFERENCES subscription,
    CONSTRAINT subscription_phase_change_fk FOREIGN KEY (change) REFERENCES subscription_change,
    CONSTRAINT subscription_phase_superseded_fk FOREIGN KEY (superseded_by) REFERENCES subscription_change,
    CONSTRAINT subscription_phase_span CHECK (to_at IS NULL OR from_at < to_at),
    CONSTRAINT subscription_phase_kind CHECK (kind IN ('ACTIVE', 'PAUSED'))
);
CREATE INDEX subscription_phase_live ON subscription_phase (subscription, from_at) WHERE superseded_by IS NULL;
CREATE INDEX subscription_phase_pin ON subscription_phase (plan, plan_hash) WHERE superseded_by IS NULL;

-- One trial per customer and product.
CREATE TABLE trial_use (
    customer     text NOT NULL,
    product      text NOT NULL,
    subscription uuid NOT NULL,
    CONSTRAINT trial_use_pk PRIMARY KEY (customer, product)
);

-- Promotions and overrides. Ending one early sets ended_at; what was agreed stays.
CREATE TABLE allowance (
    id          uuid        NOT NULL,
    customer    text        NOT NULL,
    kind        text        NOT NULL,
    feature     text        NOT NULL,
    definition  jsonb       NOT NULL,
    entitlement jsonb,
    revoke      boolean     NOT NULL,
    from_at     timestamptz NOT NULL,
    to_at       timestamptz,
    reason      text        NOT NULL,
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL,
    ended_at    timestamptz,
    ended_by    text,
    CONSTRAINT allowance_pk PRIMARY KEY (id),
    CONSTRAINT allowance_customer_fk FOREIGN KEY (customer) REFERENCES customer,
    CONSTRAINT allowance_kind CHECK (kind IN ('PROMOTION', 'OVERRIDE')),
    CONSTRAINT allowance_span CHECK (to_at IS NULL OR from_at < to_at),
    CONSTRAINT allowance_says CHECK (revoke OR entitlement IS NOT NULL)
);
CREATE INDEX allowance_of_customer ON allowance (customer, kind, id);
