-- What a person decided of concepts, in the order it was decided. It belongs to no article and outlives them all.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,                 -- accept, rename, merge, split, reject
    name TEXT NOT NULL,                   -- the concept's name as it was when decided
    target TEXT,                          -- rename: its new name; merge: the concept it became part of
    decided_at TEXT NOT NULL              -- ISO 8601, UTC
) STRICT;
