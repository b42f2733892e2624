// From the names that copies use (sources, forums, authors) to row ids, made where they are new.

internal import GRDB
internal import ThreadbankCore

/// Names of an account that an input tells apart from any post.
struct NamedAuthor {
    var source: SourceReference
    var author: AuthorReference
    var date: Int64?
}

/// Row ids of sources, forums and authors for one run. Caches are bounded; the database is asked again after.
///
/// A class, as only the thread that writes touches it: as a value it was copied once a batch, all names of a large archive.
final class NameResolver: @unchecked Sendable {
    private static let mostAuthors = 50_000

    private struct Key: Hashable {
        var source: Int64
        var key: String
    }

    private struct Named: Equatable {
        var id: Int64
        var namedAt: Int64?
        var name: String
        var displayName: String?
        var url: String?
        /// Whether the batch has learned something that is not written yet.
        var isChanged = false

        /// Later date (unknown first), then the greater names, so that two posts of one second give the same answer in any order.
        func isNewer(than other: Named) -> Bool {
            (namedAt ?? .min, name, displayName ?? "") > (other.namedAt ?? .min, other.name, other.displayName ?? "")
        }

        /// A name that only repeats the key (a bare mail address) never replaces one that says more, whatever the dates.
        func replaces(_ other: Named, key: String) -> Bool {
            (name == key) == (other.name == key) ? isNewer(than: other) : other.name == key
        }

        /// Takes what one more naming tells. Returns whether that is the first news since it was written.
        mutating func learn(_ reference: AuthorReference, _ date: Int64?) -> Bool {
            let given = Named(
                id: id, namedAt: date, name: reference.name, displayName: reference.displayName, url: reference.url,
                isChanged: isChanged)
            var learned = self
            if reference.saysName, given.replaces(self, key: reference.key) {
                learned = given
                learned.displayName = given.displayName ?? displayName
                learned.url = given.url ?? url
            } else {
                learned.displayName = displayName ?? given.displayName
                learned.url = url ?? given.url
            }
            if learned == self { return false }
            learned.isChanged = true
            defer { self = learned }
            return !isChanged
        }
    }

    private var sources: [String: (id: Int64, reference: SourceReference)] = [:]
    private var forums: [Key: Named] = [:]
    private var authors: [Key: Named] = [:]
    private var renamed: [Key] = []
    /// Neighbours are mostly of one source.
    private var lastSource: (id: Int64, reference: SourceReference)?
    /// Authors made since the counter was last taken.
    var newAuthors = 0

    func source(_ reference: SourceReference, _ db: Database) throws -> Int64 {
        if let lastSource, lastSource.reference == reference { return lastSource.id }
        let cacheKey = reference.kind + "\u{0}" + reference.name
        if let known = sources[cacheKey], known.reference == reference {
            lastSource = known
            return known.id
        }
        try db.cachedStatement(sql: SQL.source)
            .execute(arguments: [reference.kind, reference.name, reference.url, reference.urlTemplate])
        let id = try Int64.fetchOne(db.cachedStatement(sql: SQL.sourceID), arguments: [reference.kind, reference.name]) ?? 0
        sources[cacheKey] = (id, reference)
        lastSource = (id, reference)
        return id
    }

    func forum(_ reference: ForumReference, source: Int64, _ db: Database) throws -> Int64 {
        let key = Key(source: source, key: reference.key)
        if let known = forums[key], known.name == reference.name, known.url == reference.url || reference.url == nil {
            return known.id
        }
        // Of several names the smallest stays, and one that only repeats the key gives way: no order of inputs matters.
        try db.cachedStatement(sql: SQL.forum).execute(arguments: [source, reference.key, reference.name, reference.url])
        let id = try Int64.fetchOne(db.cachedStatement(sql: SQL.forumID), arguments: [source, reference.key]) ?? 0
        if forums.count > 100_000 { forums = [:] }
        forums[key] = Named(id: id, name: reference.name, url: reference.url)
        return id
    }

