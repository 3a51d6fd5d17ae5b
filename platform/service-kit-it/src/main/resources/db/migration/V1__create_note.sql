CREATE TABLE note (
    id      text   NOT NULL,
    text    text   NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT note_pk PRIMARY KEY (id)
);

-- The read model of the sample's own events; the counts show what was applied how often.
CREATE TABLE note_copy (
    id      text   NOT NULL,
    text    text   NOT NULL,
    version bigint NOT NULL,
    applied bigint NOT NULL DEFAULT 1,
    CONSTRAINT note_copy_pk PRIMARY KEY (id)
);

CREATE TABLE note_read (
    event_id text   NOT NULL,
    applied  bigint NOT NULL DEFAULT 1,
    CONSTRAINT note_read_pk PRIMARY KEY (event_id)
);
