// Erasing posts for good.

internal import GRDB
public import ThreadbankCore

/// What is to be erased.
public enum ForgetTarget: Sendable {
    case posts([Post.ID])
    /// All posts of an author.
    case author(Author.ID)
    /// All posts of the threads of a forum, by the forum's row id.
    case forum(Int64)
    /// All posts whose current copy an import brought, by its row id.
    case importRun(Int64)
}

/// What an erasure did, or would do.
public struct ForgetReport: Sendable, Equatable {
    public var posts = 0
    /// Of these, how many leave an empty ghost, because posts that stay answer them.
    public var ghosts = 0
    public var threads = 0
    public var authors = 0
}

extension Archive {
    /// Erases posts, their revisions, names and index entries. Where posts that stay answer an erased one, an empty ghost holds their
    /// place; posts that nobody has seen go where only erased ones named them. A hash of each key is kept, so that later imports leave the
    /// erased out; the inputs of what was erased count as unfinished.
    ///
    /// - parameter dryRun: whether only to count.
    /// - throws: ``ThreadbankError`` with code `notFound` where nothing fits.
    public func forget(_ target: ForgetTarget, dryRun: Bool) throws(ThreadbankError) -> ForgetReport {
        let lock = try ImportLock(archive: path, waiting: false)
        defer { withExtendedLifetime(lock) {} }
        try restoreAuthorIndex()
        struct Undo: Error { var report: ForgetReport }
        var done: ForgetReport?
        do {
            done = try write { db in
                let report = try Self.erase(target, db)
                if dryRun { throw ThreadbankError(.invalid, "", underlying: Undo(report: report)) }
                return report
            }
        } catch {
            guard let undo = error.underlying as? Undo else { throw error }
            return undo.report
        }
        // Deleted words stay in old segments of the index until these are merged, and pages in the log until it is cut.
        try write { db in
            for index in TextIndex.allCases {
                try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue)) VALUES ('optimize')")
            }
        }
        _ = try rethrowing(path) { try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        return done ?? ForgetReport()
    }

    /// Lets later imports take erased posts again. Returns how many keys were freed.
    ///
    /// - parameter keys: kind, name and key of each; nil for all that was ever erased.
    public func allowAgain(_ keys: [(kind: String, name: String, key: String)]?) throws(ThreadbankError) -> Int {
        try write { db in
            var count = 0
            if let keys {
                for key in keys {
                    let digest = Erasure.digest(kind: key.kind, name: key.name, key: key.key)
                    try db.execute(sql: "DELETE FROM erased WHERE key_sha256 = ?", arguments: [digest])
                    count += db.changesCount
                }
            } else {
                try db.execute(sql: "DELETE FROM erased")
                count = db.changesCount
            }
            // Nothing tells which inputs hold them, so none is taken for known any more.
            if count > 0 { try db.execute(sql: "UPDATE imports SET finished_at = NULL") }
            return count
        }
    }

    private static func erase(_ target: ForgetTarget, _ db: Database) throws -> ForgetReport {
        let posts = try ids(of: target, db)
        if posts.isEmpty { throw ThreadbankError(.notFound, "nothing to forget: no post fits") }
        var report = ForgetReport()
        report.posts = posts.count
        let index = SearchIndex(db)
        let erased = Set(posts)
        var named: Set<Int64> = []
        for id in posts.sorted() {
            guard let row = try PostRow.load(db, id: id) else { continue }
            let source = try Row.fetchOne(db, sql: SQL.source, arguments: [row.sourceID])
            if let key = row.sourceKey, let source {
                let digest = Erasure.digest(kind: source[0], name: source[1], key: key)
                try db.execute(sql: "INSERT OR IGNORE INTO erased (key_sha256) VALUES (?)", arguments: [digest])
            }
            named.formUnion(try Int64.fetchAll(db, sql: SQL.named, arguments: ["id": id]))
            for sql in SQL.strip { try db.execute(sql: sql, arguments: ["id": id]) }
            try index.remove(id, row.text)
            let children = try Int64.fetchAll(db, sql: "SELECT post_id FROM replies WHERE parent_id = ?", arguments: [id])
            if children.contains(where: { !erased.contains($0) }) {
                report.ghosts += 1
                try db.execute(sql: SQL.blank, arguments: [id])
                try db.execute(sql: "INSERT INTO posts_fts (rowid, title, body) VALUES (?, NULL, NULL)", arguments: [id])
            } else {
                try db.execute(sql: "UPDATE posts SET body = NULL, title = NULL, state = 'missing' WHERE id = ?", arguments: [id])
            }
        }
        for id in posts.sorted(by: >) where try Bool.fetchOne(db, sql: SQL.isBlank, arguments: [id]) == false {
            for sql in SQL.unhang { try db.execute(sql: sql, arguments: ["id": id]) }
        }
        try dropGhosts(named.subtracting(erased), db, index)
        try sweep(db, &report)
        return report
    }

    /// Removes posts that nobody has seen and nobody names any more, and then those that only these named.
    private static func dropGhosts(_ named: Set<Int64>, _ db: Database, _ index: SearchIndex) throws {
        var waiting = named.sorted()
        while let id = waiting.popLast() {
            guard try Bool.fetchOne(db, sql: SQL.isIdle, arguments: ["id": id]) == true, let row = try PostRow.load(db, id: id)
            else { continue }
            waiting += try Int64.fetchAll(db, sql: SQL.named, arguments: ["id": id])
            try index.remove(id, row.text)
            for sql in SQL.strip + SQL.unhang { try db.execute(sql: sql, arguments: ["id": id]) }
        }
    }

    /// Removes what stands empty.
    private static func sweep(_ db: Database, _ report: inout ForgetReport) throws {
        // Threads whose root is gone get the first of the roots that are left.
        for thread in try Int64.fetchAll(db, sql: SQL.rootless) {
            try db.execute(sql: ContainerRoot.refresh, arguments: [thread])
        }
        report.threads = try Int.fetchOne(db, sql: SQL.emptyThreads) ?? 0
        for sql in SQL.sweepThreads { try db.execute(sql: sql) }
        try db.execute(sql: SQL.sweepAuthors)
        report.authors = db.changesCount
    }

    private static func ids(of target: ForgetTarget, _ db: Database) throws -> [Int64] {
        switch target {
        case .posts(let posts):
            return try posts.map { post in
                guard try Bool.fetchOne(db, sql: SQL.exists, arguments: [post.rawValue]) == true else { throw unknown(post) }
                return post.rawValue
            }
        case .author(let author): return try Int64.fetchAll(db, sql: SQL.ofAuthor, arguments: [author.rawValue])
        case .forum(let forum): return try Int64.fetchAll(db, sql: SQL.ofForum, arguments: [forum])
        case .importRun(let id): return try Int64.fetchAll(db, sql: SQL.ofImport, arguments: [id])
        }
    }
}

