-- A rollout moves only what was chosen before its catalog, however late it is carried out.
ALTER TABLE subscription_phase ADD COLUMN catalog_version bigint NOT NULL DEFAULT 0;

-- A rollout waits for the bodies that its catalog names; how many customers it has looked at is its progress.
ALTER TABLE rollout ADD COLUMN visited bigint NOT NULL DEFAULT 0;
CREATE INDEX rollout_open ON rollout (catalog_version) WHERE done_at IS NULL;
