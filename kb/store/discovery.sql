-- How well a discovered concept does as a term of each article that proposed it, in [0, 1].
CREATE TABLE proposal (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    concept_id TEXT NOT NULL REFERENCES concept ON DELETE CASCADE,
    score REAL NOT NULL,
    PRIMARY KEY (concept_id, article_id)
) STRICT;
CREATE INDEX proposal_article ON proposal (article_id);

-- The other names that articles gave the concept when it was decided on; JSON list.
ALTER TABLE decision ADD COLUMN others TEXT NOT NULL DEFAULT '[]';
