-- What the ledger took back of an event that it had charged: it counts so much less. The fact may come before the event does, so
-- it is kept by the event's identity.
CREATE TABLE usage_reversal (
    reversal    uuid        PRIMARY KEY,
    identity    uuid        NOT NULL,
    feature     text        NOT NULL,
    reservation uuid        NOT NULL,               -- all zero for reported usage
    quantity    bigint      NOT NULL CHECK (quantity > 0),  -- atoms
    reversed_at timestamptz NOT NULL
);
CREATE INDEX usage_reversal_identity ON usage_reversal (identity);
