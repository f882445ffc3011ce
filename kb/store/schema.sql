-- The truth. Facts are derived from claims; a claim belongs to a sentence, a sentence to an article: deleting an article
-- leaves nothing behind. Spans are half-open, in characters of article.text. A change of the schema is one more script
-- in opening.py.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    cleaned TEXT NOT NULL,
    segments TEXT NOT NULL,               -- JSON list of texts
    origin TEXT NOT NULL UNIQUE,
    licence TEXT,
    author TEXT,
    date TEXT,
    sha256 TEXT NOT NULL UNIQUE,          -- of text
    reader TEXT NOT NULL,                 -- fingerprint of the vocabulary and rules that read it
    added_at TEXT NOT NULL                -- ISO 8601, UTC
) STRICT;

CREATE TABLE sentence (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading TEXT,
    segment INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX sentence_article ON sentence (article_id, position);

CREATE TABLE dropped (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX dropped_article ON dropped (article_id);

CREATE TABLE concept (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL,
    gloss TEXT,
    cues TEXT NOT NULL,                   -- JSON list
    found INTEGER NOT NULL                -- 0: from the domain vocabulary; 1: lives only while something mentions it
) STRICT;

CREATE TABLE alias (
    concept_id TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (concept_id, name)
) STRICT;

CREATE TABLE mention (
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    concept_id TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    found_by TEXT NOT NULL
) STRICT;
CREATE INDEX mention_sentence ON mention (sentence_id);
CREATE INDEX mention_concept ON mention (concept_id);

CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    subject TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    relation TEXT NOT NULL,
    object TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    holds INTEGER NOT NULL,
    hedge TEXT,
    condition TEXT,
    scope TEXT,
    analogy INTEGER NOT NULL,
    found_by TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT;
CREATE INDEX claim_sentence ON claim (sentence_id);
CREATE INDEX claim_subject ON claim (subject, relation);
CREATE INDEX claim_object ON claim (object, relation);

CREATE TABLE comparison (
    id INTEGER PRIMARY KEY,
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    a TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    b TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    aspect TEXT NOT NULL,
    direction TEXT NOT NULL,
    amount TEXT,
    hedge TEXT,
    found_by TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT;
CREATE INDEX comparison_sentence ON comparison (sentence_id);
CREATE INDEX comparison_a ON comparison (a);
CREATE INDEX comparison_b ON comparison (b);

CREATE TABLE quantity (
    id INTEGER PRIMARY KEY,
    sentence_id TEXT NOT NULL REFERENCES sentence ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    subject TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    aspect TEXT NOT NULL,
    value_text TEXT NOT NULL,
    low REAL,
    high REAL,
    unit TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    found_by TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT;
CREATE INDEX quantity_sentence ON quantity (sentence_id);
CREATE INDEX quantity_subject ON quantity (subject);

CREATE TABLE measurement (               -- append-only
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    concept TEXT NOT NULL,
    metric TEXT NOT NULL,
    backend TEXT NOT NULL,
    env_id TEXT NOT NULL,
    measured_at TEXT NOT NULL,
    valid INTEGER NOT NULL,
    record TEXT NOT NULL                  -- the whole Measurement as JSON
) STRICT;
CREATE INDEX measurement_metric ON measurement (metric, env_id, measured_at);

CREATE VIRTUAL TABLE sentence_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 0");
CREATE TRIGGER sentence_gone AFTER DELETE ON sentence BEGIN
    DELETE FROM sentence_words WHERE rowid = old.rowid;
END;
