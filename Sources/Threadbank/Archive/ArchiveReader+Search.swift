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

    private static func search(_ request: SearchRequest, _ db: Database) throws -> SearchResults {
        let names = try SearchNames(request.query, db)
        let search = SearchSQL(request.query, names: names, filter: try filter(for: request.query, names, db))
        let total = try search.count().fetchCount(db)
        var results = SearchResults(query: request.text, total: total)
        guard !request.countOnly, total > request.offset, request.limit > 0 else { return results }

        let page = try search.page(request.sort, limit: request.limit, offset: request.offset).fetchRows(db)
        let ids = JSON.array(page.map { .integer($0[0]) }).text
        var weights: [Int64: Double] = [:]
        let isRanked = request.sort == .relevance
        for row in isRanked ? page : try search.weights(of: ids)?.fetchRows(db) ?? [] {
            weights[row[0]] = row[1]
        }
        let marks = SnippetMarks()
        var snippets: [Int64: [SearchHit.Piece]] = [:]
        if let statement = search.snippets(of: ids, marks: (marks.start, marks.end)) {
            for row in try statement.fetchRows(db) {
                let snippet: String? = try row[1] as String? ?? longSnippet(of: row[0], search, marks, db)
                snippets[row[0]] = marks.pieces(snippet)
            }
        }
        results.hits = try SearchSQL.details(of: ids).fetchRows(db).map { row in
            let id: Int64 = row["id"]
            return SearchHit(row, rank: -(weights[id] ?? 0), snippet: snippets[id] ?? [])
        }
        return results
    }

    private static func longSnippet(of post: Int64, _ search: SearchSQL, _ marks: SnippetMarks, _ db: Database) throws -> String?
    {
        guard let match = search.marking, let body = try String.fetchOne(db, sql: SQL.body, arguments: [post]) else { return nil }
        return try LongPostSnippets(tokenizer: Archive.Stemming.stored(db).tokenizer).snippet(
            of: body, match: match, marks: marks)
    }

    /// Lists the posts that fit the fields first only where they are fewer than the matches of the text; counting both costs little.
    private static func filter(for query: SearchQuery, _ names: SearchNames, _ db: Database) throws -> SearchSQL.Filter {
        guard case .and(let queries) = query, let match = SearchMatch.split(queries).match else { return .lookup }
        let few = 5000
        let matches = try SearchSQL(.raw(match)).count(limit: 20 * few).fetchCount(db)
        guard matches > few, let fields = SearchSQL.filterCount(query, names, limit: matches) else { return .lookup }
        return try fields.fetchCount(db) < matches ? .set : .lookup
    }
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
}
