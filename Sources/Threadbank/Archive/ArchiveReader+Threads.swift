// Reading one thread: its posts in one query, its tree in memory.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// A thread with its posts in reading order, ghosts included; nil where there is none.
    ///
    /// The id of a thread that was merged into another answers with that one. A post that answers one in another thread keeps its
    /// `parentID` and is a root here.
    ///
    /// - parameter order: how siblings stand. The opening post stands first whatever the order.
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(n) and the sorting of siblings.
    public func thread(_ id: DiscussionThread.ID, order: SiblingOrder = .oldest) throws(ThreadbankError) -> ThreadContents? {
        let found = try read { db in try Self.threadRows(of: id, db) }
        return found.map { ThreadContents(thread: $0.thread, posts: $0.posts, order: order, first: $0.root) }
    }

    /// What makes a thread's contents, within a transaction.
    static func threadRows(of id: DiscussionThread.ID, _ db: Database) throws -> (
        thread: DiscussionThread, root: Post.ID?, posts: [Post]
    )? {
        guard let id = try Int64.fetchOne(db, sql: SQL.surviving, arguments: [id.rawValue]),
            let (head, root) = try ThreadRows.fetchHead(db, id)
        else { return nil }
        var thread = head
        var rows = try ThreadPosts(db)
        var posts = try rows.read(id)
        try addFacts(to: &posts, of: id, db)
        thread.tags = try String.fetchAll(db, sql: SQL.tags, arguments: [id])
        thread.ownTags = try String.fetchAll(db, sql: SQL.ownTags, arguments: [id])
        thread.posts = posts.count { $0.state != .missing }
        thread.authors = rows.authorCount
        thread.startedAt = thread.startedAt ?? posts.lazy.compactMap(\.createdAt).min()
        thread.latestAt = posts.lazy.compactMap(\.createdAt).max()
        return (thread, root, posts)
    }

    /// What posts carried, and their ties. Few have any, so these are fetched by themselves and put where they belong.
    private static func addFacts(to posts: inout [Post], of thread: Int64, _ db: Database) throws {
        var attachments: [Int64: [Attachment]] = [:]
        var (links, linkedFrom): ([Int64: [Post.Tie]], [Int64: [Post.Tie]]) = ([:], [:])
        // The posts of an import stand beside each other as a rule; then a range of ids finds the few rows without asking for each post.
        let ids = posts.lazy.map(\.id.rawValue)
        guard let first = ids.min(), let last = ids.max() else { return }
        let isDense = last - first < 4 * Int64(posts.count)
        let arguments: StatementArguments = isDense ? [first, last] : [thread]
        for row in try Row.fetchAll(db, sql: SQL.attachments(isDense), arguments: arguments) {
            attachments[row[0], default: []].append(Attachment(name: row[1], type: row[2], size: row[3]))
        }
        for row in try Row.fetchAll(db, sql: SQL.links(isDense), arguments: arguments) {
            links[row[0], default: []].append(Post.Tie(kind: row[2], post: Post.ID(rawValue: row[1])))
        }
        for row in try Row.fetchAll(db, sql: SQL.linkedFrom(isDense), arguments: arguments) {
            linkedFrom[row[1], default: []].append(Post.Tie(kind: row[2], post: Post.ID(rawValue: row[0])))
        }
        if attachments.isEmpty, links.isEmpty, linkedFrom.isEmpty { return }
        for index in posts.indices {
            let id = posts[index].id.rawValue
            posts[index].attachments = attachments[id] ?? []
            posts[index].links = links[id] ?? []
            posts[index].linkedFrom = linkedFrom[id] ?? []
        }
    }
}

private enum SQL {
    /// UNION drops what it has seen, so a ring of merged threads, which must not be, would end too.
    static let surviving = """
        WITH RECURSIVE line(id) AS (
          VALUES (?) UNION SELECT t.merged_into FROM line JOIN threads t ON t.id = line.id WHERE t.merged_into IS NOT NULL
        )
        SELECT t.id FROM line JOIN threads t ON t.id = line.id WHERE t.merged_into IS NULL
        """

    static let tags = "SELECT tag FROM tags WHERE thread_id = ? ORDER BY tag"
    static let ownTags = """
        SELECT DISTINCT m.text FROM posts p CROSS JOIN marks m ON m.post_id = p.id
         WHERE p.thread_id = ? AND m.kind = 'tag' AND m.scope = 'thread' ORDER BY m.text
        """

    /// Rows of the posts of a thread, or, where the ids are `dense`, of all posts from one id to another, which may hold a few more.
    private static func rows(_ columns: String, of table: String, by post: String, _ dense: Bool) -> String {
        dense
            ? "SELECT \(columns) FROM \(table) x WHERE x.\(post) BETWEEN ? AND ?"
            : "SELECT \(columns) FROM posts p CROSS JOIN \(table) x ON x.\(post) = p.id WHERE p.thread_id = ?"
    }

    static func attachments(_ dense: Bool) -> String {
        rows("x.post_id, x.name, x.type, x.size", of: "attachments", by: "post_id", dense) + " ORDER BY x.name, x.rowid"
    }

    static func links(_ dense: Bool) -> String {
        rows("x.from_post_id, x.to_post_id, x.kind", of: "links", by: "from_post_id", dense) + " ORDER BY x.kind, x.to_post_id"
    }

    static func linkedFrom(_ dense: Bool) -> String {
        rows("x.from_post_id, x.to_post_id, x.kind", of: "links", by: "to_post_id", dense) + " ORDER BY x.kind, x.from_post_id"
    }
}
