-- Seals: every few seconds one signed Merkle root over the heads of the wallets that changed, each seal chained to the one
-- before. Who holds an exported seal can tell whether anything below it was changed later.

CREATE TABLE seal_key (
  key_id      text PRIMARY KEY,                 -- the first 16 hex digits of SHA-256 of the public key
  public_key  bytea NOT NULL,                   -- X.509 SubjectPublicKeyInfo
  private_key bytea,                            -- PKCS#8; null where the key stands in a file, as it should outside a local stack
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE ledger_seal (
  seal_no        bigint PRIMARY KEY CHECK (seal_no > 0),
  sealed_at      timestamptz NOT NULL,
  leaves         bigint NOT NULL CHECK (leaves > 0),
  merkle_root    bytea NOT NULL,
  prev_seal_hash bytea NOT NULL,
  seal_hash      bytea NOT NULL,
  signature      bytea NOT NULL,
  key_id         text NOT NULL REFERENCES seal_key
);

CREATE TABLE seal_leaf (
  seal_no   bigint NOT NULL REFERENCES ledger_seal,
  ord       int NOT NULL,
  wallet_id uuid NOT NULL,
  seq       bigint NOT NULL,
  head_hash bytea NOT NULL,
  PRIMARY KEY (wallet_id, seq)
);
CREATE UNIQUE INDEX seal_leaf_order ON seal_leaf (seal_no, ord);

-- Up to which row a wallet is sealed: finds what changed without a look at the journal.
CREATE TABLE sealed_head (
  wallet_id uuid PRIMARY KEY,
  seq       bigint NOT NULL
) WITH (fillfactor = 70);

CREATE FUNCTION guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('weir.maintenance', true), '') = 'archive' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'seals are append-only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER ledger_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal
  FOR EACH STATEMENT EXECUTE FUNCTION guard_seal();
CREATE TRIGGER seal_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION guard_seal();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_seal, seal_leaf, seal_key FROM "${appRole}";
