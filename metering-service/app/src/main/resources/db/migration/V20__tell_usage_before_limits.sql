-- Limits that began in the middle of a period of a feature that was unlimited before, and what was told to the ledger of the
-- usage before them.
CREATE TABLE usage_before (
    usage_id    uuid        NOT NULL,               -- dev.weir.metering.contract.UsageBefore.id
    customer    text        NOT NULL,
    root        text        NOT NULL,
    feature     text        NOT NULL,
    resource    text,
    period_from timestamptz,                        -- null: a limit that never resets
    limit_from  timestamptz NOT NULL,
    scale       smallint    NOT NULL,
    revision    bigint      NOT NULL,               -- 0: nothing was told yet
    total       bigint      NOT NULL,
    CONSTRAINT usage_before_pk PRIMARY KEY (usage_id)
);
CREATE INDEX usage_before_customer ON usage_before (customer);
