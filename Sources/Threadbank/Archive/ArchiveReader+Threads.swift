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

    /// Reads a thread post by post, for those who need each post once and not all of them at a time: in the order of row ids, without
    /// what posts carried and their ties, which the outline that comes back tells with the tree. Nil where there is no such thread.
    ///
    /// ```swift
    /// var lengths: [Int] = []
    /// let outline = try reader.thread(id) { lengths.append($0.body?.count ?? 0) }
    /// for node in outline?.tree.nodes ?? [] { print(node.depth, lengths[node.entry]) }
    /// ```
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: as ``thread(_:order:)``, but a thread of 100,000 posts takes half the time.
    public func thread(
        _ id: DiscussionThread.ID, order: SiblingOrder = .oldest, _ body: (Post) -> Void
    ) throws(ThreadbankError) -> ThreadOutline? {
        try read { db in
            var entries: [ReplyTree.Entry] = []
            let found = try Self.readThread(id, db) {
                entries.append(ReplyTree.Entry($0))
                body($0)
            }
            return found.map {
                ThreadOutline(
                    thread: $0.thread, tree: ReplyTree(counting: entries, order: order, first: $0.root), carried: $0.carried)
            }
        }
    }

    /// What makes a thread's contents, within a transaction.
    static func threadRows(of id: DiscussionThread.ID, _ db: Database) throws -> (
        thread: DiscussionThread, root: Post.ID?, posts: [Post]
    )? {
        var posts: [Post] = []
        guard let found = try readThread(id, db, { posts.append($0) }) else { return nil }
        if !found.carried.isEmpty {
            for index in posts.indices { found.carried.add(to: &posts[index]) }
        }
        return (found.thread, found.root, posts)
    }

    /// Gives the posts of a thread, and comes back with all else.
    private static func readThread(_ id: DiscussionThread.ID, _ db: Database, _ body: (Post) -> Void) throws -> (
        thread: DiscussionThread, root: Post.ID?, carried: CarriedByPosts
    )? {
        guard let id = try Int64.fetchOne(db, sql: SQL.surviving, arguments: [id.rawValue]),
            let (head, root) = try ThreadRows.fetchHead(db, id)
        else { return nil }
        var thread = head
        var rows = try ThreadPosts(db)
        var earliest: Int64?
        var count = 0
        try rows.read(id) { post in
            if post.state != .missing { count += 1 }
            if let date = post.createdAt {
                earliest = min(earliest ?? date, date)
                thread.latestAt = max(thread.latestAt ?? date, date)
            }
            body(post)
        }
        thread.posts = count
        thread.authors = rows.authorCount
        thread.startedAt = thread.startedAt ?? earliest
        thread.tags = try String.fetchAll(db, sql: SQL.tags, arguments: [id])
        thread.ownTags = try String.fetchAll(db, sql: SQL.ownTags(rows.span.isDense), arguments: rows.span.arguments(id))
        return (thread, root, try carried(by: rows.span, of: id, db))
    }

    /// What posts carried, and their ties. Few have any, so these are fetched by themselves.
    private static func carried(by ids: PostSpan, of thread: Int64, _ db: Database) throws -> CarriedByPosts {
        var carried = CarriedByPosts()
        guard ids.count > 0 else { return carried }
        // A range of ids finds the few rows without asking for each post.
        let isDense = ids.isDense
        let arguments = ids.arguments(thread)
        for row in try Row.fetchAll(db, sql: SQL.attachments(isDense), arguments: arguments) {
            carried.attachments[Post.ID(rawValue: row[0]), default: []].append(
                Attachment(name: row[1], type: row[2], size: row[3]))
        }
        for row in try Row.fetchAll(db, sql: SQL.links(isDense), arguments: arguments) {
            carried.links[Post.ID(rawValue: row[0]), default: []].append(
                Post.Tie(kind: row[2], post: Post.ID(rawValue: row[1])))
        }
        for row in try Row.fetchAll(db, sql: SQL.linkedFrom(isDense), arguments: arguments) {
            carried.linkedFrom[Post.ID(rawValue: row[1]), default: []].append(
                Post.Tie(kind: row[2], post: Post.ID(rawValue: row[0])))
        }
        return carried
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
    /// Rows of the posts of a thread, by its id, or, where those are `dense`, by their first and last.
    private static func rows(_ columns: String, of table: String, by post: String, _ dense: Bool) -> String {
        dense
            ? """
            SELECT \(columns) FROM \(table) x CROSS JOIN posts p ON p.id = x.\(post)
             WHERE x.\(post) BETWEEN ?2 AND ?3 AND +p.thread_id = ?1
            """
            : "SELECT \(columns) FROM posts p CROSS JOIN \(table) x ON x.\(post) = p.id WHERE p.thread_id = ?1"
    }

    static func ownTags(_ dense: Bool) -> String {
        rows("DISTINCT x.text", of: "marks", by: "post_id", dense) + " AND x.kind = 'tag' AND x.scope = 'thread' ORDER BY x.text"
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
