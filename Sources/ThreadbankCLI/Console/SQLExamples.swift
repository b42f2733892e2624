// Questions that an archive can be asked in SQL: the console shows them, the cookbook explains them, a test runs them.

/// A question in words and in SQL.
struct SQLExample: Sendable {
    let question: String
    let sql: String
}

enum SQLExamples {
    static let all: [SQLExample] = [
        SQLExample(
            question: "Who answers whom most often?",
            sql: """
                SELECT a.name AS who, b.name AS answers, count(*) AS times
                  FROM replies r JOIN posts p ON p.id = r.post_id JOIN posts q ON q.id = r.parent_id
                  JOIN authors a ON a.id = p.author_id JOIN authors b ON b.id = q.author_id
                 GROUP BY a.id, b.id ORDER BY times DESC, who, answers LIMIT 20;
                """),
        SQLExample(
            question: "Which pairs answer each other?",
            sql: """
                WITH pairs AS (
                  SELECT p.author_id AS a, q.author_id AS b, count(*) AS times
                    FROM replies r JOIN posts p ON p.id = r.post_id JOIN posts q ON q.id = r.parent_id
                   WHERE p.author_id <> q.author_id GROUP BY 1, 2)
                SELECT x.name, y.name, m.times AS there, n.times AS back
                  FROM pairs m JOIN pairs n ON n.a = m.b AND n.b = m.a
                  JOIN authors x ON x.id = m.a JOIN authors y ON y.id = m.b
                 WHERE m.a < m.b ORDER BY min(m.times, n.times) DESC, 1 LIMIT 20;
                """),
        SQLExample(
            question: "Which are the longest chains of replies?",
            sql: """
                WITH RECURSIVE chain (id, root, depth) AS (
                  SELECT p.id, p.id, 0 FROM posts p WHERE NOT EXISTS (
                    SELECT 1 FROM replies r WHERE r.post_id = p.id AND r.parent_id IS NOT NULL)
                  UNION ALL
                  SELECT r.post_id, c.root, c.depth + 1 FROM chain c JOIN replies r ON r.parent_id = c.id)
                SELECT root, max(depth) AS longest, count(*) AS posts FROM chain
                 GROUP BY root ORDER BY longest DESC, root LIMIT 20;
                """),
        SQLExample(
            question: "How long until the first answer, thread by thread?",
            sql: """
                SELECT t.id, t.title, (min(q.created_at) - r.created_at) / 60 AS minutes
                  FROM threads t JOIN posts r ON r.id = t.root_post_id
                  JOIN posts q ON q.thread_id = t.id AND q.id <> r.id AND q.created_at >= r.created_at
                 GROUP BY t.id ORDER BY minutes, t.id LIMIT 20;
                """),
        SQLExample(
            question: "What is the median time to a reply, in minutes?",
            sql: """
                WITH waits AS (
                  SELECT (p.created_at - q.created_at) / 60.0 AS minutes
                    FROM replies r JOIN posts p ON p.id = r.post_id JOIN posts q ON q.id = r.parent_id
                   WHERE p.created_at >= q.created_at)
                SELECT count(*) AS replies, (
                  SELECT round(avg(minutes), 1) FROM (
                    SELECT minutes FROM waits ORDER BY minutes
                     LIMIT 2 - (SELECT count(*) FROM waits) % 2 OFFSET (SELECT (count(*) - 1) / 2 FROM waits))) AS median
                  FROM waits;
                """),
        SQLExample(
            question: "Which opening posts did nobody answer?",
            sql: """
                SELECT id, title, author, started FROM thread_summaries
                 WHERE posts = 1 ORDER BY started DESC NULLS LAST LIMIT 20;
                """),
        SQLExample(
            question: "Which threads died within a day?",
            sql: """
                SELECT t.id, t.title, count(*) AS posts, (max(p.created_at) - min(p.created_at)) / 3600 AS hours
                  FROM threads t JOIN posts p ON p.thread_id = t.id
                 GROUP BY t.id HAVING count(p.created_at) > 1 AND max(p.created_at) - min(p.created_at) < 86400
                 ORDER BY posts DESC, t.id LIMIT 20;
                """),
        SQLExample(
            question: "Which threads came back after a silence of 30 days?",
            sql: """
                WITH gaps AS (
                  SELECT thread_id, created_at - lag(created_at) OVER (PARTITION BY thread_id ORDER BY created_at) AS gap
                    FROM posts WHERE created_at IS NOT NULL)
                SELECT g.thread_id, t.title, max(gap) / 86400 AS days
                  FROM gaps g JOIN threads t ON t.id = g.thread_id
                 WHERE gap > 30 * 86400 GROUP BY 1 ORDER BY days DESC LIMIT 20;
                """),
        SQLExample(
            question: "At what hour of the day (UTC) do people write?",
            sql: """
                SELECT strftime('%H', created_at, 'unixepoch') AS hour, count(*) AS posts
                  FROM posts WHERE created_at IS NOT NULL GROUP BY 1 ORDER BY 1;
                """),
        SQLExample(
            question: "On which days of the week?",
            sql: """
                SELECT substr('SunMonTueWedThuFriSat', 1 + 3 * strftime('%w', created_at, 'unixepoch'), 3) AS day, count(*) AS posts
                  FROM posts WHERE created_at IS NOT NULL GROUP BY strftime('%w', created_at, 'unixepoch') ORDER BY 2 DESC;
                """),
        SQLExample(
            question: "How many posts and authors has each month?",
            sql: """
                SELECT strftime('%Y-%m', created_at, 'unixepoch') AS month, count(*) AS posts, count(DISTINCT author_id) AS authors
                  FROM posts WHERE created_at IS NOT NULL GROUP BY 1 ORDER BY 1;
                """),
        SQLExample(
            question: "Who came when, and wrote how much until when?",
            sql: """
                SELECT a.name, count(*) AS posts, date(min(p.created_at), 'unixepoch') AS first, date(max(p.created_at), 'unixepoch') AS last
                  FROM posts p JOIN authors a ON a.id = p.author_id
                 GROUP BY a.id ORDER BY posts DESC, a.name LIMIT 20;
                """),
        SQLExample(
            question: "Who starts threads, and who only answers?",
            sql: """
                SELECT a.name, count(*) FILTER (WHERE t.root_post_id = p.id) AS started,
                       count(*) FILTER (WHERE t.root_post_id IS NOT p.id) AS answered
                  FROM posts p JOIN threads t ON t.id = p.thread_id JOIN authors a ON a.id = p.author_id
                 GROUP BY a.id ORDER BY started DESC, answered DESC, a.name LIMIT 20;
                """),
        SQLExample(
            question: "Whose answers are valued most (five or more)?",
            sql: """
                SELECT a.name, count(*) AS answers, round(avg(p.score), 1) AS average
                  FROM posts p JOIN replies r ON r.post_id = p.id JOIN authors a ON a.id = p.author_id
                 WHERE p.score IS NOT NULL GROUP BY a.id HAVING count(*) >= 5
                 ORDER BY average DESC, a.name LIMIT 20;
                """),
        SQLExample(
            question: "Which replies are valued more than what they answer?",
            sql: """
                SELECT p.id, p.score, q.score AS score_of_parent, substr(p.body, 1, 60) AS beginning
                  FROM replies r JOIN posts p ON p.id = r.post_id JOIN posts q ON q.id = r.parent_id
                 WHERE p.score > q.score ORDER BY p.score - q.score DESC, p.id LIMIT 20;
                """),
        SQLExample(
            question: "What was deleted or removed, and is still here to read?",
            sql: """
                SELECT id, author, state, created, substr(body, 1, 60) AS beginning FROM post_details
                 WHERE state IN ('deleted', 'removed') AND body IS NOT NULL ORDER BY id LIMIT 20;
                """),
        SQLExample(
            question: "Which posts were edited, and what did they say before?",
            sql: """
                SELECT p.id, a.name AS author, substr(v.body, 1, 40) AS before, substr(p.body, 1, 40) AS now
                  FROM post_revisions v JOIN posts p ON p.id = v.post_id LEFT JOIN authors a ON a.id = p.author_id
                 ORDER BY p.id LIMIT 20;
                """),
        SQLExample(
            question: "How is it known who answers whom, and how surely?",
            sql: """
                SELECT basis, count(*) AS replies, round(avg(confidence), 2) AS average, round(min(confidence), 2) AS least
                  FROM replies GROUP BY basis ORDER BY replies DESC;
                """),
        SQLExample(
            question: "Which sites do posts lead to?",
            sql: """
                WITH starts AS (
                  SELECT substr(body, instr(body, '://') + 3) || '/' AS rest FROM posts WHERE body LIKE '%://%')
                SELECT lower(substr(rest, 1, min(instr(rest, '/'), instr(rest || ' ', ' ')) - 1)) AS site, count(*) AS posts
                  FROM starts GROUP BY 1 ORDER BY posts DESC, site LIMIT 20;
                """),
        SQLExample(
            question: "Where is a word used most, forum by forum?",
            sql: """
                SELECT COALESCE(f.name, '(none)') AS forum, count(*) AS posts
                  FROM posts_fts x JOIN posts p ON p.id = x.rowid JOIN threads t ON t.id = p.thread_id
                  LEFT JOIN forums f ON f.id = t.forum_id
                 WHERE posts_fts MATCH 'water OR rain' GROUP BY 1 ORDER BY posts DESC, forum;
                """),
    ]
}
