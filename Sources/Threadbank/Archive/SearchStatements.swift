// The statements of one search: the count, a page of ids, their ranks, snippets and names.

internal import ThreadbankCore

extension SearchSQL {
    /// `count(*)` of all posts that match, at most `limit`.
    func count(limit: Int? = nil) -> SearchStatement {
        var values = values
        let limit = limit.map { " LIMIT " + values.bind(.integer(Int64($0))) } ?? ""
        let from =
            switch shape {
            case .posts(let condition): "posts p WHERE \(condition)\(limit)"
            case .text(let match, let condition): "posts_fts WHERE \(Self.matches(match))\(condition)\(limit)"
            case .ids(let select): "(\(select))\(limit)"
            }
        let sql = limit.isEmpty ? "SELECT count(*) FROM \(from)" : "SELECT count(*) FROM (SELECT 1 FROM \(from))"
        return SearchStatement(sql: with() + sql, values: values.all)
    }

    /// Rows of `id, weight` in the order of the hits; weight is what `bm25` gives (lower is better), NULL where it was not needed.
    func page(_ sort: SearchRequest.Sort, limit: Int, offset: Int) -> SearchStatement {
        var values = values
        let sort = sort == .relevance && ranking == nil ? .newest : sort
        let order = SQL.order(sort)
        let window = "\nLIMIT \(values.bind(.integer(Int64(limit)))) OFFSET \(values.bind(.integer(Int64(offset))))"
        let sql: String
        switch (shape, sort) {
        case (.posts(let condition), _):
            sql = with() + "SELECT p.id, NULL FROM posts p WHERE \(condition)\nORDER BY " + SQL.order(sort, "p")
        case (.text(let match, let condition), .relevance):
            sql =
                with() + "SELECT rowid, \(SQL.weight) AS weight FROM posts_fts\nWHERE \(Self.matches(match))\(condition)"
                + "\nORDER BY \(order)"
        case (.text(let match, let condition), _):
            // CROSS JOIN: FTS5 drives. Asked row by row it would start anew each time.
            sql =
                with() + "SELECT s.id, NULL FROM posts_fts CROSS JOIN posts s ON s.id = posts_fts.rowid"
                + "\nWHERE \(Self.matches(match))\(condition)\nORDER BY \(order)"
        case (.ids(let select), .relevance):
            let ranked =
                "ranked(id, weight) AS MATERIALIZED (SELECT rowid, \(SQL.weight) FROM posts_fts"
                + " WHERE posts_fts MATCH \(values.bind(.text(ranking ?? ""))) AND +posts_fts.rowid IN hits)"
            sql =
                with(["hits(id) AS MATERIALIZED (\(select))", ranked])
                + "SELECT h.id, coalesce(r.weight, 0) AS weight FROM hits h LEFT JOIN ranked r ON r.id = h.id\nORDER BY weight, h.id"
        case (.ids(let select), _):
            sql =
                with(["hits(id) AS MATERIALIZED (\(select))"])
                + "SELECT s.id, NULL FROM hits h CROSS JOIN posts s ON s.id = h.id\nORDER BY \(order)"
        }
        return SearchStatement(sql: sql + window, values: values.all)
    }

    /// How many posts fit the fields beside a text, at most `limit`; nil where an index could not tell.
    static func filterCount(_ query: SearchQuery, _ names: SearchNames, limit: Int) -> SearchStatement? {
        guard case .and(let queries) = query else { return nil }
        let fields = queries.compactMap { if case .field(let field) = $0, field.hasIndex { field } else { nil } }
        guard !fields.isEmpty else { return nil }
        var values = SearchValues()
        let conditions = fields.map { $0.condition(names, &values) }.joined(separator: " AND ")
        let sql = "SELECT count(*) FROM (SELECT 1 FROM posts p WHERE \(conditions) LIMIT \(values.bind(.integer(Int64(limit)))))"
        return SearchStatement(sql: sql, values: values.all)
    }

    /// Rows of `id, weight` for the ids of a JSON array; nil where the query wants no text.
    func weights(of ids: String) -> SearchStatement? {
        ranking.map { SearchStatement(sql: SQL.weights, values: [.text($0), .text(ids)]) }
    }

    /// Rows of `id, snippet, excerpt` (the one that is not used is NULL) for the ids of a JSON array; nil where the query wants no text.
    ///
    /// - parameter marks: what stands before and behind each hit; no text can hold it.
    func snippets(of ids: String, marks: (String, String)) -> SearchStatement? {
        marking.map { SearchStatement(sql: SQL.snippets, values: [.text($0), .text(ids), .text(marks.0), .text(marks.1)]) }
    }

    /// A row a hit, in the order of the JSON array of ids.
    static func details(of ids: String) -> SearchStatement { SearchStatement(sql: SQL.details, values: [.text(ids)]) }
}

private enum SQL {
    /// A word in the title weighs as much as four in the body.
    static let weight = "bm25(posts_fts, 4.0, 1.0)"

    static func order(_ sort: SearchRequest.Sort, _ post: String = "s") -> String {
        switch sort {
        case .relevance: "weight, rowid"
        case .newest: "\(post).created_at DESC, \(post).id DESC"
        case .oldest: "\(post).created_at ASC NULLS LAST, \(post).id"
        case .score: "\(post).score DESC, \(post).created_at DESC, \(post).id DESC"
        }
    }

    /// `+`: with a row id to seek, bm25 would count the word in the whole index once an id.
    static let weights = """
        SELECT rowid, \(weight) FROM posts_fts
        WHERE posts_fts MATCH ?1 AND +rowid IN (SELECT value FROM json_each(?2))
        """

    /// No `+`: a snippet needs no counting, so seeking each id is the fastest.
    ///
    /// `snippet` weighs every hit of a post against every other, so a long post that repeats the word would take minutes; there the
    /// text about the first hit must do, which `highlight` finds in one pass.
    static let snippets = """
        SELECT rowid, CASE WHEN length(body) < 20000 OR body IS NULL THEN snippet(posts_fts, -1, ?3, ?4, '…', 24) END,
               CASE WHEN length(body) >= 20000
                    THEN substr(highlight(posts_fts, 1, ?3, ?4), max(1, instr(highlight(posts_fts, 1, ?3, ?4), ?3) - 60), 400) END
        FROM posts_fts
        WHERE posts_fts MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2))
        """

    static let details = """
        SELECT p.id, p.thread_id, COALESCE(t.title, r.title) AS thread_title, f.name AS forum, a.name AS author, p.created_at,
               p.score, p.state, COALESCE(p.url, replace(s.url_template, '{key}', p.source_key)) AS url,
               substr(p.body, 1, 400) AS beginning
          FROM json_each(?1) w
         CROSS JOIN posts p ON p.id = w.value
          JOIN threads t ON t.id = p.thread_id
          JOIN sources s ON s.id = p.source_id
          LEFT JOIN posts r ON r.id = t.root_post_id
          LEFT JOIN forums f ON f.id = t.forum_id
          LEFT JOIN authors a ON a.id = p.author_id
         ORDER BY w.key
        """
}