private enum SQL {
    static let source = "SELECT kind, name FROM sources WHERE id = ?"
    static let exists = "SELECT EXISTS (SELECT 1 FROM posts WHERE id = ?)"
    static let ofAuthor = "SELECT id FROM posts WHERE author_id = ?"
    static let ofForum = "SELECT p.id FROM posts p JOIN threads t ON t.id = p.thread_id WHERE t.forum_id = ?1"
    static let ofImport = "SELECT id FROM posts WHERE import_id = ? AND state <> 'missing'"
    /// What hangs on a post, but for its place in the tree. Inputs that may hold it are unfinished from now on.
    static let strip = [
        "UPDATE imports SET finished_at = NULL WHERE id IN (SELECT import_id FROM posts WHERE id = :id)",
        "UPDATE imports SET finished_at = NULL WHERE id IN (SELECT text_import_id FROM posts WHERE id = :id)",
        "DELETE FROM post_revisions WHERE post_id = :id",
        "DELETE FROM post_aliases WHERE post_id = :id",
        "DELETE FROM post_forums WHERE post_id = :id",
        "DELETE FROM attachments WHERE post_id = :id",
        "DELETE FROM inferences WHERE post_id = :id",
        "DELETE FROM marks WHERE post_id = :id",
        "DELETE FROM links WHERE from_post_id = :id OR to_post_id = :id",
        "UPDATE threads SET title = NULL, url = NULL, source_key = NULL WHERE root_post_id = :id AND NOT is_container",
        "UPDATE replies SET evidence = NULL WHERE post_id = :id OR parent_id = :id",
        "UPDATE reply_claims SET evidence = NULL WHERE child_id = :id OR parent_id = :id",
    ]
    static let blank = """
        UPDATE posts SET author_id = NULL, created_at = NULL, edited_at = NULL, fetched_at = NULL, text_fetched_at = NULL, \
        text_import_id = NULL, is_rendering = 0, score = NULL, reply_count = NULL, state = 'missing', markup = NULL, \
        source_key = NULL, url = NULL, title = NULL, body = NULL WHERE id = ?
        """
    static let isBlank =
        "SELECT source_key IS NULL AND EXISTS (SELECT 1 FROM replies WHERE parent_id = ?1) FROM posts WHERE id = ?1"
    /// The posts that a post speaks of.
    static let named = """
        SELECT parent_id FROM replies WHERE (post_id = :id OR witness_id = :id) AND parent_id IS NOT NULL
        UNION SELECT post_id FROM replies WHERE witness_id = :id
        UNION SELECT parent_id FROM reply_claims WHERE child_id = :id OR witness_id = :id
        UNION SELECT child_id FROM reply_claims WHERE witness_id = :id
        UNION SELECT to_post_id FROM links WHERE from_post_id = :id
        """
    /// Whether a post was never seen, nobody names it, and its owner wrote nothing on it.
    static let isIdle = """
        SELECT state = 'missing'
           AND NOT EXISTS (SELECT 1 FROM replies WHERE parent_id = :id)
           AND NOT EXISTS (SELECT 1 FROM replies WHERE post_id = :id AND basis = 'manual')
           AND NOT EXISTS (SELECT 1 FROM reply_claims WHERE parent_id = :id)
           AND NOT EXISTS (SELECT 1 FROM links WHERE to_post_id = :id OR from_post_id = :id)
           AND NOT EXISTS (SELECT 1 FROM marks WHERE post_id = :id)
          FROM posts WHERE id = :id
        """
    static let unhang = [
        "UPDATE threads SET root_post_id = NULL WHERE root_post_id = :id",
        "DELETE FROM reply_claims WHERE child_id = :id OR parent_id = :id OR witness_id = :id",
        "UPDATE replies SET witness_id = NULL WHERE witness_id = :id",
        "DELETE FROM replies WHERE post_id = :id OR parent_id = :id",
        "DELETE FROM posts WHERE id = :id",
    ]
    static let rootless = """
        SELECT id FROM threads t WHERE root_post_id IS NULL AND merged_into IS NULL
           AND EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = t.id)
        """
    static let emptyThreads = """
        SELECT count(*) FROM threads t WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = t.id)
        """
    static let sweepThreads = [
        "DELETE FROM tags WHERE thread_id NOT IN (SELECT thread_id FROM posts)",
        """
        DELETE FROM threads WHERE merged_into IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = threads.merged_into)
        """,
        """
        DELETE FROM threads WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = threads.id)
        """,
    ]
    static let sweepAuthors = "DELETE FROM authors WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE p.author_id = authors.id)"
}
