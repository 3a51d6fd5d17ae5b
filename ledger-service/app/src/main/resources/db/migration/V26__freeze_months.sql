-- Months that finance has closed: what their postings were then, so that nobody has to believe that they still are. Append-only.
CREATE TABLE gl_month (
  month     date PRIMARY KEY,
  postings  bigint NOT NULL,
  sha256    bytea NOT NULL,                     -- of the export's lines
  seal_no   bigint NOT NULL,                    -- covers every row that they follow from
  frozen_at timestamptz NOT NULL,
  actor     text NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON gl_month FROM "${appRole}";
