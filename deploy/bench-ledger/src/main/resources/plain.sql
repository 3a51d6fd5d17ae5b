-- The plain way: one transaction for one operation, decided in a SQL function under the wallet's row lock. Same tables (without
-- foreign keys and without the hash partitions of op and charge), same idempotency, burn order, hash chain, reservation rows and
-- journal rows as the ledger's. It writes one short outbox row for an operation where the ledger writes the wallet's whole state
-- and the settled fact, and it books no usage window.
CREATE SCHEMA plain;
CREATE TABLE plain.wallet (LIKE public.wallet INCLUDING ALL) WITH (fillfactor = 50);
CREATE TABLE plain.credit_block (LIKE public.credit_block INCLUDING ALL) WITH (fillfactor = 60);
CREATE TABLE plain.reservation (LIKE public.reservation INCLUDING ALL) WITH (fillfactor = 60);
CREATE TABLE plain.reservation_leg (LIKE public.reservation_leg INCLUDING ALL) WITH (fillfactor = 60);
CREATE TABLE plain.reservation_alloc (LIKE public.reservation_alloc INCLUDING ALL) WITH (fillfactor = 60);
CREATE TABLE plain.op (LIKE public.op INCLUDING ALL);
CREATE TABLE plain.charge (LIKE public.charge INCLUDING ALL);
CREATE TABLE plain.outbox (LIKE public.outbox_fact INCLUDING ALL);
CREATE TABLE plain.journal (LIKE public.journal INCLUDING ALL) PARTITION BY RANGE (posted_at);
CREATE TABLE plain.journal_all PARTITION OF plain.journal DEFAULT;

