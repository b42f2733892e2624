// Authors and forums by the names that people write.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// The one author of that number (`a7`), exact name, display name or key.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where there is none, `invalid` where several share the name.
    public func requireAuthor(_ text: String) throws(ThreadbankError) -> Author.ID {
        if text.hasPrefix("a"), let id = Author.ID(text: text) {
            let found = try read { try Int64.fetchOne($0, sql: SQL.author, arguments: [id.rawValue]) }
            if found != nil { return id }
        }
        let ids = try read { try Int64.fetchAll($0, sql: SQL.authors, arguments: [text]) }
        return Author.ID(
            rawValue: try only(ids, "author", text, "name one by its number: \(ids.map { "a\($0)" }.joined(separator: ", "))"))
    }

    /// The row id of the one forum of that exact name or key.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where there is none, `invalid` where several share the name.
    public func requireForum(_ text: String) throws(ThreadbankError) -> Int64 {
        let ids = try read { try Int64.fetchAll($0, sql: SQL.forums, arguments: [text]) }
        return try only(ids, "forum", text, "name one by its key (see the table forums)")
    }

    private func only(_ ids: [Int64], _ what: String, _ name: String, _ advice: String) throws(ThreadbankError) -> Int64 {
        guard let id = ids.first else { throw ThreadbankError(.notFound, "no \(what) has the name \(name)") }
        if ids.count > 1 { throw ThreadbankError(.invalid, "\(ids.count) \(what)s have the name \(name); \(advice)") }
        return id
    }
}

private enum SQL {
    static let author = "SELECT id FROM authors WHERE id = ?"
    static let authors = "SELECT id FROM authors WHERE name = ?1 OR display_name = ?1 OR source_key = ?1 ORDER BY id LIMIT 20"
    static let forums = "SELECT id FROM forums WHERE name = ?1 OR source_key = ?1 ORDER BY id LIMIT 20"
}