    /// - parameter date: of the post that gives the names; the newest names stay, whatever comes first.
    func author(_ reference: AuthorReference, source: Int64, date: Int64?, _ db: Database) throws -> Int64 {
        let key = Key(source: source, key: reference.key)
        if let place = authors.index(forKey: key) {
            if authors.values[place].learn(reference, date) { renamed.append(key) }
            return authors.values[place].id
        }
        guard var author = try storedAuthor(key, db) else {
            let statement = try BoundStatement(db, SQL.newAuthor)
            let namedAt = reference.saysName ? date : nil
            statement.bind(1, source)
            statement.bind(2, namedAt)
            for (place, text) in [reference.key, reference.name, reference.displayName, reference.url].enumerated() {
                statement.bind(Int32(place) + 3, text)
            }
            try statement.run()
            newAuthors += 1
            let id = db.lastInsertedRowID
            authors[key] = Named(
                id: id, namedAt: namedAt, name: reference.name, displayName: reference.displayName, url: reference.url)
            return id
        }
        if author.learn(reference, date) { renamed.append(key) }
        authors[key] = author
        return author.id
    }

    /// Gives names to an account whose posts are known; one without posts stays unknown.
    func rename(_ named: NamedAuthor, _ db: Database) throws {
        let source = try source(named.source, db)
        guard try storedAuthor(Key(source: source, key: named.author.key), db) != nil else { return }
        _ = try author(named.author, source: source, date: named.date, db)
    }

    /// For when rows of authors are gone.
    func forgetAuthors() { authors = [:] }

    /// Writes what the batch learned of names. Once a batch: a busy author's date moves with every post.
    func save(_ db: Database) throws {
        for key in renamed {
            guard let author = authors[key] else { continue }
            let statement = try BoundStatement(db, SQL.rename)
            statement.bind(1, author.namedAt)
            statement.bind(2, author.name)
            statement.bind(3, author.displayName)
            statement.bind(4, author.url)
            statement.bind(5, author.id)
            try statement.run()
            authors[key]?.isChanged = false
        }
        renamed = []
        if authors.count > Self.mostAuthors { authors = [:] }
    }

    private func storedAuthor(_ key: Key, _ db: Database) throws -> Named? {
        let statement = try BoundStatement(db, SQL.author)
        statement.bind(1, key.source)
        statement.bind(2, key.key)
        return try statement.first {
            Named(id: $0.number(0) ?? 0, namedAt: $0.number(1), name: $0.text(2) ?? "", displayName: $0.text(3), url: $0.text(4))
        }
    }
}

extension AuthorReference {
    /// Whether it tells more than the account's key. One that does not leaves the date of the names alone, or the rows of all busy authors
    /// would be written anew with every batch.
    fileprivate var saysName: Bool { !isNameless && (name != key || displayName != nil) }
}

private enum SQL {
    static let source = """
        INSERT INTO sources (kind, name, url, url_template) VALUES (?, ?, ?, ?)
        ON CONFLICT (kind, name) DO UPDATE
        SET url = COALESCE(excluded.url, url), url_template = COALESCE(excluded.url_template, url_template)
        WHERE url IS NOT COALESCE(excluded.url, url) OR url_template IS NOT COALESCE(excluded.url_template, url_template)
        """
    static let sourceID = "SELECT id FROM sources WHERE kind = ? AND name = ?"
    static let forum = """
        INSERT INTO forums (source_id, source_key, name, url) VALUES (?, ?, ?, ?)
        ON CONFLICT (source_id, source_key) DO UPDATE
        SET name = CASE WHEN excluded.name = source_key THEN name WHEN name = source_key THEN excluded.name
                        ELSE min(name, excluded.name) END,
            url = COALESCE(min(url, excluded.url), url, excluded.url)
        WHERE name <> excluded.name OR url IS NOT excluded.url
        """
    static let forumID = "SELECT id FROM forums WHERE source_id = ? AND source_key = ?"
    static let author = "SELECT id, named_at, name, display_name, url FROM authors WHERE source_id = ? AND source_key = ?"
    static let newAuthor = """
        INSERT INTO authors (source_id, named_at, source_key, name, display_name, url) VALUES (?, ?, ?, ?, ?, ?)
        """
    static let rename = "UPDATE authors SET named_at = ?, name = ?, display_name = ?, url = ? WHERE id = ?"
}
