-- Usage that was taken back, for people to look up; the moves themselves stand in the journal. Append-only.
CREATE TABLE usage_reversal (
  reversal_id uuid PRIMARY KEY,
  customer    text NOT NULL,
  source      text NOT NULL,
  event_id    text NOT NULL,
  feature     text NOT NULL,
  quantity    bigint NOT NULL CHECK (quantity > 0),
  scale       smallint NOT NULL,
  reason      text,
  actor       text NOT NULL,
  reversed_at timestamptz NOT NULL
);
CREATE INDEX usage_reversal_customer ON usage_reversal (customer, reversal_id);
REVOKE UPDATE, DELETE, TRUNCATE ON usage_reversal FROM "${appRole}";
