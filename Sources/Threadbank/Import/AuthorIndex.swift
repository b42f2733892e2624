// The index of posts by author, left out for the length of a long import.

internal import GRDB

/// Drops `posts_by_author` and makes it again.
///
/// Authors come in no order: of a million posts nearly every page of the index is written anew by each batch, which is two fifths of all
/// that a batch writes, and of ten millions a hundred times the posts themselves. Made at the end, it is sorted once.
///
/// An import that was killed leaves it out. That it was one is seen by ``SearchIndex/isPrepared(_:)``; the next import, `optimize` and
/// `migrate` make it again. Without it nothing is lost, and an author's posts are found by reading all.
enum AuthorIndex {
    static let name = "posts_by_author"

    /// Posts of one run from which on it pays, if they are as many as stood there before.
    static let worthwhile = 100_000

    static func isMissing(_ db: Database) throws -> Bool { try Bool.fetchOne(db, sql: SQL.isMissing) ?? false }

    static func drop(_ db: Database) throws { try db.execute(sql: "DROP INDEX IF EXISTS posts_by_author") }

    /// Makes it again where it is missing. It is sorted in files, so that memory does not grow with the archive.
    ///
    /// - parameter db: outside of a transaction.
    static func restore(_ db: Database) throws {
        guard try isMissing(db) else { return }
        let store = try Int.fetchOne(db, sql: "PRAGMA temp_store") ?? 0
        try db.execute(sql: "PRAGMA temp_store = FILE")
        defer { try? db.execute(sql: "PRAGMA temp_store = \(store)") }
        try db.execute(sql: SQL.create)
    }
}

private enum SQL {
    static let isMissing = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'posts_by_author')"
    /// As in migration 0001.
    static let create = "CREATE INDEX posts_by_author ON posts (author_id, created_at) WHERE author_id IS NOT NULL"
}
