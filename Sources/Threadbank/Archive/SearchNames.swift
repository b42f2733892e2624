// Names in a query become row ids before the search: the tables are small, and SQLite needs no function of ours to fold them.

internal import GRDB
internal import ThreadbankCore

/// What the names in a query stand for in one archive: lists of ids (of tags: texts) as JSON arrays, which SQL reads with `json_each`.
struct SearchNames: Sendable {
    private(set) var authors: [String: String] = [:]
    private(set) var forums: [String: String] = [:]
    /// The posts that stand in a forum beside that of their thread, by the forum's name.
    private(set) var crossPosts: [String: String] = [:]
    private(set) var sources: [String: String] = [:]
    private(set) var tags: [String: String] = [:]
    /// Where a thread went that was merged into another.
    private(set) var threads: [DiscussionThread.ID: Int64] = [:]
    /// The posts of each `own:` and `quoted:` text, by its description (``SearchParts``).
    var parts: [String: String] = [:]
    /// Whether any post holds characters of spaceless scripts.
    private(set) var hasCharacters = false
    /// The queries of whose texts some word touches such a character in some post, so that only the characters' index finds it there.
    private var gluedQueries: Set<String> = []

    init() {}

    /// Whether posts with such characters have to be asked by their own index, though the query names none.
    func wantsCharacters(_ query: SearchQuery) -> Bool { gluedQueries.contains(query.description) }

    /// Whether a field names an author, forum, source or tag, and nothing in the archive has that name.
    func isUnknown(_ field: SearchField) -> Bool {
        switch field {
        case .author(let text): authors[text] == "[]"
        case .forum(let text): forums[text] == "[]"
        case .source(let text): sources[text] == "[]"
        case .tag(let text): tags[text] == "[]"
        default: false
        }
    }

    init(_ query: SearchQuery, _ db: Database) throws {
        for field in query.fields {
            switch field {
            case .author(let text) where authors[text] == nil:
                // People write @name where they mean the name.
                authors[text] = try Self.ids(db, SQL.authors, text.hasPrefix("@") ? [text, String(text.dropFirst())] : [text])
            case .forum(let text) where forums[text] == nil:
                let ids = try Self.ids(db, SQL.forums, [text])
                forums[text] = ids
                crossPosts[text] =
                    JSON.array(try Int64.fetchAll(db, sql: SQL.crossPosts, arguments: [ids]).map { .integer($0) }).text
            case .source(let text) where sources[text] == nil: sources[text] = try Self.ids(db, SQL.sources, [text])
            case .tag(let text) where tags[text] == nil:
                let pattern = NamePattern(text)
                let known = try String.fetchCursor(db, sql: SQL.tags)
                var found: [JSON] = []
                while let tag = try known.next() { if pattern.fits(tag) { found.append(.string(tag)) } }
                tags[text] = JSON.array(found).text
            case .thread(let id): threads[id] = try Self.current(id, db)
            default: break
            }
        }
        hasCharacters = try Bool.fetchOne(db, sql: SQL.hasCharacters) == true
        if hasCharacters { for scope in query.scopes { try findGlue(scope, db) } }
        try SearchParts.find(query, &self, db)
    }

    private mutating func findGlue(_ query: SearchQuery, _ db: Database) throws {
        let texts = query.indexedTexts.filter { !$0.isSpaceless }
        guard !texts.isEmpty else { return }
        // Where words are counted, each character counts.
        let counts = query.ownNodes.contains { if case .near = $0 { true } else { false } }
        let words = texts.flatMap(\.words).map { "\"\($0)\" *" }
        let glue = "{glued} : (\(words.joined(separator: " OR ")))"
        if try counts || (!words.isEmpty && Bool.fetchOne(db, sql: SQL.isGlued, arguments: [glue]) == true) {
            gluedQueries.insert(query.description)
        }
    }

    /// Reads id and names row by row; a name that fits any pattern puts its id on the list.
    private static func ids(_ db: Database, _ sql: String, _ texts: [String]) throws -> String {
        let patterns = texts.map(NamePattern.init)
        let likes = (patterns + patterns).prefix(2).map(\.like)
        let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(likes))
        var found: [JSON] = []
        while let row = try rows.next() {
            let fits = (1..<row.count).contains { column in
                let name: String? = row[column]
                return name.map { name in patterns.contains { $0.fits(name) } } ?? false
            }
            if fits { found.append(.integer(row[0])) }
        }
        return JSON.array(found).text
    }

    /// Follows `merged_into`; a chain is short, and a ring of them (a fault) ends after a few steps.
    private static func current(_ id: DiscussionThread.ID, _ db: Database) throws -> Int64 {
        var id = id.rawValue
        for _ in 0..<100 {
            guard let next = try Int64.fetchOne(db, sql: SQL.merged, arguments: [id]) else { break }
            id = next
        }
        return id
    }
}

private enum SQL {
    static let authors =
        "SELECT id, name, display_name, source_key FROM authors"
        + " WHERE \(mayFit("name")) OR \(mayFit("source_key")) OR (display_name IS NOT NULL AND \(mayFit("display_name")))"
    static let forums = "SELECT id, name, source_key FROM forums WHERE \(mayFit("name")) OR \(mayFit("source_key"))"
    static let crossPosts = "SELECT post_id FROM post_forums WHERE forum_id IN (SELECT value FROM json_each(?))"
    /// By kind, by name and by both, as `info` names them.
    static let sources =
        "SELECT id, name, kind, kind || '/' || name FROM sources"
        + " WHERE \(mayFit("name")) OR \(mayFit("kind")) OR \(mayFit("(kind || '/' || name)"))"

    /// SQLite folds ASCII by itself; only names with other letters (more bytes than characters) need ours, so that few rows leave SQLite.
    private static func mayFit(_ column: String) -> String {
        "\(column) LIKE ?1 ESCAPE '\\' OR \(column) LIKE ?2 ESCAPE '\\' OR"
            + " length(CAST(\(column) AS BLOB)) <> length(\(column))"
    }

    /// The origin's tags and one's own.
    static let tags = "SELECT tag FROM tags UNION SELECT text FROM marks WHERE kind = 'tag'"
    static let hasCharacters = "SELECT EXISTS (SELECT 1 FROM posts_cjk_docsize)"
    static let isGlued = "SELECT EXISTS (SELECT 1 FROM posts_cjk WHERE posts_cjk MATCH ?)"
    static let merged = "SELECT merged_into FROM threads WHERE id = ? AND merged_into IS NOT NULL"
}
