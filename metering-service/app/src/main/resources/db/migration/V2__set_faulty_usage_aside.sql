-- An event whose counting fails is set aside and tried again later, so that it never holds up the others.
ALTER TABLE pending_usage
    ADD COLUMN attempts smallint NOT NULL DEFAULT 0,
    ADD COLUMN retry_at timestamptz,
    ADD COLUMN error    text;
CREATE INDEX pending_usage_faulty ON pending_usage (retry_at) WHERE retry_at IS NOT NULL;

-- Unpriced usage is rare, and asked for by those who watch.
CREATE INDEX counted_usage_unpriced ON counted_usage (event_time) WHERE kind = 2;