CREATE FUNCTION plain.post(w plain.wallet, txn uuid, what smallint, from_a smallint, to_a smallint, atoms bigint, block uuid,
  resv uuid, charge bytea, block_left bigint, at timestamptz, key text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  chained bytea;
BEGIN
  chained := sha256(w.head_hash || uuid_send(w.wallet_id) || int8send(w.seq) || uuid_send(txn)
    || convert_to(w.root_customer, 'UTF8') || int2send(what) || int2send(from_a) || int2send(to_a) || int8send(atoms)
    || uuid_send(block) || uuid_send(resv) || coalesce(charge, ''::bytea) || convert_to('chat', 'UTF8')
    || int8send(w.available) || int8send(w.held) || int8send(w.overdraft) || int8send(block_left)
    || timestamptz_send(at) || timestamptz_send(w.last_posted_at) || convert_to(key, 'UTF8') || convert_to('bench', 'UTF8'));
  INSERT INTO plain.journal (wallet_id, seq, txn_id, for_customer, kind, from_acct, to_acct, amount, block_id, resv_id, charge_key,
    feature, rate_version, window_start, available_after, held_after, overdraft_after, block_remaining_after, effective_at,
    posted_at, late, op_key, actor, hash)
  VALUES (w.wallet_id, w.seq, txn, w.root_customer, what, from_a, to_a, atoms, block, resv, charge, 'chat', 'h-chat',
    CASE WHEN charge IS NULL THEN NULL ELSE date_trunc('hour', at) END, w.available, w.held, w.overdraft, block_left, at,
    w.last_posted_at, false, key, 'bench', chained);
  RETURN chained;
END $$;

CREATE FUNCTION plain.tick(w plain.wallet, at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
$$ SELECT greatest(at, w.last_posted_at + interval '1 microsecond') $$;

CREATE FUNCTION plain.reserve(key bytea, print bytea, paid_by uuid, resv uuid, terms bytea, atoms bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  w plain.wallet;
  b record;
  told text;
  now_at timestamptz;
  txn uuid := gen_random_uuid();
  need bigint := atoms;
  take bigint;
  part int := 0;
BEGIN
  SELECT * INTO w FROM plain.wallet WHERE wallet_id = paid_by FOR UPDATE;
  SELECT convert_from(answer, 'UTF8') INTO told FROM plain.op WHERE op_key = key;
  IF FOUND THEN
    RETURN told;
  END IF;
  now_at := clock_timestamp();
  IF w.state <> 0 OR w.available < atoms THEN
    RETURN 'denied';
  END IF;
  INSERT INTO plain.reservation (resv_id, kind, root_customer, for_customer, feature, rate_version, terms_hash, state, quantity,
    deadline_at, on_lapse, op_key, actor, created_at)
  VALUES (resv, 0, w.root_customer, w.root_customer, 'chat', 'h-chat', terms, 0, atoms, now_at + interval '5 minutes', 2, key,
    'bench', now_at);
  INSERT INTO plain.reservation_leg (resv_id, ord, wallet_id, factor, granted) VALUES (resv, 0, paid_by, 1000000, atoms);
  FOR b IN
    SELECT block_id, remaining, held FROM plain.credit_block
    WHERE wallet_id = paid_by AND state = 1 AND effective_at <= now_at AND (expires_at IS NULL OR expires_at > now_at)
      AND (features IS NULL OR 'chat' = ANY (features))
    ORDER BY priority, expires_at NULLS LAST, category, effective_at, created_at, block_id
  LOOP
    take := least(need, b.remaining - b.held);
    CONTINUE WHEN take <= 0;
    UPDATE plain.credit_block SET held = held + take WHERE block_id = b.block_id;
    INSERT INTO plain.reservation_alloc (resv_id, leg, ord, wallet_id, block_id, room, amount)
    VALUES (resv, 0, part, paid_by, b.block_id, 0, take);
    w.available := w.available - take;
    w.held := w.held + take;
    w.seq := w.seq + 1;
    w.last_posted_at := plain.tick(w, now_at);
    w.head_hash := plain.post(w, txn, 1::smallint, 1::smallint, 2::smallint, take, b.block_id, resv, NULL, b.remaining, now_at,
      encode(key, 'hex'));
    part := part + 1;
    need := need - take;
    EXIT WHEN need = 0;
  END LOOP;
  UPDATE plain.wallet SET available = w.available, held = w.held, seq = w.seq, head_hash = w.head_hash,
    last_posted_at = w.last_posted_at WHERE wallet_id = paid_by;
  told := json_build_object('id', resv, 'state', 'HELD', 'held', atoms, 'expiresAt', now_at + interval '5 minutes')::text;
  INSERT INTO plain.op (op_key, fingerprint, kind, answer, created_at) VALUES (key, print, 2, convert_to(told, 'UTF8'), now_at);
  INSERT INTO plain.outbox (name, id, subject, shard, body)
  VALUES ('ledger.wallet', w.wallet_id || '@' || w.seq, w.wallet_id::text, '00',
    json_build_object('wallet', w.wallet_id, 'seq', w.seq, 'available', w.available, 'held', w.held)::text);
  RETURN told;
END $$;

CREATE FUNCTION plain.settle(key bytea, print bytea, paid_by uuid, resv uuid, charged bytea, atoms bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  w plain.wallet;
  r plain.reservation;
  a record;
  told text;
  now_at timestamptz;
  txn uuid := gen_random_uuid();
  need bigint := atoms;
  spend bigint;
  back bigint;
  spent_all bigint := 0;
  back_all bigint := 0;
  block_left bigint;
BEGIN
  SELECT * INTO w FROM plain.wallet WHERE wallet_id = paid_by FOR UPDATE;
  SELECT convert_from(answer, 'UTF8') INTO told FROM plain.op WHERE op_key = key;
  IF FOUND THEN
    RETURN told;
  END IF;
  now_at := clock_timestamp();
  SELECT * INTO r FROM plain.reservation WHERE resv_id = resv FOR UPDATE;
  IF NOT FOUND OR r.state > 2 THEN
    RETURN 'closed';
  END IF;
  INSERT INTO plain.charge (charge_key, fingerprint, wallet_id, resv_id, amount, created_at)
  VALUES (charged, print, paid_by, resv, atoms, now_at) ON CONFLICT DO NOTHING;
  FOR a IN SELECT leg, ord, block_id, amount - spent - released AS left_open FROM plain.reservation_alloc
    WHERE resv_id = resv ORDER BY leg, ord
  LOOP
    spend := least(need, a.left_open);
    back := a.left_open - spend;
    UPDATE plain.credit_block SET held = held - a.left_open, remaining = remaining - spend, consumed = consumed + spend
    WHERE block_id = a.block_id RETURNING remaining INTO block_left;
    UPDATE plain.reservation_alloc SET spent = spent + spend, released = released + back
    WHERE resv_id = resv AND leg = a.leg AND ord = a.ord;
    IF spend > 0 THEN
      w.held := w.held - spend;
      w.seq := w.seq + 1;
      w.last_posted_at := plain.tick(w, now_at);
      w.head_hash := plain.post(w, txn, 2::smallint, 2::smallint, 3::smallint, spend, a.block_id, resv, charged, block_left, now_at,
        encode(key, 'hex'));
    END IF;
    IF back > 0 THEN
      w.held := w.held - back;
      w.available := w.available + back;
      w.seq := w.seq + 1;
      w.last_posted_at := plain.tick(w, now_at);
      w.head_hash := plain.post(w, txn, 3::smallint, 2::smallint, 1::smallint, back, a.block_id, resv, charged, block_left, now_at,
        encode(key, 'hex'));
    END IF;
    need := need - spend;
    spent_all := spent_all + spend;
    back_all := back_all + back;
  END LOOP;
  UPDATE plain.reservation_leg SET spent = spent_all, released = back_all WHERE resv_id = resv AND ord = 0;
  UPDATE plain.reservation SET state = 3, used = atoms, closed_at = now_at WHERE resv_id = resv;
  UPDATE plain.wallet SET available = w.available, held = w.held, seq = w.seq, head_hash = w.head_hash,
    last_posted_at = w.last_posted_at WHERE wallet_id = paid_by;
  told := json_build_object('id', resv, 'state', 'SETTLED', 'spent', spent_all, 'released', back_all)::text;
  INSERT INTO plain.op (op_key, fingerprint, kind, answer, created_at) VALUES (key, print, 4, convert_to(told, 'UTF8'), now_at);
  INSERT INTO plain.outbox (name, id, subject, shard, body)
  VALUES ('ledger.reservation-settled', resv || ':settled', resv::text, '00',
    json_build_object('reservation', resv, 'spent', spent_all, 'released', back_all)::text);
  RETURN told;
END $$;

-- The minimal debit: an idempotency row, a conditional update and an entry; in one statement, so one round trip.
CREATE TABLE plain.small_wallet (id int PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 50);
CREATE TABLE plain.small_op (op_key uuid PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE plain.small_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet int NOT NULL, amount bigint NOT NULL,
  balance_after bigint NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp());
INSERT INTO plain.small_wallet SELECT n, 1000000000000000 FROM generate_series(0, 9999) n;
