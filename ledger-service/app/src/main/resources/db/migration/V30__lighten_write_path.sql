-- A reservation's rows are written by one program, under the locks of its wallets, all in one transaction; what the foreign keys
-- checked row by row (each a query and a lock on the row it points to, for the terms on one row that all of them share) is what
-- the verifier checks over all rows.
ALTER TABLE reservation DROP CONSTRAINT reservation_terms_hash_fkey;
ALTER TABLE reservation_leg DROP CONSTRAINT reservation_leg_resv_id_fkey;
ALTER TABLE reservation_leg DROP CONSTRAINT reservation_leg_wallet_id_fkey;
ALTER TABLE reservation_alloc DROP CONSTRAINT reservation_alloc_resv_id_leg_fkey;
ALTER TABLE usage_window_credit DROP CONSTRAINT usage_window_credit_window_id_fkey;
