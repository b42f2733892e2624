-- The full-text indexes with the body as their first column: FTS5 writes two bytes a post and word before places in any other column,
-- and nearly all words stand in bodies. A third of the index, a tenth of the archive.

DROP TABLE posts_words;
DROP TABLE posts_fts;
DROP TABLE posts_cjk;

-- As in 0002, but for the order of the columns.
CREATE VIRTUAL TABLE posts_fts USING fts5 (
  body,
  title,
  content = 'posts',
  content_rowid = 'id',
  tokenize = '{tokenize}'
);
INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

-- As in 0005, but for the order of the columns.
CREATE VIRTUAL TABLE posts_cjk USING fts5 (
  body,
  title,
  glued,   -- the words of other scripts that such a character touches: posts_fts cannot find these
  content = '',
  tokenize = '{tokenize}'
);

-- As in 0005.
CREATE VIRTUAL TABLE posts_words USING fts5vocab (posts_fts, row);
