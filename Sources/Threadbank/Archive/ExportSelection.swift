// What an export takes: all, a thread, a forum, or what a search finds; and the statements that list it.

internal import GRDB
public import ThreadbankCore

/// Which posts are exported.
public enum ExportSelection: Sendable {
    case all
    case thread(DiscussionThread.ID)
    /// The threads of the forums of that name or key, cross-posts too.
    case forum(String)
    /// The posts that a search finds.
    case search(SearchQuery)
    /// The threads that hold what a search finds, whole.
    case threadsOfSearch(SearchQuery)
}

extension ArchiveReader {
    /// Calls `body` with every thread of a selection, in order of their row ids, in one consistent state. One thread at a time is in memory.
    ///
    /// - parameter body: is given the whole thread; which of its posts were chosen, nil for all; and its authors.
    /// - throws: what `body` throws, or ``ThreadbankError`` as ``search(_:)``.
    public func exportThreads(
        _ selection: ExportSelection, order: SiblingOrder = .oldest,
        _ body: (ThreadContents, Set<Post.ID>?, [AuthorReference]) throws -> Void
    ) throws -> Int {
        var stop: (any Error)?
        let count = try read { db in
            let chosen = try SelectionSQL(selection, db)
            let rows = try Row.fetchCursor(db, sql: chosen.threads, arguments: chosen.arguments)
            var count = 0
            var current: (thread: Int64, posts: Set<Post.ID>)?
            func give() throws -> Bool {
                guard let (thread, posts) = current,
                    let found = try Self.threadRows(of: DiscussionThread.ID(rawValue: thread), db), !found.posts.isEmpty
                else { return true }
                let contents = ThreadContents(thread: found.thread, posts: found.posts, order: order, first: found.root)
                count += 1
                do {
                    try body(contents, chosen.isOfPosts ? posts : nil, SelectionSQL.authors(of: thread, db))
                    return true
                } catch {
                    stop = error
                    return false
                }
            }
            while let row = try rows.next() {
                let thread: Int64 = row[0]
                if current?.thread != thread {
                    guard try give() else { return count }
                    current = (thread, [])
                }
                if let post = row[1] as Int64? { current?.posts.insert(Post.ID(rawValue: post)) }
            }
            _ = try give()
            return count
        }
        if let stop { throw stop }
        return count
    }
}

/// The statements of one selection.
struct SelectionSQL {
    let arguments: StatementArguments
    /// Whether single posts are chosen, not whole threads.
    let isOfPosts: Bool
    private let with: String
    private let condition: String

    init(_ selection: ExportSelection, _ db: Database) throws {
        switch selection {
        case .all: (with, condition, arguments, isOfPosts) = ("", "t.merged_into IS NULL", [], false)
        case .thread(let id): (with, condition, arguments, isOfPosts) = ("", "t.id = ?", [id.rawValue], false)
        case .forum(let name):
            guard try Int64.fetchOne(db, sql: SQL.forums, arguments: [name]) != nil else {
                throw ThreadbankError(.notFound, "no forum \"\(name)\" is in the archive; `threadbank stats` lists the largest")
            }
            (with, condition, arguments, isOfPosts) = ("", SQL.ofForum, [name, name], false)
        case .threadsOfSearch(let query):
            let found = try Self.search(query, db)
            let threads = "SELECT p.thread_id FROM posts p WHERE p.id IN (SELECT id FROM chosen)"
            (with, condition) = ("WITH chosen (id) AS MATERIALIZED (\(found.sql)) ", "t.id IN (\(threads))")
            (arguments, isOfPosts) = (found.arguments, false)
        case .search(let query):
            let found = try Self.search(query, db)
            (with, condition) = ("WITH chosen (id) AS MATERIALIZED (\(found.sql)) ", "")
            (arguments, isOfPosts) = (found.arguments, true)
        }
    }

    /// Rows of thread and post (NULL where whole threads are chosen), thread by thread.
    var threads: String {
        isOfPosts
            ? "\(with)SELECT q.thread_id, q.id FROM chosen c CROSS JOIN posts q ON q.id = c.id ORDER BY q.thread_id, q.id"
            : "\(with)SELECT t.id, NULL FROM threads t WHERE \(condition) ORDER BY t.id"
    }

    /// Rows of posts, thread by thread. Ids are sorted before the texts are read, so that texts need not be.
    func posts(_ columns: String) -> String {
        let ids =
            isOfPosts
            ? "SELECT q.id FROM chosen c CROSS JOIN posts q ON q.id = c.id ORDER BY q.thread_id, q.id LIMIT -1"
            : "SELECT q.id FROM threads t CROSS JOIN posts q ON q.thread_id = t.id WHERE \(condition) ORDER BY t.id, q.id LIMIT -1"
        return """
            \(with)SELECT \(columns) FROM (\(ids)) o CROSS JOIN posts p ON p.id = o.id
              JOIN threads t ON t.id = p.thread_id LEFT JOIN authors a ON a.id = p.author_id
            """
    }

    private static func search(_ query: SearchQuery, _ db: Database) throws -> SearchStatement {
        try ArchiveReader.compiled(query, db).allIDs
    }

    static func authors(of thread: Int64, _ db: Database) throws -> [AuthorReference] {
        try Row.fetchAll(db.cachedStatement(sql: SQL.authors), arguments: [thread]).map {
            AuthorReference(key: $0[0], name: $0[1], displayName: $0[2], url: $0[3])
        }
    }
}

private enum SQL {
    static let forums = "SELECT id FROM forums WHERE ? COLLATE NOCASE IN (name, source_key)"
    static let ofForum = """
        t.merged_into IS NULL AND (t.forum_id IN (\(forums))
          OR t.root_post_id IN (SELECT post_id FROM post_forums WHERE forum_id IN (\(forums))))
        """
    static let authors = """
        SELECT a.source_key, a.name, a.display_name, a.url FROM authors a
         WHERE a.id IN (SELECT author_id FROM posts WHERE thread_id = ?) ORDER BY a.id
        """
}
