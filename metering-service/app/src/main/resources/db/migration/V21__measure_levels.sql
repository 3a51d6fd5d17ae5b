-- Charges on levels, as long as a version of a plan or add-on is in force for a subscription, and how far they were measured.
CREATE TABLE level_charge (
    subscription    uuid        NOT NULL,
    owner_hash      text        NOT NULL,           -- of the plan's or add-on's body
    charge          text        NOT NULL,
    customer        text        NOT NULL,
    root            text        NOT NULL,
    feature         text        NOT NULL,
    resource        text,
    scale           smallint    NOT NULL,
    measure         text        NOT NULL,           -- MAX_IN_PERIOD, TIME_WEIGHTED
    owner           text        NOT NULL,
    owner_version   int         NOT NULL,
    addon           boolean     NOT NULL,
    anchor          timestamptz NOT NULL,           -- billing periods: anchor, every, zone
    every           text        NOT NULL,
    zone            text        NOT NULL,
    active_from     timestamptz NOT NULL,
    active_to       timestamptz,
    subscribed_from timestamptz NOT NULL,
    replaced        boolean     NOT NULL,
    measured_to     timestamptz NOT NULL,
    next_due        timestamptz,                    -- the end of the next part of a period; null: nothing more comes
    CONSTRAINT level_charge_pk PRIMARY KEY (subscription, owner_hash, charge)
);
CREATE INDEX level_charge_due ON level_charge (next_due) WHERE next_due IS NOT NULL;

-- What was measured and told last, dev.weir.metering.contract.LevelMeasured.
CREATE TABLE level_measurement (
    measurement_id uuid        NOT NULL,
    root           text        NOT NULL,
    feature        text        NOT NULL,
    span_to        timestamptz NOT NULL,
    body           jsonb       NOT NULL,
    CONSTRAINT level_measurement_pk PRIMARY KEY (measurement_id)
);
CREATE INDEX level_measurement_feature ON level_measurement (root, feature, span_to);

CREATE INDEX usage_window_root ON usage_window (root, feature, starts_at);
