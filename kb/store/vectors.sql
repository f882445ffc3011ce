-- Version 2: what an embedding model makes of a sentence; the vectors of different models are never compared.

CREATE TABLE vector (
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    model TEXT NOT NULL,
    numbers BLOB NOT NULL,                -- 16-bit floats, little-endian
    PRIMARY KEY (sentence_id, model)
) STRICT, WITHOUT ROWID;
