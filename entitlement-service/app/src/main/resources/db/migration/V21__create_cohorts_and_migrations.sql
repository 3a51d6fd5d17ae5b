-- Groups of customers: listed by name, or whoever fits a filter at the moment.
CREATE TABLE cohort (
    key        text        NOT NULL,
    name       text,
    listed     boolean     NOT NULL,
    plan       text,
    product    text,
    country    text,
    metadata   jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text        NOT NULL,
    CONSTRAINT cohort_pk PRIMARY KEY (key)
);

CREATE TABLE cohort_member (
    cohort   text NOT NULL,
    customer text NOT NULL,
    CONSTRAINT cohort_member_pk PRIMARY KEY (cohort, customer),
    CONSTRAINT cohort_member_cohort_fk FOREIGN KEY (cohort) REFERENCES cohort ON DELETE CASCADE,
    CONSTRAINT cohort_member_customer_fk FOREIGN KEY (customer) REFERENCES customer
);

-- Who belongs to a cohort now. Archived customers belong to none.
CREATE VIEW cohort_membership AS
SELECT m.cohort, m.customer
FROM cohort_member m JOIN customer c ON c.customer = m.customer
WHERE NOT c.archived
UNION ALL
SELECT f.key, c.customer
FROM cohort f JOIN customer c ON NOT c.archived
WHERE NOT f.listed
  AND (f.country IS NULL OR c.country = f.country)
  AND (f.metadata IS NULL OR c.metadata @> f.metadata)
  AND (f.plan IS NULL AND f.product IS NULL OR EXISTS (
      SELECT 1 FROM subscription s JOIN subscription_phase p ON p.subscription = s.id
      WHERE s.customer = c.customer AND p.superseded_by IS NULL AND p.kind = 'ACTIVE'
        AND p.from_at <= clock_timestamp() AND (p.to_at IS NULL OR p.to_at > clock_timestamp())
        AND (f.plan IS NULL OR p.plan = f.plan) AND (f.product IS NULL OR s.product = f.product)));

-- Subscriptions brought to another plan version in the background. An undo is a migration of its own.
CREATE TABLE migration (
    id             uuid        NOT NULL,
    scope          jsonb       NOT NULL,
    plan           text        NOT NULL,
    target_plan    text        NOT NULL,
    target_version integer     NOT NULL,
    target_hash    text        NOT NULL,
    catalog        bigint      NOT NULL,
    effective      text        NOT NULL,
    allow_drop     boolean     NOT NULL,
    usage          text        NOT NULL,
    reason         text        NOT NULL,
    created_at     timestamptz NOT NULL,
    created_by     text        NOT NULL,
    undoes         uuid,
    canceled_at    timestamptz,
    canceled_by    text,
    open           boolean     NOT NULL DEFAULT true,
    CONSTRAINT migration_pk PRIMARY KEY (id),
    CONSTRAINT migration_undoes_fk FOREIGN KEY (undoes) REFERENCES migration,
    CONSTRAINT migration_undone_once UNIQUE (undoes)
);
CREATE INDEX migration_open ON migration (id) WHERE open;

-- One row for each subscription that a migration is about, or for a customer named in vain.
CREATE TABLE migration_item (
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    migration    uuid NOT NULL,
    customer     text NOT NULL,
    subscription uuid,
    state        text NOT NULL,
    code         text,
    detail       text,
    from_plan    text,
    from_version integer,
    effective_at timestamptz,
    deferred     boolean NOT NULL DEFAULT false,
    change       uuid,
    done_at      timestamptz,
    CONSTRAINT migration_item_pk PRIMARY KEY (seq),
    CONSTRAINT migration_item_once UNIQUE (migration, customer, subscription),
    CONSTRAINT migration_item_migration_fk FOREIGN KEY (migration) REFERENCES migration,
    CONSTRAINT migration_item_state CHECK (state IN ('PENDING', 'CANCELING', 'MOVED', 'SKIPPED', 'FAILED', 'CANCELED'))
);
CREATE INDEX migration_item_work ON migration_item (migration, seq) WHERE state IN ('PENDING', 'CANCELING');
CREATE INDEX migration_item_of ON migration_item (migration, seq);

-- What a change of a subscription was a part of, such as a migration, and whether it was revoked before it took effect.
ALTER TABLE subscription_change ADD COLUMN reference text;
ALTER TABLE subscription_change ADD COLUMN revoked_at timestamptz;
