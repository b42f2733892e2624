// The search: ids by rank or date first, names and snippets for the few that are shown.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Finds posts.
    ///
    /// ```swift
    /// let results = try reader.search(SearchRequest("self-reliance after:2023", limit: 5))
    /// for hit in results.hits { print(hit.id, hit.snippet.map(\.text).joined()) }
    /// ```
    ///
    /// Deleted and removed posts are found; ghosts only by `is:missing`. Time grows with the matches of the texts: about two
    /// seconds a million where they are ranked.
    ///
    /// - throws: ``ThreadbankError`` with code `query` where a raw FTS5 expression is wrong, `archive` where reading fails.
    public func search(_ request: SearchRequest) throws(ThreadbankError) -> SearchResults {
        try read { db in
            do {
                return try Self.search(request, db)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && request.query.isRaw {
                throw ThreadbankError(.query, "\(error.message ?? "no FTS5 expression"); leave out --raw to search for the words")
            }
        }
    }

    /// Finds posts by a query as people type it, the best first.
    ///
    /// - throws: as ``search(_:)``; also with code `query` where a field or date makes no sense.
    public func search(_ text: String, limit: Int = 20) throws(ThreadbankError) -> SearchResults {
        try search(SearchRequest(text, limit: limit))
    }

    static func search(_ request: SearchRequest, _ db: Database) throws -> SearchResults {
        let search = try compiled(request.query, db)
        var results = SearchResults(query: request.text, total: 0)
        if request.withFacets {
            let facets = try SearchFacetCounts.facets(of: search, db)
            results.facets = facets
            results.total = facets.state.reduce(0) { $0 + $1.count }
        } else {
            results.total = try search.count().fetchCount(db)
        }
        if results.total == 0, let better = try Vocabulary(db).suggestion(for: request.query) {
            if try compiled(better, db).count(limit: 1).fetchCount(db) > 0 { results.suggestion = better.description }
        }
        guard !request.countOnly, results.total > request.offset, request.limit > 0 else { return results }

        let page = try ranked(request, search, db)
        let ids = JSON.array(page.map { .integer($0.id) }).text
        let ranks = Dictionary(page.map { ($0.id, $0.rank) }) { first, _ in first }
        let snippets = try snippets(of: page.map(\.id), search, db)
        results.hits = try SearchSQL.details(of: ids).fetchRows(db).map { row in
            let id: Int64 = row["id"]
            return SearchHit(row, rank: ranks[id] ?? 0, snippet: snippets[id] ?? [])
        }
        return results
    }

    /// The query as SQL, with the names in it looked up.
    static func compiled(_ query: SearchQuery, _ db: Database) throws -> SearchSQL {
        let names = try SearchNames(query, db)
        return SearchSQL(query, names: names, filter: try filter(for: query, names, db))
    }

    /// The hits of a page in order, with their ranks.
    private static func ranked(_ request: SearchRequest, _ search: SearchSQL, _ db: Database) throws -> [SearchRanking.Hit] {
        func page(limit: Int, offset: Int) throws -> [SearchRanking.Hit] {
            try search.page(request.sort, limit: limit, offset: offset).fetchRows(db).map { row in
                SearchRanking.Hit(id: row[0], rank: -(row[1] as Double? ?? 0))
            }
        }
        guard !search.rankings.isEmpty else { return try page(limit: request.limit, offset: request.offset) }
        guard request.sort == .relevance else {
            let hits = try page(limit: request.limit, offset: request.offset)
            let weights = try search.weights(of: JSON.array(hits.map { .integer($0.id) }).text)?.fetchRows(db) ?? []
            let ranks = Dictionary(weights.map { ($0[0] as Int64, -($0[1] as Double)) }) { first, _ in first }
            return hits.map { SearchRanking.Hit(id: $0.id, rank: ranks[$0.id] ?? 0) }
        }
        let end = request.offset > Int.max - request.limit ? Int.max : request.offset + request.limit
        var hits: [SearchRanking.Hit] = []
        if request.offset < SearchRanking.window {
            let first = try page(limit: SearchRanking.window, offset: 0)
            let isStemmed = try Archive.Stemming.stored(db) == .english
            let ranked = request.query.isRaw ? first : try SearchRanking.ranked(first, request.query, isStemmed: isStemmed, db)
            hits = Array(ranked.prefix(end).dropFirst(request.offset))
        }
        let start = max(request.offset, SearchRanking.window)
        if end > start { hits += try page(limit: end - start, offset: start) }
        return hits
    }

    private static func snippets(of ids: [Int64], _ search: SearchSQL, _ db: Database) throws -> [Int64: [SearchHit.Piece]] {
        let marks = SnippetMarks()
        var snippets: [Int64: [SearchHit.Piece]] = [:]
        if let statement = search.snippets(of: JSON.array(ids.map { .integer($0) }).text, marks: (marks.start, marks.end)) {
            for row in try statement.fetchRows(db) {
                let snippet: String? = try row[1] as String? ?? longSnippet(of: row[0], search, marks, db)
                snippets[row[0]] = marks.pieces(snippet)
            }
        }
        guard search.rankings.contains(where: { $0.index == .characters }) else { return snippets }
        let finder = CharacterSnippets(search.query)
        for id in ids where snippets[id]?.contains(where: \.isHit) != true || snippets[id]?.joinedCount ?? 0 > 300 {
            guard let body = try String.fetchOne(db, sql: SQL.body, arguments: [id]) else { continue }
            let pieces = finder.pieces(of: body)
            if !pieces.isEmpty { snippets[id] = pieces }
        }
        return snippets
    }

    private static func longSnippet(of post: Int64, _ search: SearchSQL, _ marks: SnippetMarks, _ db: Database) throws -> String?
    {
        guard let match = search.marking, let body = try String.fetchOne(db, sql: SQL.body, arguments: [post]) else { return nil }
        return try LongPostSnippets(tokenizer: Archive.Stemming.stored(db).tokenizer).snippet(
            of: body, match: match, marks: marks)
    }

    /// Lists the posts that fit the fields first only where they are fewer than the matches of the text; counting both costs little.
    private static func filter(for query: SearchQuery, _ names: SearchNames, _ db: Database) throws -> SearchSQL.Filter {
        guard case .text(let index, _, let condition) = SearchSQL(query, names: names).shape, !condition.isEmpty,
            case .and(let queries) = query
        else { return .lookup }
        let few = 5000
        guard let match = SearchMatch(index: index).split(queries).match else { return .lookup }
        let matches = try Int.fetchOne(db, sql: SQL.matches(index), arguments: [match, 20 * few]) ?? 0
        guard matches > few, let fields = SearchSQL.filterCount(query, names, limit: matches) else { return .lookup }
        return try fields.fetchCount(db) < matches ? .set : .lookup
    }
}

