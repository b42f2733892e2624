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
        var posts: [Post] = []
        var authors: Set<Int64> = []
        let rows = try Row.fetchCursor(db, sql: SQL.posts, arguments: [id])
        while let row = try rows.next() {
            posts.append(PostRows.post(row))
            if let author = row[18] as Int64? { authors.insert(author) }
        }
        thread.posts = posts.count { $0.state != .missing }
        thread.authors = authors.count
        thread.startedAt = thread.startedAt ?? posts.lazy.compactMap(\.createdAt).min()
        thread.latestAt = posts.lazy.compactMap(\.createdAt).max()
        return (thread, root, posts)
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

    /// The ids are gathered first, so that the rows are read in their own order and not in that of the index, which goes by date:
    /// every page once instead of once a post.
    static let posts = PostRows.select + " WHERE p.id IN (SELECT q.id FROM posts q WHERE q.thread_id = ?)"
}
