-- What the provider has told us by webhook, or when asked, each once. The notice is a hint: the object itself is read.
CREATE TABLE provider_notice (
  provider    text NOT NULL,
  notice_id   text NOT NULL,
  type        text NOT NULL,
  object_id   text NOT NULL,
  state       text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'DONE', 'IGNORED')),
  attempts    int NOT NULL DEFAULT 0,
  next_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  error       text,
  PRIMARY KEY (provider, notice_id)
);
CREATE INDEX provider_notice_open ON provider_notice (next_at) WHERE state = 'OPEN';
CREATE INDEX provider_notice_received ON provider_notice (provider, received_at);
