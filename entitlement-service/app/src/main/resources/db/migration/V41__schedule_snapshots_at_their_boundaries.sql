-- When a customer's snapshot is to be made anew although nobody changes anything: a phase, an allowance or a period begins
-- or ends. A customer for whom nothing is to come has no row.
CREATE TABLE snapshot_due (
    customer text        NOT NULL,
    due_at   timestamptz NOT NULL,
    CONSTRAINT snapshot_due_pk PRIMARY KEY (customer),
    CONSTRAINT snapshot_due_customer_fk FOREIGN KEY (customer) REFERENCES customer
);
CREATE INDEX snapshot_due_at ON snapshot_due (due_at);

-- What is there already is looked at once.
INSERT INTO snapshot_due (customer, due_at) SELECT customer, clock_timestamp() FROM customer;
