-- Scripts without spaces, the vocabulary of the index, and searches that were given a name.

-- A second full-text index, only of posts that hold Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese: there each of these
-- characters is a word of its own, so a phrase of characters is a substring. Contentless: it holds no text. Characters that FTS5's
-- tokenizer would drop (marks, punctuation beside them) stand as U+E000 and their number, and U+E000 alone for any other
-- punctuation or space beside one of these characters. Other words stand as in posts_fts.
CREATE VIRTUAL TABLE posts_cjk USING fts5 (
  title,
  body,
  glued,   -- the words of other scripts that such a character touches: posts_fts cannot find these
  content = '',
  tokenize = '{tokenize}'
);

-- Every word (every stem, in an archive with stemming) of posts_fts, with the number of posts and of places it stands in.
CREATE VIRTUAL TABLE posts_words USING fts5vocab (posts_fts, row);

-- A search that can be asked again by its name: `search @NAME`.
CREATE TABLE saved_searches (
  name       TEXT PRIMARY KEY CHECK (name <> ''),
  query      TEXT NOT NULL,                       -- as it was typed
  sort       TEXT NOT NULL DEFAULT 'relevance' CHECK (sort IN ('relevance', 'newest', 'oldest', 'score')),
  created_at INTEGER NOT NULL                     -- Unix seconds
) STRICT, WITHOUT ROWID;
