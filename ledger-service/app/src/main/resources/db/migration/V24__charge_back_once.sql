-- What is not there any more, used or ended, is charged back once: how much of it was.
ALTER TABLE credit_block ADD COLUMN charged_back bigint NOT NULL DEFAULT 0 CHECK (charged_back >= 0);
