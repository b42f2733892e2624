-- What ranking, filters and facets need of each post, packed: a search of a common word reads a few megabytes instead of a row a hit.

-- A column of `posts` or `threads`, 65,536 row ids a row. Made from the other tables, by the writer at the end of each transaction.
CREATE TABLE packed_columns (
  name  TEXT NOT NULL,      -- 'posts.flags', 'posts.length', 'posts.characters_length', 'posts.thread', 'posts.author', 'posts.source',
                            -- 'posts.minute', 'threads.root', 'threads.forum'
  block INTEGER NOT NULL,   -- of the row ids from block * 65536 on
  data  BLOB NOT NULL,      -- unsigned integers, little-endian, of 1 (flags), 2 (lengths) or 4 bytes, one a row id in order; zeros at
                            -- the end are left out, and one value alone (but for flags) is that of all posts of the block
  PRIMARY KEY (name, block)
) STRICT;
