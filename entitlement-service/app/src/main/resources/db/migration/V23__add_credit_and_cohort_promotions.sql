-- Credit promised to a customer, once. One that is ended before its instant is never issued.
CREATE TABLE credit_promotion (
    id            uuid        NOT NULL,
    customer      text        NOT NULL,
    unit          text        NOT NULL,
    scale         integer     NOT NULL,
    amount        numeric     NOT NULL,
    priority      integer     NOT NULL,
    expires_after text,
    from_at       timestamptz NOT NULL,
    reference     text        NOT NULL,
    reason        text        NOT NULL,
    created_at    timestamptz NOT NULL,
    created_by    text        NOT NULL,
    ended_at      timestamptz,
    ended_by      text,
    CONSTRAINT credit_promotion_pk PRIMARY KEY (id),
    CONSTRAINT credit_promotion_customer_fk FOREIGN KEY (customer) REFERENCES customer,
    CONSTRAINT credit_promotion_amount CHECK (amount > 0)
);
CREATE INDEX credit_promotion_of_customer ON credit_promotion (customer, id);

-- A promotion for whoever belongs to a cohort while it runs: each member gets a row of its own.
CREATE TABLE cohort_promotion (
    id         uuid        NOT NULL,
    cohort     text        NOT NULL,
    body       jsonb       NOT NULL,
    to_at      timestamptz,
    reason     text        NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    ended_at   timestamptz,
    ended_by   text,
    CONSTRAINT cohort_promotion_pk PRIMARY KEY (id)
);
CREATE INDEX cohort_promotion_of ON cohort_promotion (cohort, id);

CREATE TABLE cohort_promotion_member (
    promotion uuid        NOT NULL,
    customer  text        NOT NULL,
    made      uuid,
    code      text,
    made_at   timestamptz NOT NULL,
    ended_at  timestamptz,
    CONSTRAINT cohort_promotion_member_pk PRIMARY KEY (promotion, customer),
    CONSTRAINT cohort_promotion_member_promotion_fk FOREIGN KEY (promotion) REFERENCES cohort_promotion
);
CREATE INDEX cohort_promotion_member_holds ON cohort_promotion_member (promotion, customer) WHERE ended_at IS NULL AND made IS NOT NULL;
