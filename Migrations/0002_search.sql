-- The full-text index: FTS5 over titles and bodies, which it reads from `posts` (external content). One row a post, ghosts too.
-- The writer feeds it batch by batch in row-id order; there are no triggers. {tokenize} is the stemming that the archive is made
-- with: 'porter unicode61 remove_diacritics 2' (english) or 'unicode61 remove_diacritics 2' (none).
CREATE VIRTUAL TABLE posts_fts USING fts5 (
  title,
  body,
  content = 'posts',
  content_rowid = 'id',
  tokenize = '{tokenize}'
);

-- A ghost has no body, but it may have a title, and is never found by it. Search leaves these out by this index, which is nearly
-- always empty; without it every match of a word would need its post's row.
CREATE INDEX posts_titled_ghosts ON posts (state) WHERE state = 'missing' AND title IS NOT NULL;
