-- Up to when a provider was asked for its notices. Not the latest notice: a webhook that comes before the first question after a
-- standstill would hide what was lost during it.
CREATE TABLE provider_asked (
  provider text NOT NULL,
  asked_at timestamptz NOT NULL,
  CONSTRAINT provider_asked_pk PRIMARY KEY (provider)
);
DROP INDEX provider_notice_received;
