-- What was said about the end of a trial. A trial that was extended is reminded of anew.
CREATE TABLE trial_notice (
    subscription uuid        NOT NULL,
    ends_at      timestamptz NOT NULL,
    notice       text        NOT NULL,
    said_at      timestamptz NOT NULL,
    CONSTRAINT trial_notice_pk PRIMARY KEY (subscription, ends_at, notice)
);
CREATE INDEX subscription_phase_trial ON subscription_phase (to_at) WHERE trial_hash IS NOT NULL AND superseded_by IS NULL;

-- Grants of a trial that are used up; when all are, a trial that lasts until then ends.
CREATE TABLE trial_credit_used (
    subscription uuid        NOT NULL,
    grant_key    text        NOT NULL,
    used_at      timestamptz NOT NULL,
    CONSTRAINT trial_credit_used_pk PRIMARY KEY (subscription, grant_key)
);
