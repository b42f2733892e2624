// From a query tree to the SQL that answers it: which posts match, how many, and in which order.

internal import ThreadbankCore

/// One statement and the values that it binds, in the order of `?1`, `?2`, …
struct SearchStatement: Sendable, Equatable {
    var sql: String
    var values: [SearchValue]
}

/// The set of posts that a query matches, in one of three shapes. The common one, texts and fields under an `and`, lets FTS5 drive
/// and looks each match's post up (or in a set made beforehand, ``Filter``). Sets that only text can name (`-(foo author:bob)`)
/// stand as tables before the statement, so that no nesting of a query nests the SQL.
struct SearchSQL: Sendable {
    enum Shape: Sendable, Equatable {
        /// Rows of `posts` under a condition: fields alone, or texts that are only excluded.
        case posts(String)
        /// Matches of an FTS5 expression (a bound value) under a condition on `posts_fts.rowid`.
        case text(match: String, condition: String)
        /// Ids of a SELECT: alternatives of texts and fields.
        case ids(String)
    }

    /// How the matches of a text are tested for the fields beside it.
    enum Filter: Sendable {
        /// Each match's post is read: best for few matches.
        case lookup
        /// The posts that fit the fields are listed first: best for few of them. `rowid IN (…)` without `+` would run FTS5 once an id.
        case set
    }

    let query: SearchQuery
    private let names: SearchNames
    private let filter: Filter
    private let findsGhosts: Bool
    private(set) var values = SearchValues()
    private var tables: [String] = []
    private(set) var shape: Shape = .posts("0")
    /// The FTS5 expression that ranks the hits; nil where the query wants no text.
    private(set) var ranking: String?
    /// The FTS5 expression that marks what was searched for.
    let marking: String?

    init(_ query: SearchQuery, names: SearchNames = SearchNames(), filter: Filter = .lookup) {
        self.query = query
        self.names = names
        self.filter = filter
        self.findsGhosts = query.fields.contains(.is(.missing))
        self.marking = SearchMatch.any(query.positiveTexts)
        self.shape = shape(of: query)
        switch shape {
        case .text: self.ranking = Self.match(of: query)
        case .posts(let condition) where marking != nil:
            self.shape = .ids("SELECT p.id FROM posts p WHERE \(condition)")
            self.ranking = marking
        default: self.ranking = marking
        }
    }

    /// The tables before the statement: `WITH q1(id) AS (…), …`.
    func with(_ more: [String] = []) -> String {
        let all = tables + more
        return all.isEmpty ? "" : "WITH " + all.joined(separator: ",\n") + "\n"
    }

    // MARK: Shapes

    /// The FTS5 expression that drives a query; nil where no text can.
    private static func match(of query: SearchQuery) -> String? {
        if case .and(let queries) = query { return SearchMatch.split(queries).match }
        return SearchMatch.expression(query)
    }

    private mutating func shape(of query: SearchQuery) -> Shape {
        if let match = Self.match(of: query) {
            let bound = values.bind(.text(match))
            guard case .and(let queries) = query else { return .text(match: bound, condition: "") }
            return .text(match: bound, condition: condition(onMatches: SearchMatch.split(queries).rest))
        }
        if case .or(let queries) = query, queries.contains(where: { Self.match(of: $0) != nil }) {
            return .ids(union(queries))
        }
        let condition = condition(query)
        return .posts(findsGhosts ? condition : "p.state <> 'missing' AND \(condition)")
    }

    private mutating func select(_ shape: Shape) -> String {
        switch shape {
        case .posts(let condition): "SELECT p.id FROM posts p WHERE \(condition)"
        case .text(let match, let condition): "SELECT rowid FROM posts_fts WHERE \(Self.matches(match))\(condition)"
        case .ids(let select): select
        }
    }

    /// Alternatives: one expression for all texts, one pass over the posts for all that no text drives, the others one by one.
    private mutating func union(_ queries: [SearchQuery]) -> String {
        let texts = queries.filter { SearchMatch.expression($0) != nil }
        let others = queries.filter { SearchMatch.expression($0) == nil && Self.match(of: $0) == nil }
        let mixed = queries.filter { SearchMatch.expression($0) == nil && Self.match(of: $0) != nil }
        let parts = [SearchQuery.joined(texts), SearchQuery.joined(others)].compactMap { $0 } + mixed
        return parts.map { part in
            let shape = shape(of: part)
            return select(shape)
        }.joined(separator: "\nUNION ")
    }

    // MARK: Conditions

    /// The fields beside a text, as a condition on `posts_fts.rowid`.
    private mutating func condition(onMatches rest: [SearchQuery]) -> String {
        guard !rest.isEmpty else { return "" }
        let fields = rest.map { condition($0) }.joined(separator: " AND ")
        switch filter {
        case .lookup: return " AND EXISTS (SELECT 1 FROM posts p WHERE p.id = posts_fts.rowid AND \(fields))"
        case .set: return " AND +posts_fts.rowid IN (SELECT p.id FROM posts p WHERE \(fields))"
        }
    }

    /// A condition on `p`; NULL counts as false.
    private mutating func condition(_ query: SearchQuery) -> String {
        switch query {
        case .everything: return "1"
        case .nothing: return "0"
        case .field(let field): return field.condition(names, &values)
        case .text, .near, .raw: return "p.id IN \(table(SearchMatch.expression(query) ?? ""))"
        case .not(let inner): return "(\(condition(inner))) IS NOT TRUE"
        case .or(let queries):
            let texts = queries.filter { SearchMatch.expression($0) != nil }
            let match = SearchMatch.any(texts).map { "p.id IN \(table($0))" }
            let rest = queries.filter { SearchMatch.expression($0) == nil }.map { condition($0) }
            return joined((match.map { [$0] } ?? []) + rest, "OR")
        case .and(let queries):
            let (match, rest) = SearchMatch.split(queries)
            return joined((match.map { ["p.id IN \(table($0))"] } ?? []) + rest.map { condition($0) }, "AND")
        }
    }

    /// Joins conditions as a balanced tree: SQLite bounds the depth of an expression, and a list counts as deep as it is long.
    private func joined(_ conditions: [String], _ word: String) -> String {
        if conditions.count == 1 { return conditions[0] }
        let middle = conditions.count / 2
        let halves = [Array(conditions[..<middle]), Array(conditions[middle...])]
        return "(" + halves.map { joined($0, word) }.joined(separator: " \(word) ") + ")"
    }

    /// The matches of an expression as a table of ids before the statement.
    private mutating func table(_ match: String) -> String {
        let name = "q\(tables.count + 1)"
        tables.append("\(name)(id) AS (SELECT rowid FROM posts_fts WHERE \(Self.matches(values.bind(.text(match)))))")
        return name
    }
}

extension SearchQuery {
    fileprivate static func joined(_ queries: [SearchQuery]) -> SearchQuery? { queries.count > 1 ? .or(queries) : queries.first }
}

extension SearchSQL {
    /// A bound FTS5 expression as a condition. Ghosts are not found by a word, and only one with a title could be.
    static func matches(_ match: String) -> String {
        "posts_fts MATCH \(match) AND posts_fts.rowid NOT IN (SELECT id FROM posts WHERE state = 'missing' AND title IS NOT NULL)"
    }
}
