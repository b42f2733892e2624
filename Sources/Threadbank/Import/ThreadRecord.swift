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

    init(_ row: Row) {
        id = row[0]
        values = Values(
            sourceID: row[1], forumID: row[2], rootID: row[3], mergedInto: row[4], isContainer: row[5], key: row[6],
            title: row[7],
            url: row[8])
        stored = values
    }

    static func load(_ db: Database, id: Int64) throws -> ThreadRecord? {
        try Row.fetchOne(db.cachedStatement(sql: SQL.load), arguments: [id]).map(ThreadRecord.init)
    }

    static func load(_ db: Database, source: Int64, key: String) throws -> ThreadRecord? {
        try Row.fetchOne(db.cachedStatement(sql: SQL.loadByKey), arguments: [source, key]).map(ThreadRecord.init)
    }

    /// Gives up a key that another thread of the batch may take.
    func freeKey(_ db: Database) throws {
        guard let stored, let key = stored.key, key != values.key else { return }
        try db.cachedStatement(sql: SQL.freeKey).execute(arguments: [id])
    }

    func save(_ db: Database) throws {
        if values == stored { return }
        try db.cachedStatement(sql: stored == nil ? SQL.insert : SQL.update).execute(arguments: [
            id, values.sourceID, values.forumID, values.rootID, values.mergedInto, values.isContainer, values.key, values.title,
            values.url,
        ])
    }
}

/// The opening post of a container: the first of its posts that answer none in it.
enum ContainerRoot {
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
