// When people wrote, who most, and where.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Posts by month, the busiest authors and forums.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(posts).
    public func activity() throws(ThreadbankError) -> ArchiveActivity {
        try read { db in
            var activity = ArchiveActivity()
            activity.months = try Row.fetchAll(db, sql: SQL.months).map { ArchiveActivity.Month(month: $0[0], posts: $0[1]) }
            activity.authors = try Row.fetchAll(db, sql: SQL.authors).map { ArchiveActivity.Named(name: $0[0], posts: $0[1]) }
            activity.forums = try Row.fetchAll(db, sql: SQL.forums).map { ArchiveActivity.Named(name: $0[0], posts: $0[1]) }
            return activity
        }
    }
}

private enum SQL {
    /// The month's text is NULL for years that have none.
    static let months = """
        SELECT substr(created, 1, 7) AS month, count(*) FROM posts
         WHERE created_at IS NOT NULL AND state <> 'missing' AND created IS NOT NULL GROUP BY 1 ORDER BY 1
        """
    static let authors = """
        SELECT a.name, n.posts
          FROM (SELECT author_id, count(*) AS posts FROM posts WHERE author_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10) n
          JOIN authors a ON a.id = n.author_id ORDER BY n.posts DESC, a.name
        """
    static let forums = """
        SELECT f.name, count(*) AS posts FROM forums f JOIN threads t ON t.forum_id = f.id JOIN posts p ON p.thread_id = t.id
         WHERE p.state <> 'missing' GROUP BY f.id ORDER BY posts DESC, f.name LIMIT 10
        """
}
