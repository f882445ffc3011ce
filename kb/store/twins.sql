-- Articles that hold nearly the same text. A few of an article's shingles (see ingest/twins.py) find those that may, so that no text
-- has to be compared with every other. Whatever speaks of an article that is gone goes with it.
CREATE TABLE sketch (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE REFERENCES article ON DELETE CASCADE,
    size INTEGER NOT NULL                 -- how many shingles it has in `shingle`
) STRICT;

CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    sketch INTEGER NOT NULL REFERENCES sketch ON DELETE CASCADE,
    PRIMARY KEY (hash, sketch)
) STRICT, WITHOUT ROWID;
CREATE INDEX shingle_sketch ON shingle (sketch);

CREATE TABLE twin (                      -- what both say counts once, as the original's
    copy TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    original TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    shared REAL NOT NULL,                 -- how much of the shorter stands in the other, 0 to 1
    PRIMARY KEY (copy, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_original ON twin (original);

CREATE TABLE copied (
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    original_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    PRIMARY KEY (sentence_id, original_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copied_original ON copied (original_id);
