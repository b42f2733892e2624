// How a search is answered: the expressions for FTS5, the SQL, and SQLite's plan of it.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// What ``search(_:)`` would do. Only names are looked up; the search itself is not run.
    ///
    /// - throws: ``ThreadbankError`` as ``search(_:)``.
    public func explain(_ request: SearchRequest) throws(ThreadbankError) -> SearchExplanation {
        try read { db in
            let search = try Self.compiled(request.query, db)
            let page = search.page(request.sort, limit: request.limit, offset: request.offset)
            var statements = search.passes?.map { ("hits", $0.explained) } ?? [("hits", search.allIDs)]
            if request.sort == .score { statements.append(("page", page)) }
            return SearchExplanation(
                query: request.query.description, indexes: search.rankings.map(\.index.rawValue),
                matches: search.rankings.map(\.match),
                statements: try statements.map { name, statement in
                    SearchExplanation.Statement(
                        name: name, sql: statement.sql,
                        values: statement.values.map {
                            switch $0 {
                            case .text(let text): text
                            case .integer(let number): String(number)
                            }
                        }, plan: try Self.plan(of: statement, db))
                })
        }
    }

    private static func plan(of statement: SearchStatement, _ db: Database) throws -> [String] {
        var depths: [Int: Int] = [:]
        return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + statement.sql, arguments: statement.arguments).map { row in
            let depth = (depths[row["parent"]] ?? -1) + 1
            depths[row["id"]] = depth
            return String(repeating: "  ", count: depth) + (row["detail"] as String)
        }
    }
}
