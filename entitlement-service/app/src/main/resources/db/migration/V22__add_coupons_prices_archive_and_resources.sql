-- A coupon belongs to the phases for which it is redeemed, as the catalog said it then. One redemption for each customer.
ALTER TABLE subscription_phase ADD COLUMN coupon jsonb;

CREATE TABLE coupon_use (
    customer     text NOT NULL,
    coupon       text NOT NULL,
    subscription uuid NOT NULL,
    redeemed_at  timestamptz NOT NULL,
    CONSTRAINT coupon_use_pk PRIMARY KEY (customer, coupon)
);

-- Prices agreed with one customer. Ending one early sets ended_at; what was agreed stays.
CREATE TABLE price_override (
    id         uuid        NOT NULL,
    customer   text        NOT NULL,
    plan       text,
    addon      text,
    charge     text        NOT NULL,
    price      jsonb       NOT NULL,
    from_at    timestamptz NOT NULL,
    to_at      timestamptz,
    reason     text        NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    ended_at   timestamptz,
    ended_by   text,
    CONSTRAINT price_override_pk PRIMARY KEY (id),
    CONSTRAINT price_override_customer_fk FOREIGN KEY (customer) REFERENCES customer,
    CONSTRAINT price_override_of_one CHECK ((plan IS NULL) <> (addon IS NULL)),
    CONSTRAINT price_override_span CHECK (to_at IS NULL OR from_at < to_at)
);
CREATE INDEX price_override_of_customer ON price_override (customer, id);

-- An archived customer keeps its history and is refused everything else.
ALTER TABLE customer ADD COLUMN archived_at timestamptz;
ALTER TABLE customer ADD COLUMN archived_by text;
CREATE INDEX customer_metadata ON customer USING gin (metadata jsonb_path_ops);

-- Workspaces and sites of a customer, by the keys that subscriptions name.
CREATE TABLE customer_resource (
    customer   text        NOT NULL,
    resource   text        NOT NULL,
    name       text,
    metadata   jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT customer_resource_pk PRIMARY KEY (customer, resource),
    CONSTRAINT customer_resource_customer_fk FOREIGN KEY (customer) REFERENCES customer
);
