-- The archive: every table but the full-text index (0002). A shipped file never changes; a later change is a new file.
-- Times are Unix seconds, UTC; NULL means unknown. Small columns stand before large ones: SQLite reads a row from its start.

-- A place with an id space of its own.
CREATE TABLE sources (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind <> ''),  -- 'activitypub', 'mail', 'text', 'jsonl', …
  name         TEXT NOT NULL DEFAULT '',          -- which of that kind; empty where there is only one
  url          TEXT,                              -- its front page
  url_template TEXT,                              -- a post's URL, '{key}' standing for its source_key
  UNIQUE (kind, name)
) STRICT;

-- A community, subreddit, list, group, category or channel.
CREATE TABLE forums (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES sources (id),
  source_key TEXT NOT NULL,                       -- its id in the origin
  name       TEXT NOT NULL,                       -- as people write it
  url        TEXT,
  UNIQUE (source_id, source_key)
) STRICT;

-- A discussion: the tree under one root, or the origin's own container (a topic, a page) with several roots.
CREATE TABLE threads (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES sources (id),
  forum_id     INTEGER REFERENCES forums (id),
  root_post_id INTEGER REFERENCES posts (id) DEFERRABLE INITIALLY DEFERRED,  -- the opening post, a ghost too
  merged_into  INTEGER REFERENCES threads (id) CHECK (merged_into <> id),     -- set when it proved part of another
  is_container INTEGER NOT NULL DEFAULT 0 CHECK (is_container IN (0, 1)),     -- 1: the origin says who belongs to it
  source_key   TEXT,                              -- the container's or the root's key; NULL while only an alias is known
  title        TEXT,
  url          TEXT,
  UNIQUE (source_id, source_key)
) STRICT;

CREATE INDEX threads_by_root ON threads (root_post_id) WHERE root_post_id IS NOT NULL;
CREATE INDEX threads_merged ON threads (merged_into) WHERE merged_into IS NOT NULL;

-- An account, unique in its source.
CREATE TABLE authors (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES sources (id),
  named_at     INTEGER,                           -- date of the post that gave the names; the newest one wins
  source_key   TEXT NOT NULL,                     -- the account's id in the origin, or its name
  name         TEXT NOT NULL,                     -- the short name
  display_name TEXT,                              -- the chosen name, where the origin has one
  url          TEXT,
  UNIQUE (source_id, source_key)
) STRICT;

-- One input (a file, or a folder that is one input) of one run of `import`.
CREATE TABLE imports (
  id           INTEGER PRIMARY KEY,
  run_id       INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,  -- the run's first import
  started_at   INTEGER NOT NULL,
  finished_at  INTEGER,                           -- NULL: not finished, or no longer to be trusted as finished
  format       TEXT NOT NULL,                     -- the importer's name
  version      INTEGER NOT NULL,                  -- the importer's version
  input        TEXT NOT NULL,                     -- the input as it was named
  input_key    TEXT NOT NULL DEFAULT '',          -- what else the importer took from the name: key and --source
  input_sha256 TEXT,                              -- of its bytes, in hex
  read         INTEGER NOT NULL DEFAULT 0,        -- posts; read = added + changed + unchanged + rejected
  added        INTEGER NOT NULL DEFAULT 0,
  changed      INTEGER NOT NULL DEFAULT 0,
  unchanged    INTEGER NOT NULL DEFAULT 0,
  rejected     INTEGER NOT NULL DEFAULT 0,
  missing      INTEGER NOT NULL DEFAULT 0,        -- ghosts made
  threads      INTEGER NOT NULL DEFAULT 0,        -- threads made
  authors      INTEGER NOT NULL DEFAULT 0,        -- authors made
  seconds      REAL
) STRICT;
CREATE INDEX imports_by_input ON imports (input_sha256) WHERE finished_at IS NOT NULL;

