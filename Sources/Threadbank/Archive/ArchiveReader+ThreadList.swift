// Lists of threads: filtered, sorted, a page at a time.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// The threads that a request asks for. Threads that were merged into another are left out.
    ///
    /// ```swift
    /// var request = ThreadListRequest()
    /// request.sort = .posts
    /// request.limit = 10
    /// for thread in try reader.threads(request).items { … }
    /// ```
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func threads(_ request: ThreadListRequest = ThreadListRequest()) throws(ThreadbankError) -> ListPage<DiscussionThread>
    {
        let filter = Filter(request)
        return try read { db in
            let total = try Int.fetchOne(db, sql: SQL.count + filter.sql, arguments: filter.arguments) ?? 0
            let page = filter.arguments + [request.limit.map(Int64.init) ?? -1, Int64(request.offset)]
            let sql = SQL.ids + filter.sql + SQL.order(request.sort)
            let ids = try Int64.fetchAll(db, sql: sql, arguments: page)
            return ListPage(total: total, items: try ids.compactMap { try ThreadRows.fetch(db, $0) })
        }
    }

    /// Says which name of a request the archive does not know, as a line for people; nil where it knows all of them.
    ///
    /// It tells a list that is empty because nothing fits from one that is empty because of a typing error.
    public func unknownName(in request: ThreadListRequest) throws(ThreadbankError) -> String? {
        let names = [
            (NameKind.forum, request.forum, SQL.forums), (.source, request.source, SQL.sources),
            (.author, request.author, SQL.authors),
        ]
        for (kind, name, sql) in names {
            guard let name, try read({ try Int64.fetchOne($0, sql: sql, arguments: [name]) }) == nil else { continue }
            let nearest = try nearestNames(to: name, of: kind).map { "\"\($0)\"" }.joined(separator: ", ")
            return "no \(kind.rawValue) \"\(name)\" is in the archive" + (nearest.isEmpty ? "" : "; near it: \(nearest)")
        }
        return nil
    }
}

/// The conditions of a request and their arguments, all numbered, so that each may be used more than once.
private struct Filter {
    var sql = " WHERE t.merged_into IS NULL"
    var arguments = StatementArguments()

    init(_ request: ThreadListRequest) {
        if let forum = request.forum {
            add("(t.forum_id IN (\(SQL.forums)) OR t.root_post_id IN (\(SQL.crossPosts)))", [forum, forum])
        }
        if let source = request.source { add("t.source_id IN (\(SQL.sources))", [source]) }
        if let author = request.author {
            add("t.id IN (SELECT q.thread_id FROM posts q WHERE q.author_id IN (\(SQL.authors)))", [author])
        }
        if let after = request.after { add("\(SQL.started) >= ?", [after]) }
        if let before = request.before { add("\(SQL.started) < ?", [before]) }
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        sql += " AND " + condition
        arguments += values
    }
}

private enum SQL {
    static let tables = " FROM threads t LEFT JOIN posts r ON r.id = t.root_post_id"
    static let count = "SELECT count(*)" + tables
    static let ids = "SELECT t.id" + tables
    static let started = "COALESCE(r.created_at, (SELECT min(q.created_at) FROM posts q WHERE q.thread_id = t.id))"

    // One placeholder each: the row value compares the name with every column that may hold it.
    static let forums = "SELECT id FROM forums WHERE ? COLLATE NOCASE IN (name, source_key)"
    static let sources = "SELECT id FROM sources WHERE ? COLLATE NOCASE IN (kind, name, kind || '/' || name)"
    static let authors = "SELECT id FROM authors WHERE ? COLLATE NOCASE IN (name, display_name, source_key)"
    static let crossPosts = "SELECT post_id FROM post_forums WHERE forum_id IN (\(forums))"

    static func order(_ sort: ThreadListRequest.Sort) -> String {
        let key =
            switch sort {
            case .newest: "\(started) DESC"
            case .oldest: "\(started) ASC"
            case .posts: "(SELECT count(*) FROM posts q WHERE q.thread_id = t.id AND q.state <> 'missing') DESC"
            case .latest: "(SELECT max(q.created_at) FROM posts q WHERE q.thread_id = t.id) DESC"
            }
        return " ORDER BY \(key) NULLS LAST, t.source_key, t.id LIMIT ? OFFSET ?"
    }
}
