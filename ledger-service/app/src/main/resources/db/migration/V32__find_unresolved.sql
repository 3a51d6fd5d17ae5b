-- Reservations that nobody reported on: in quarantine, or closed without a word on what was used.
CREATE INDEX resv_unresolved ON reservation (resv_id) WHERE lapsed AND state IN (1, 2, 4);