-- One message: the opening post and every answer alike.
CREATE TABLE posts (
  id              INTEGER PRIMARY KEY,
  thread_id       INTEGER NOT NULL REFERENCES threads (id) DEFERRABLE INITIALLY DEFERRED,
  source_id       INTEGER NOT NULL REFERENCES sources (id),
  author_id       INTEGER REFERENCES authors (id),  -- NULL: unknown
  import_id       INTEGER NOT NULL REFERENCES imports (id),  -- the import that brought the current copy
  created_at      INTEGER,                        -- Unix seconds; NULL: unknown
  edited_at       INTEGER,                        -- of the current text; NULL: never, or unknown
  fetched_at      INTEGER,                        -- when the current copy was fetched, if the data say so
  text_fetched_at INTEGER,                        -- these two only where the text is from an older copy than the row
  text_import_id  INTEGER REFERENCES imports (id),
  in_container    INTEGER NOT NULL DEFAULT 0 CHECK (in_container IN (0, 1)),  -- 1: the origin names its thread; 0: its root's
  score           INTEGER,
  place           INTEGER,                        -- position in the page or the origin's list
  reply_count     INTEGER,                        -- as the origin says, in its own sense (direct, or all below)
  state           TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'deleted', 'removed', 'missing')),
  markup          TEXT CHECK (markup IN ('markdown', 'plain')),  -- NULL where there is no body
  source_key      TEXT,                           -- its id in the origin; NULL for a ghost known by an alias alone
  url             TEXT,                           -- NULL where sources.url_template gives it
  title           TEXT,                           -- NULL for a reply that only repeats the thread's
  body            TEXT,                           -- NULL: unknown; '': empty
  created         TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch')) VIRTUAL,
  CHECK (source_key IS NOT NULL OR state = 'missing'),
  CHECK (state <> 'missing' OR body IS NULL)
) STRICT;
CREATE UNIQUE INDEX posts_by_key ON posts (source_id, source_key) WHERE source_key IS NOT NULL;
CREATE INDEX posts_by_thread ON posts (thread_id, created_at);
CREATE INDEX posts_by_author ON posts (author_id, created_at) WHERE author_id IS NOT NULL;
CREATE INDEX posts_by_date ON posts (created_at);
CREATE INDEX posts_by_url ON posts (url) WHERE url IS NOT NULL;

-- How one post hangs in the tree. A post without a row is a root whose origin states no parent.
CREATE TABLE replies (
  post_id    INTEGER PRIMARY KEY REFERENCES posts (id),
  parent_id  INTEGER REFERENCES posts (id),       -- NULL only by hand: "has none"
  witness_id INTEGER REFERENCES posts (id),       -- whose statement it is; NULL: the post's own
  basis      TEXT NOT NULL CHECK (basis IN ('native', 'header', 'quote', 'mention', 'indent', 'order', 'subject', 'text', 'manual')),
  confidence REAL NOT NULL CHECK (confidence > 0 AND confidence <= 1),
  evidence   TEXT,                                -- in words, for people
  CHECK (parent_id <> post_id),
  CHECK (parent_id IS NOT NULL OR basis = 'manual'),
  CHECK ((basis IN ('native', 'header', 'manual')) = (confidence = 1))
) STRICT;
CREATE INDEX replies_by_parent ON replies (parent_id);
CREATE INDEX replies_by_witness ON replies (witness_id) WHERE witness_id IS NOT NULL;

-- A parent that was claimed and did not win.
CREATE TABLE reply_claims (
  child_id   INTEGER NOT NULL REFERENCES posts (id),
  parent_id  INTEGER NOT NULL REFERENCES posts (id),
  witness_id INTEGER REFERENCES posts (id),       -- whose statement it is; NULL: the child's own
  in_cycle   INTEGER NOT NULL DEFAULT 0 CHECK (in_cycle IN (0, 1)),  -- 1: it lost only because it closed a cycle
  basis      TEXT NOT NULL CHECK (basis IN ('native', 'header', 'quote', 'mention', 'indent', 'order', 'subject', 'text', 'manual')),
  confidence REAL NOT NULL CHECK (confidence > 0 AND confidence <= 1),
  evidence   TEXT
) STRICT;
CREATE INDEX reply_claims_by_child ON reply_claims (child_id);
CREATE INDEX reply_claims_in_cycle ON reply_claims (child_id) WHERE in_cycle = 1;
CREATE INDEX reply_claims_by_parent ON reply_claims (parent_id);
CREATE INDEX reply_claims_by_witness ON reply_claims (witness_id) WHERE witness_id IS NOT NULL;

