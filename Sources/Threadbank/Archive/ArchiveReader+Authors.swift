// Lists of authors: filtered, sorted, a page at a time.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// The authors that a request asks for, with their posts counted.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(posts), over an index alone.
    public func authors(_ request: AuthorListRequest = AuthorListRequest()) throws(ThreadbankError) -> ListPage<Author> {
        var filter = " WHERE 1"
        var arguments = StatementArguments()
        if let source = request.source {
            filter += SQL.ofSource
            arguments += [source]
        }
        if let name = request.name {
            filter += SQL.named
            arguments += [name]
        }
        return try read { db in
            let total = try Int.fetchOne(db, sql: SQL.count + filter, arguments: arguments) ?? 0
            let page = arguments + [request.limit.map(Int64.init) ?? -1, Int64(request.offset)]
            let rows = try Row.fetchCursor(db, sql: SQL.select + filter + SQL.order(request.sort), arguments: page)
            var authors: [Author] = []
            while let row = try rows.next() { authors.append(AuthorRows.author(row)) }
            return ListPage(total: total, items: authors)
        }
    }

    /// Says that the archive does not know the source of a request, as a line for people; nil where it does.
    public func unknownName(in request: AuthorListRequest) throws(ThreadbankError) -> String? {
        var threads = ThreadListRequest()
        threads.source = request.source
        return try unknownName(in: threads)
    }
}

/// The columns that make an ``Author``.
enum AuthorRows {
    static let columns = "a.id, a.name, a.display_name, s.kind, s.name, a.url"

    /// Reads ``columns`` and behind them the count of posts, the first and the last date.
    static func author(_ row: Row) -> Author {
        var author = Author(id: Author.ID(rawValue: row[0]), name: row[1], sourceKind: row[3], source: row[4], posts: row[6])
        author.displayName = row[2]
        author.url = row[5]
        author.firstAt = row[7]
        author.lastAt = row[8]
        return author
    }
}

private enum SQL {
    static let count = "SELECT count(*) FROM authors a JOIN sources s ON s.id = a.source_id"

    static let select = """
        SELECT \(AuthorRows.columns), COALESCE(n.posts, 0), n.first, n.last
          FROM authors a
          JOIN sources s ON s.id = a.source_id
          LEFT JOIN (SELECT author_id, count(*) AS posts, min(created_at) AS first, max(created_at) AS last
                       FROM posts WHERE author_id IS NOT NULL GROUP BY author_id) n ON n.author_id = a.id
        """

    static let ofSource = " AND ? COLLATE NOCASE IN (s.kind, s.name, s.kind || '/' || s.name)"
    static let named =
        " AND instr(lower(a.name || char(10) || COALESCE(a.display_name, '') || char(10) || a.source_key), lower(?))"

    static func order(_ sort: AuthorListRequest.Sort) -> String {
        let key =
            switch sort {
            case .posts: "n.posts DESC NULLS LAST,"
            case .name: ""
            case .latest: "n.last DESC NULLS LAST,"
            }
        return " ORDER BY \(key) a.name COLLATE NOCASE, a.source_key, a.id LIMIT ? OFFSET ?"
    }
}
