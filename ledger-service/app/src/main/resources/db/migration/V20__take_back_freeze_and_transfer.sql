-- Operations by hand. Some rows move nothing and only say that something holds from now on: a frozen wallet, held credit that
-- will be voided when it comes back, money paid back for credit that was used. They raise the wallet's sequence like any
-- other, so that whoever holds its state learns of it.
ALTER TABLE journal DROP CONSTRAINT journal_amount_check;
ALTER TABLE journal DROP CONSTRAINT journal_moves;
ALTER TABLE journal ADD CONSTRAINT journal_amount CHECK (amount > 0 OR amount = 0 AND kind IN (13, 14, 15, 16, 19));
ALTER TABLE journal ADD CONSTRAINT journal_moves CHECK (from_acct <> to_acct OR kind IN (15, 16));
COMMENT ON COLUMN journal.meta IS 'facts without a column; hashed with the row but for "reason", which may have to be erased';

ALTER TABLE credit_block
  ADD COLUMN void_due        bigint NOT NULL DEFAULT 0,   -- of what is held: voided when it comes back
  ADD COLUMN refund_due      bigint NOT NULL DEFAULT 0,   -- minor units paid back with it
  ADD COLUMN voided_for_good bigint NOT NULL DEFAULT 0,   -- of what is voided: still counts as issued
  ADD COLUMN cost_moved      bigint NOT NULL DEFAULT 0,   -- minor units that went on with credit that moved away
  DROP CONSTRAINT block_cost,
  ADD CONSTRAINT block_cost CHECK (cost_refunded >= 0 AND cost_moved >= 0 AND cost_refunded + cost_moved <= cost_total),
  ADD CONSTRAINT block_taken_back CHECK (void_due BETWEEN 0 AND held AND refund_due >= 0 AND voided_for_good BETWEEN 0 AND voided);

-- What rolled over took this share along.
UPDATE credit_block b SET cost_moved = c.cost
  FROM (SELECT parent_block_id, sum(cost_total) AS cost FROM credit_block WHERE parent_block_id IS NOT NULL GROUP BY 1) c
  WHERE c.parent_block_id = b.block_id AND c.cost > 0;