-- A second kind of tie between two posts.
CREATE TABLE links (
  from_post_id INTEGER NOT NULL REFERENCES posts (id),
  to_post_id   INTEGER NOT NULL REFERENCES posts (id),
  kind         TEXT NOT NULL CHECK (kind <> ''),  -- 'quote', 'duplicate', 'accepted', 'cross-post', …
  evidence     TEXT,
  PRIMARY KEY (from_post_id, to_post_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_target ON links (to_post_id);

-- What else was inferred about a post, beside its parent.
CREATE TABLE inferences (
  post_id    INTEGER NOT NULL REFERENCES posts (id),
  what       TEXT NOT NULL CHECK (what IN ('author', 'boundary', 'title', 'date', 'existence')),
  basis      TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence > 0 AND confidence < 1),
  evidence   TEXT,
  PRIMARY KEY (post_id, what)
) STRICT, WITHOUT ROWID;

-- Another name of a post: an instance's own id, 'TOPIC#NUMBER'.
CREATE TABLE post_aliases (
  source_id INTEGER NOT NULL REFERENCES sources (id),
  alias     TEXT NOT NULL,
  post_id   INTEGER NOT NULL REFERENCES posts (id),
  PRIMARY KEY (source_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_aliases_by_post ON post_aliases (post_id);

-- A further forum of a cross-post.
CREATE TABLE post_forums (
  post_id  INTEGER NOT NULL REFERENCES posts (id),
  forum_id INTEGER NOT NULL REFERENCES forums (id),
  PRIMARY KEY (post_id, forum_id)
) STRICT, WITHOUT ROWID;

-- A text that was superseded. Changes of score, name or date make none.
CREATE TABLE post_revisions (
  post_id INTEGER NOT NULL REFERENCES posts (id),
  seen_at INTEGER,                                -- when that text was current: its edit or fetch time; NULL: unknown
  title   TEXT,
  body    TEXT
) STRICT;
CREATE INDEX post_revisions_by_post ON post_revisions (post_id);

-- What a post carried; the files themselves are not kept.
CREATE TABLE attachments (
  post_id INTEGER NOT NULL REFERENCES posts (id),
  name    TEXT,
  type    TEXT,                                   -- media type
  size    INTEGER                                 -- bytes
) STRICT;
CREATE INDEX attachments_by_post ON attachments (post_id);

-- A tag or label that the origin gives a thread.
CREATE TABLE tags (
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  tag       TEXT NOT NULL,
  PRIMARY KEY (thread_id, tag)
) STRICT, WITHOUT ROWID;

-- Posts that were erased for good: only a hash of each key, so that a later import leaves them out.
CREATE TABLE erased (
  key_sha256 TEXT PRIMARY KEY                     -- SHA-256 in hex over kind, name and key, separated by U+0000
) STRICT, WITHOUT ROWID;

-- A row a post, for people: ids resolved to names, dates as ISO 8601, the parent and how it is known.
CREATE VIEW post_details AS
SELECT p.id, p.thread_id, COALESCE(t.title, r.title) AS thread_title,
       s.kind AS source_kind, s.name AS source, f.name AS forum,
       a.name AS author, a.display_name AS author_display,
       p.created AS created, strftime('%Y-%m-%dT%H:%M:%SZ', p.edited_at, 'unixepoch') AS edited,
       p.state, p.score, p.place, p.reply_count, p.title, p.body, p.markup,
       e.parent_id, e.basis, e.confidence, e.evidence,
       COALESCE(p.url, replace(s.url_template, '{key}', p.source_key)) AS url, p.source_key
  FROM posts p
  JOIN threads t ON t.id = p.thread_id
  JOIN sources s ON s.id = p.source_id
  LEFT JOIN posts r ON r.id = t.root_post_id
  LEFT JOIN forums f ON f.id = t.forum_id
  LEFT JOIN authors a ON a.id = p.author_id
  LEFT JOIN replies e ON e.post_id = p.id;

-- A row a thread, for people. Threads that were merged into another are left out; ghosts are no posts here.
CREATE VIEW thread_summaries AS
SELECT t.id, COALESCE(t.title, r.title) AS title, s.kind AS source_kind, s.name AS source, f.name AS forum,
       a.name AS author, r.created AS started,
       (SELECT count(*) FROM posts p WHERE p.thread_id = t.id AND p.state <> 'missing') AS posts,
       (SELECT count(DISTINCT p.author_id) FROM posts p WHERE p.thread_id = t.id) AS authors,
       (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(p.created_at), 'unixepoch') FROM posts p WHERE p.thread_id = t.id) AS latest,
       t.root_post_id, COALESCE(t.url, r.url, replace(s.url_template, '{key}', r.source_key)) AS url, t.source_key
  FROM threads t
  JOIN sources s ON s.id = t.source_id
  LEFT JOIN posts r ON r.id = t.root_post_id
  LEFT JOIN forums f ON f.id = t.forum_id
  LEFT JOIN authors a ON a.id = r.author_id
 WHERE t.merged_into IS NULL;
