// A row of `threads` on its way through a batch.

internal import GRDB
internal import ThreadbankCore

/// A thread that a batch makes or changes.
final class ThreadRecord {
    struct Values: Equatable {
        var sourceID: Int64
        var forumID: Int64?
        var rootID: Int64?
        var mergedInto: Int64?
        var isContainer: Bool
        var key: String?
        var title: String?
        var url: String?
    }

    let id: Int64
    let stored: Values?
    var values: Values

    init(id: Int64, new values: Values) {
        self.id = id
        stored = nil
        self.values = values
    }

    private init(_ row: BoundStatement.Columns) {
        id = row.number(0) ?? 0
        values = Values(
            sourceID: row.number(1) ?? 0, forumID: row.number(2), rootID: row.number(3), mergedInto: row.number(4),
            isContainer: row.number(5) == 1, key: row.text(6), title: row.text(7), url: row.text(8))
        stored = values
    }

    static func load(_ db: Database, id: Int64) throws -> ThreadRecord? {
        let statement = try BoundStatement(db, SQL.load)
        statement.bind(1, id)
        return try statement.first(ThreadRecord.init)
    }

    static func load(_ db: Database, source: Int64, key: String) throws -> ThreadRecord? {
        let statement = try BoundStatement(db, SQL.loadByKey)
        statement.bind(1, source)
        statement.bind(2, key)
        return try statement.first(ThreadRecord.init)
    }

    /// Gives up a key that another thread of the batch may take.
    func freeKey(_ db: Database) throws {
        guard let stored, let key = stored.key, key != values.key else { return }
        try db.cachedStatement(sql: SQL.freeKey).execute(arguments: [id])
    }

    func save(_ db: Database) throws {
        if values == stored { return }
        let statement = try BoundStatement(db, stored == nil ? SQL.insert : SQL.update)
        statement.bind(1, id)
        statement.bind(2, values.sourceID)
        statement.bind(3, values.forumID)
        statement.bind(4, values.rootID)
        statement.bind(5, values.mergedInto)
        statement.bind(6, values.isContainer)
        statement.bind(7, values.key)
        statement.bind(8, values.title)
        statement.bind(9, values.url)
        try statement.run()
    }
}

/// The opening post of a container: the first of its posts that answer none in it.
enum ContainerRoot {
    /// Sets it to a post, for the container of a row id.
    static let set = "UPDATE threads SET root_post_id = ? WHERE id = ? AND merged_into IS NULL"
    /// Sets it anew for the container of that row id.
    static let refresh = """
        UPDATE threads SET root_post_id = (
          SELECT p.id FROM posts p LEFT JOIN replies r ON r.post_id = p.id LEFT JOIN posts q ON q.id = r.parent_id
           WHERE p.thread_id = threads.id AND q.thread_id IS NOT p.thread_id
           ORDER BY p.place IS NULL, p.place, p.created_at IS NULL, p.created_at, p.source_key,
             (SELECT min(alias) FROM post_aliases a WHERE a.post_id = p.id) LIMIT 1)
         WHERE id = ? AND merged_into IS NULL
        """
}

private enum SQL {
    static let columns = "id, source_id, forum_id, root_post_id, merged_into, is_container, source_key, title, url"
    static let load = "SELECT \(columns) FROM threads WHERE id = ?"
    static let loadByKey = "SELECT \(columns) FROM threads WHERE source_id = ? AND source_key = ?"
    static let freeKey = "UPDATE threads SET source_key = NULL WHERE id = ?"
    static let insert = "INSERT INTO threads (\(columns)) VALUES (?,?,?,?,?,?,?,?,?)"
    static let update = """
        UPDATE threads SET source_id = ?2, forum_id = ?3, root_post_id = ?4, merged_into = ?5, is_container = ?6, source_key = ?7, \
        title = ?8, url = ?9 WHERE id = ?1
        """
}
