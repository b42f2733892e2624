// Own tags and notes: made, taken away, listed.

internal import Foundation
internal import GRDB
public import ThreadbankCore

/// What a mark hangs on.
public enum MarkTarget: Sendable, Equatable {
    case post(Post.ID)
    case thread(DiscussionThread.ID)
}

/// A mark and the post that carries it.
public struct PlacedMark: Sendable, Equatable {
    public var mark: Mark
    public var post: Post.ID
    public var thread: DiscussionThread.ID
}

extension Archive {
    /// Hangs tags or a note on a post or thread. What is there already stays as it is.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where there is no such post or thread.
    /// - returns: how many are new.
    public func mark(_ target: MarkTarget, _ kind: Mark.Kind, _ texts: [String]) throws(ThreadbankError) -> Int {
        try write { db in
            let (post, scope) = try Self.carrier(of: target, db)
            let now = Int64(Date().timeIntervalSince1970)
            var count = 0
            for text in texts where !text.isEmpty {
                try db.execute(sql: SQL.insert, arguments: [post, scope.rawValue, kind.rawValue, now, text])
                count += db.changesCount
            }
            return count
        }
    }

    /// Takes marks away.
    ///
    /// - parameter texts: which; nil for all of that kind.
    /// - throws: ``ThreadbankError`` with code `notFound` where there is no such post or thread.
    /// - returns: how many are gone.
    public func unmark(_ target: MarkTarget, _ kind: Mark.Kind, _ texts: [String]?) throws(ThreadbankError) -> Int {
        try write { db in
            let list = texts.map { JSON.array($0.map { .string($0) }).text }
            switch target {
            case .post(let post): try db.execute(sql: SQL.ofPost, arguments: [post.rawValue, kind.rawValue, list])
            case .thread(let thread): try db.execute(sql: SQL.ofThread, arguments: [thread.rawValue, kind.rawValue, list])
            }
            return db.changesCount
        }
    }

    /// A thread's mark hangs on its opening post, else on any, so that it goes where the posts go.
    private static func carrier(of target: MarkTarget, _ db: Database) throws -> (Int64, Mark.Scope) {
        switch target {
        case .post(let post):
            guard try Bool.fetchOne(db, sql: SQL.exists, arguments: [post.rawValue]) == true else { throw unknown(post) }
            return (post.rawValue, .post)
        case .thread(let thread):
            guard let post = try Int64.fetchOne(db, sql: SQL.carrier, arguments: [thread.rawValue]) else {
                throw ThreadbankError(.notFound, "\(thread): no such thread in the archive")
            }
            return (post, .thread)
        }
    }
}

extension ArchiveReader {
    /// All marks, by text.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func marks(_ kind: Mark.Kind) throws(ThreadbankError) -> [PlacedMark] {
        try read { db in
            try Row.fetchAll(db, sql: SQL.all, arguments: [kind.rawValue]).compactMap { row in
                MarkRows.mark(row).map {
                    PlacedMark(mark: $0, post: Post.ID(rawValue: row[4]), thread: DiscussionThread.ID(rawValue: row[5]))
                }
            }
        }
    }
}

/// The columns that make a ``Mark``.
enum MarkRows {
    private static let columns = "m.kind, m.scope, m.text, m.made_at"
    /// Those that a post carries.
    static let ofPost = "SELECT \(columns) FROM marks m WHERE m.post_id = ? ORDER BY m.kind, m.scope, m.made_at, m.text"
    /// Those of a post and of its thread.
    static let atPost = """
        SELECT \(columns) FROM marks m WHERE m.post_id = ?1 AND m.scope = 'post'
        UNION ALL
        SELECT \(columns) FROM posts p JOIN posts q ON q.thread_id = p.thread_id JOIN marks m ON m.post_id = q.id
         WHERE p.id = ?1 AND m.scope = 'thread'
        """
    static let placed = "SELECT \(columns), p.id, p.thread_id FROM marks m JOIN posts p ON p.id = m.post_id"

    static func mark(_ row: Row) -> Mark? {
        guard let kind = Mark.Kind(rawValue: row[0]), let scope = Mark.Scope(rawValue: row[1]) else { return nil }
        return Mark(kind, row[2], on: scope, madeAt: row[3])
    }
}

private enum SQL {
    static let exists = "SELECT EXISTS (SELECT 1 FROM posts WHERE id = ?)"
    static let insert = "INSERT OR IGNORE INTO marks (post_id, scope, kind, made_at, text) VALUES (?, ?, ?, ?, ?)"
    static let carrier = """
        SELECT COALESCE(t.root_post_id, (SELECT min(p.id) FROM posts p WHERE p.thread_id = t.id))
          FROM threads t WHERE t.id = COALESCE((SELECT merged_into FROM threads WHERE id = ?1), ?1)
        """
    private static let chosen = "kind = ?2 AND (?3 IS NULL OR text IN (SELECT value FROM json_each(?3)))"
    static let ofPost = "DELETE FROM marks WHERE post_id = ?1 AND scope = 'post' AND \(chosen)"
    static let ofThread = """
        DELETE FROM marks WHERE post_id IN (SELECT id FROM posts WHERE thread_id = ?1) AND scope = 'thread' AND \(chosen)
        """
    static let all = "\(MarkRows.placed) WHERE m.kind = ? ORDER BY m.text, m.made_at, p.id"
}
