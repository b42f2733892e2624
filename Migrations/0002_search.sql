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
