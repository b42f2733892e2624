// Searches that were given a name.

internal import Foundation
internal import GRDB
public import ThreadbankCore

/// A search that can be asked again by its name.
public struct SavedSearch: Sendable, Equatable {
    public var name: String
    /// As it was typed.
    public var query: String
    public var sort: SearchRequest.Sort

    public init(name: String, query: String, sort: SearchRequest.Sort = .relevance) {
        self.name = name
        self.query = query
        self.sort = sort
    }

    /// Whether a name can stand behind `@`: letters, digits, `-`, `_` and `.`.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.count <= 100
            && name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
            }
    }
}

extension Archive {
    /// Keeps a search; one of the same name is replaced.
    ///
    /// - returns: the search that had the name before; nil where none had.
    /// - throws: ``ThreadbankError`` with code `query` where it makes no sense, `invalid` where the name is none.
    @discardableResult
    public func save(_ search: SavedSearch) throws(ThreadbankError) -> SavedSearch? {
        guard SavedSearch.isName(search.name) else {
            throw ThreadbankError(.invalid, "\(search.name): a search's name is letters, digits, `-`, `_` and `.`")
        }
        _ = try SearchQuery.parse(search.query)
        let now = Int64(Date().timeIntervalSince1970)
        return try write { db in
            let before = try Row.fetchOne(db, sql: SQL.one, arguments: [search.name]).map(SavedSearch.init)
            try db.execute(sql: SQL.save, arguments: [search.name, search.query, search.sort.rawValue, now])
            return before
        }
    }

    /// Removes a saved search.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where there is none of that name.
    public func removeSearch(_ name: String) throws(ThreadbankError) {
        try write { db in
            try db.execute(sql: SQL.remove, arguments: [name])
            if db.changesCount == 0 {
                throw ThreadbankError(.notFound, "@\(name): no saved search of that name; --saved lists them")
            }
        }
    }
}

extension ArchiveReader {
    /// The saved searches, by name.
    public func savedSearches() throws(ThreadbankError) -> [SavedSearch] {
        try read { db in
            try Row.fetchAll(db, sql: SQL.all).map(SavedSearch.init)
        }
    }

    /// The query that a text stands for: `@NAME` at its beginning is the saved search, what follows narrows it. nil where no saved
    /// search of that name is, so that `@name` is a word.
    public func expanding(_ text: String) throws(ThreadbankError) -> (text: String, search: SavedSearch)? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix("@") else { return nil }
        let name = String(text.dropFirst().prefix { !$0.isWhitespace })
        guard let search = try savedSearches().first(where: { $0.name == name }) else { return nil }
        let rest = text.dropFirst(1 + name.count).trimmingCharacters(in: .whitespacesAndNewlines)
        if rest.isEmpty { return (search.query, search) }
        // A quotation or parenthesis that was left open would swallow what follows, so it is taken as it was understood.
        return ("(\(try SearchQuery.parse(search.query))) \(rest)", search)
    }
}

extension SavedSearch {
    fileprivate init(_ row: Row) {
        self.init(name: row[0], query: row[1], sort: SearchRequest.Sort(rawValue: row[2]) ?? .relevance)
    }
}

private enum SQL {
    static let save = """
        INSERT INTO saved_searches (name, query, sort, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET query = excluded.query, sort = excluded.sort, created_at = excluded.created_at
        """
    static let remove = "DELETE FROM saved_searches WHERE name = ?"
    static let all = "SELECT name, query, sort FROM saved_searches ORDER BY name"
    static let one = "SELECT name, query, sort FROM saved_searches WHERE name = ?"
}
