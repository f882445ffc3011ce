-- What the article's file set apart by more than words (bold, terms of a definition list); JSON list.
ALTER TABLE article ADD COLUMN set_apart TEXT NOT NULL DEFAULT '[]';
