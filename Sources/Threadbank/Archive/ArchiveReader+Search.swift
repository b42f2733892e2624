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
    /// Deleted and removed posts are found; ghosts only by `is:missing`. Time grows with the matches of the texts: about a tenth
    /// of a second a million where they are ranked.
    ///
    /// - throws: ``ThreadbankError`` with code `query` where a raw FTS5 expression is wrong, `archive` where reading fails.
    public func search(_ request: SearchRequest) throws(ThreadbankError) -> SearchResults {
        try searching(request) { db in try Self.search(request, db) }
    }

    /// How many posts a search finds, and the thread of each hit of its page, in order; without what it takes to show them.
    func threadsOfHits(_ request: SearchRequest) throws(ThreadbankError) -> (total: Int, threads: [Int64]) {
        try searching(request) { db in
            let search = try Self.compiled(request.query, db)
            let hits = try SearchHits(search, db, scored: !search.rankings.isEmpty)
            if hits.count <= request.offset { return (hits.count, []) }
            let thread = try DirectStatement(db, SQL.thread)
            let threads = try Self.page(request, search, hits, db).compactMap { hit -> Int64? in
                thread.reset()
                try thread.bind(.integer(hit.id), at: 1)
                return try thread.step() ? thread.integer(0) : nil
            }
            return (hits.count, threads)
        }
    }

    private func searching<T>(_ request: SearchRequest, _ body: (Database) throws -> T) throws(ThreadbankError) -> T {
        try read { db in
            do {
                return try body(db)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && request.query.isRaw {
                let reason = error.message ?? "no reason given"
                throw ThreadbankError(.query, "no expression of FTS5 (\(reason)); leave out --raw to search for the words")
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
        results.asksNothing = request.query == .nothing
        let isPage = !request.countOnly && request.limit > 0
        let hits = try SearchHits(search, db, scored: isPage && !search.rankings.isEmpty)
        results.total = hits.count
        if request.withFacets { results.facets = try SearchFacetCounts(hits: hits, db: db).facets() }
        if results.total == 0, let better = try Vocabulary(db).suggestion(for: request.query) {
            if try compiled(better, db).count(limit: 1).fetchCount(db) > 0 { results.suggestion = better.description }
        }
        guard isPage, results.total > request.offset else { return results }

        let page = try page(request, search, hits, db)
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
        let query = try query.withStemsOfPrefixes(db)
        let names = try SearchNames(query, db)
        let search = SearchSQL(query, names: names)
        return try filter(for: search, db) == .set ? SearchSQL(query, names: names, filter: .set) : search
    }

    /// The hits of a page in order, with their ranks.
    private static func page(_ request: SearchRequest, _ search: SearchSQL, _ hits: SearchHits, _ db: Database) throws
        -> [SearchHits.Hit]
    {
        let range = request.offset..<request.offset + min(request.limit, Int.max - request.offset)
        switch request.sort {
        case .relevance where !search.rankings.isEmpty:
            let isStemmed = try Archive.Stemming.stored(db) == .english
            return try SearchRanking.page(range, of: hits, request.query, isStemmed: isStemmed, db)
        case .newest, .relevance: return try hits.byDate(newestFirst: true, range)
        case .oldest: return try hits.byDate(newestFirst: false, range)
        case .score:
            let page = try search.page(.score, limit: request.limit, offset: request.offset).fetchRows(db)
            let ids = page.map { $0[0] as Int64 }
            let ranks = hits.weights(of: ids)
            return ids.map { SearchHits.Hit(id: $0, rank: ranks[$0] ?? 0) }
        }
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
    private static func filter(for search: SearchSQL, _ db: Database) throws -> SearchSQL.Filter {
        guard let passes = search.passes, passes.count == 1, passes[0].hasSQL, case .and(let queries) = search.query
        else { return .lookup }
        let few = 5000
        let index = passes[0].index
        guard let match = SearchMatch(index: index).split(queries).match else { return .lookup }
        let matches = try Int.fetchOne(db, sql: SQL.matches(index), arguments: [match, 20 * few]) ?? 0
        guard matches > few, let fields = SearchSQL.filterCount(search.query, search.names, limit: matches) else {
            return .lookup
        }
        return try fields.fetchCount(db) < matches ? .set : .lookup
    }
}

extension [SearchHit.Piece] {
    /// A word of FTS5 can be a whole page of Chinese.
    fileprivate var joinedCount: Int { reduce(0) { $0 + $1.text.unicodeScalars.count } }
}

extension SearchHit {
    fileprivate init(_ row: Row, rank: Double, snippet: [Piece]) {
        self.init(
            id: Post.ID(rawValue: row["id"]), threadID: DiscussionThread.ID(rawValue: row["thread_id"]),
            state: PostState(rawValue: row["state"]) ?? .present, rank: rank,
            snippet: snippet.isEmpty ? SnippetMarks.beginning(of: Self.preview(row)) : snippet)
        threadTitle = row["thread_title"]
        forum = row["forum"]
        author = row["author"]
        createdAt = row["created_at"]
        score = row["score"]
        url = row["url"]
    }

    private static func preview(_ row: Row) -> String? {
        (row["beginning"] as String?).map { QuotedLines.preview($0, (row["markup"] as String?).flatMap(Markup.init(rawValue:))) }
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
    static let thread = "SELECT thread_id FROM posts WHERE id = ?1"

    static func matches(_ index: TextIndex) -> String {
        "SELECT count(*) FROM (SELECT 1 FROM \(index.rawValue) WHERE \(index.rawValue) MATCH ?1 LIMIT ?2)"
    }
}
