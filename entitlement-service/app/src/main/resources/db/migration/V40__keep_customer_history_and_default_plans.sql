-- What a customer was by itself and from when on: the past is answered by the parent and the time zone of its time.
CREATE TABLE customer_history (
    customer  text        NOT NULL,
    from_at   timestamptz NOT NULL,
    parent    text,
    root      text        NOT NULL,
    time_zone text        NOT NULL,
    archived  boolean     NOT NULL,
    CONSTRAINT customer_history_pk PRIMARY KEY (customer, from_at)
);
CREATE INDEX customer_history_archived ON customer_history (customer) WHERE archived;

INSERT INTO customer_history (customer, from_at, parent, root, time_zone, archived)
SELECT customer, created_at, parent, root, time_zone, archived FROM customer;

-- A trigger, so that no way of changing a customer can forget it.
CREATE FUNCTION note_customer_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.parent, OLD.root, OLD.time_zone, OLD.archived) IS NOT DISTINCT FROM
           (NEW.parent, NEW.root, NEW.time_zone, NEW.archived) THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO customer_history (customer, from_at, parent, root, time_zone, archived)
    VALUES (NEW.customer,
            CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE date_trunc('milliseconds', clock_timestamp()) END,
            NEW.parent, NEW.root, NEW.time_zone, NEW.archived)
    ON CONFLICT (customer, from_at) DO UPDATE
    SET parent = excluded.parent, root = excluded.root, time_zone = excluded.time_zone, archived = excluded.archived;
    RETURN NULL;
END
$$;
CREATE TRIGGER customer_history AFTER INSERT OR UPDATE OF parent, root, time_zone, archived ON customer
    FOR EACH ROW EXECUTE FUNCTION note_customer_history();

-- Which plan version serves customers without a subscription of a product, and from when on. Rows are only added.
CREATE TABLE default_plan (
    product         text        NOT NULL,
    from_at         timestamptz NOT NULL,
    catalog_version bigint      NOT NULL,
    plan            text,
    plan_version    integer,
    plan_hash       text,
    CONSTRAINT default_plan_pk PRIMARY KEY (product, from_at),
    CONSTRAINT default_plan_whole CHECK ((plan IS NULL) = (plan_hash IS NULL) AND (plan IS NULL) = (plan_version IS NULL))
);

INSERT INTO default_plan (product, from_at, catalog_version, plan, plan_version, plan_hash)
SELECT product.key, date_trunc('milliseconds', clock_timestamp()), state.applied_version, product.value ->> 'defaultPlan',
       (plan.value ->> 'version')::integer, plan.value ->> 'hash'
FROM catalog_state state
CROSS JOIN LATERAL jsonb_each(CASE state.applied WHEN '' THEN '{}' ELSE state.applied::jsonb -> 'products' END) product
JOIN LATERAL jsonb_each(CASE state.applied WHEN '' THEN '{}' ELSE state.applied::jsonb -> 'plans' END) plan
     ON plan.key = product.value ->> 'defaultPlan';

-- A change of default plans reaches the customers that they serve in the background.
CREATE TABLE default_plan_rollout (
    catalog_version bigint      NOT NULL,
    requested_at    timestamptz NOT NULL,
    position        text        NOT NULL DEFAULT '',
    visited         bigint      NOT NULL DEFAULT 0,
    published       bigint      NOT NULL DEFAULT 0,
    done_at         timestamptz,
    CONSTRAINT default_plan_rollout_pk PRIMARY KEY (catalog_version)
);
INSERT INTO default_plan_rollout (catalog_version, requested_at)
SELECT DISTINCT catalog_version, from_at FROM default_plan;
