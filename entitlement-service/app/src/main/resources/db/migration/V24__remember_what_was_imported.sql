-- What an import made, by the caller's keys: importing the same again changes nothing.
CREATE TABLE imported (
    customer text NOT NULL,
    kind     text NOT NULL,
    key      text NOT NULL,
    made     uuid NOT NULL,
    hash     text NOT NULL,
    CONSTRAINT imported_pk PRIMARY KEY (customer, kind, key)
);
