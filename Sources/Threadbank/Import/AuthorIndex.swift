// The index of posts by author, left out for the length of a long import.

internal import GRDB
internal import ThreadbankCore
internal import ThreadbankMigrations

/// Drops `posts_by_author` and makes it again.
///
/// Authors come in no order: of a million posts nearly every page of the index is written anew by each batch, which is two fifths of all
/// that a batch writes, and of ten millions a hundred times the posts themselves. Made at the end, it is sorted once.
///
/// An import that was killed leaves it out. That it was one is seen by ``SearchIndex/isPrepared(_:)``; the next import, `forget`,
/// `optimize` and `migrate` make it again. Without it nothing is lost, and an author's posts are found by reading all.
enum AuthorIndex {
    static let name = "posts_by_author"

    /// Posts of one run from which on it pays, if they are as many as stood there before.
    static let worthwhile = 100_000

    static func isMissing(_ db: Database) throws -> Bool { try Bool.fetchOne(db, sql: SQL.isMissing) ?? false }

    static func drop(_ db: Database) throws { try db.execute(sql: "DROP INDEX IF EXISTS posts_by_author") }

    /// Makes it again where it is missing, as the schema has it. To be called before authors are removed, too: of each of them SQLite asks
    /// whether a post is theirs.
    ///
    /// What is sorted is some 25 bytes a post; see `Database.withTemporaryFiles`.
    static func restore(_ db: Database) throws {
        guard try isMissing(db) else { return }
        let index = try SchemaCheck.wanted(version: Migration.all.count, .none).first { $0.name == name }
        if let index { try db.execute(sql: index.statement) }
    }
}

extension Archive {
    /// Makes the index of posts by author where it is missing. It is sorted in files, so that memory does not grow with the archive.
    func restoreAuthorIndex() throws(ThreadbankError) {
        try withoutTransaction { db in try db.withTemporaryFiles { try AuthorIndex.restore(db) } }
    }
}

private enum SQL {
    static let isMissing = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'posts_by_author')"
}
