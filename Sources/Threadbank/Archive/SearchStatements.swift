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
            case .text(let index, let match, let condition):
                "\(index.rawValue) WHERE \(Self.matches(match, index))\(condition)\(limit)"
            case .ids(let select): "(\(select))\(limit)"
            }
        let sql = limit.isEmpty ? "SELECT count(*) FROM \(from)" : "SELECT count(*) FROM (SELECT 1 FROM \(from))"
        return SearchStatement(sql: with() + sql, values: values.all)
    }

    /// Rows of `id` in an order that SQL can tell; `relevance`, which it cannot (``SearchRanking``), is that of dates.
    func page(_ sort: SearchRequest.Sort, limit: Int, offset: Int) -> SearchStatement {
        var values = values
        let order = SQL.order(sort)
        let window = "\nLIMIT \(values.bind(.integer(Int64(limit)))) OFFSET \(values.bind(.integer(Int64(offset))))"
        let sql: String
        switch shape {
        case .posts(let condition):
            sql = with() + "SELECT p.id FROM posts p WHERE \(condition)\nORDER BY " + SQL.order(sort, "p")
        case .text(let index, let match, let condition):
            // CROSS JOIN: FTS5 drives. Asked row by row it would start anew each time.
            let table = index.rawValue
            sql =
                with() + "SELECT s.id FROM \(table) CROSS JOIN posts s ON s.id = \(table).rowid"
                + "\nWHERE \(Self.matches(match, index))\(condition)\nORDER BY \(order)"
        case .ids(let select):
            sql =
                with(["hits(id) AS MATERIALIZED (\(select))"])
                + "SELECT s.id FROM hits h CROSS JOIN posts s ON s.id = h.id\nORDER BY \(order)"
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

    /// Rows of the ids of all posts that match, in no order.
    var allIDs: SearchStatement { SearchStatement(sql: with() + select(shape), values: values.all) }

    /// Rows of `id, snippet` (NULL for long posts) for the ids of a JSON array; nil where the query wants no text.
    ///
    /// - parameter marks: what stands before and behind each hit; no text can hold it.
    func snippets(of ids: String, marks: (String, String)) -> SearchStatement? {
        marking.map {
            SearchStatement(
                sql: SQL.snippets(seeksEachID: !$0.contains("*")),
                values: [.text($0), .text(ids), .text(marks.0), .text(marks.1)])
        }
    }

    /// A row a hit, in the order of the JSON array of ids.
    static func details(of ids: String) -> SearchStatement { SearchStatement(sql: SQL.details, values: [.text(ids)]) }
}

private enum SQL {
    static func order(_ sort: SearchRequest.Sort, _ post: String = "s") -> String {
        switch sort {
        case .relevance, .newest: "\(post).created_at DESC, \(post).id DESC"
        case .oldest: "\(post).created_at ASC NULLS LAST, \(post).id"
        case .score: "\(post).score DESC, \(post).created_at DESC, \(post).id DESC"
        }
    }

    /// A snippet needs no counting, so seeking each id is the fastest, but for prefixes: their lists of posts are put together anew for each
    /// id, so one pass over all hits (`+`) is: a tenth of the time for 20 of 850,000.
    /// A long post's is left to ``LongPostSnippets``.
    static func snippets(seeksEachID: Bool) -> String {
        """
        SELECT rowid, CASE WHEN length(body) >= \(LongPostSnippets.threshold) THEN NULL
                           ELSE snippet(posts_fts, -1, ?3, ?4, '…', 24) END
        FROM posts_fts
        WHERE posts_fts MATCH ?1 AND \(seeksEachID ? "" : "+")rowid IN (SELECT value FROM json_each(?2))
        """
    }

    static let details = """
        SELECT p.id, p.thread_id, COALESCE(t.title, r.title) AS thread_title, f.name AS forum, a.name AS author, p.created_at,
               p.score, p.state, COALESCE(p.url, replace(s.url_template, '{key}', p.source_key)) AS url,
               substr(p.body, 1, \(QuotedLines.longestLead)) AS beginning, p.markup
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
