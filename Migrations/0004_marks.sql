-- Own marks: tags and notes that the archive's owner hangs on posts and threads. The origin's tags stand in `tags`.
-- A mark of a thread hangs on a post of it (its opening post when the mark was made), so that it goes where that post goes.
CREATE TABLE marks (
  post_id INTEGER NOT NULL REFERENCES posts (id),
  scope   TEXT NOT NULL CHECK (scope IN ('post', 'thread')),  -- 'thread': of the whole thread that the post is in
  kind    TEXT NOT NULL CHECK (kind IN ('tag', 'note')),
  text    TEXT NOT NULL CHECK (text <> ''),
  made_at INTEGER NOT NULL,                       -- Unix seconds, UTC; last: SQLite 3.40 checks what stands between keys wrongly
  PRIMARY KEY (post_id, scope, kind, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_text ON marks (kind, text);

-- Every tag with the posts that it is on, whoever gave it: `own` is 1 for a mark, 0 for the origin's.
CREATE VIEW tagged_posts AS
SELECT p.id AS post_id, p.thread_id, t.tag, 0 AS own FROM tags t JOIN posts p ON p.thread_id = t.thread_id
UNION ALL
SELECT p.id, p.thread_id, m.text, 1 FROM marks m JOIN posts p ON p.id = m.post_id WHERE m.kind = 'tag' AND m.scope = 'post'
UNION ALL
SELECT p.id, p.thread_id, m.text, 1
  FROM marks m JOIN posts q ON q.id = m.post_id JOIN posts p ON p.thread_id = q.thread_id
 WHERE m.kind = 'tag' AND m.scope = 'thread';