extension [SearchHit.Piece] {
    /// A word of FTS5 can be a whole page of Chinese.
    fileprivate var joinedCount: Int { reduce(0) { $0 + $1.text.unicodeScalars.count } }
}

extension SearchQuery {
    fileprivate var isRaw: Bool { nodes.contains { if case .raw = $0 { true } else { false } } }
}

extension SearchHit {
    fileprivate init(_ row: Row, rank: Double, snippet: [Piece]) {
        self.init(
            id: Post.ID(rawValue: row["id"]), threadID: DiscussionThread.ID(rawValue: row["thread_id"]),
            state: PostState(rawValue: row["state"]) ?? .present, rank: rank,
            snippet: snippet.isEmpty ? SnippetMarks.beginning(of: row["beginning"]) : snippet)
        threadTitle = row["thread_title"]
        forum = row["forum"]
        author = row["author"]
        createdAt = row["created_at"]
        score = row["score"]
        url = row["url"]
    }
}

extension SearchStatement {
    fileprivate func fetchCount(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0 }
    fileprivate func fetchRows(_ db: Database) throws -> [Row] { try Row.fetchAll(db, sql: sql, arguments: arguments) }

    /// The values in GRDB's form.
    var arguments: StatementArguments {
        StatementArguments(
            values.map { value -> any DatabaseValueConvertible in
                switch value {
                case .text(let text): text
                case .integer(let number): number
                }
            })
    }
}

private enum SQL {
    static let body = "SELECT body FROM posts WHERE id = ?"

    static func matches(_ index: TextIndex) -> String {
        "SELECT count(*) FROM (SELECT 1 FROM \(index.rawValue) WHERE \(index.rawValue) MATCH ?1 LIMIT ?2)"
    }
}
