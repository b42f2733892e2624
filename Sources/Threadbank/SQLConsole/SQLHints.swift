// What to do about a name in SQL that nothing has.

internal import GRDBSQLite
internal import ThreadbankCore

extension ReadOnlyConnection {
    /// What follows SQLite's message on a table or column that is not there; empty for other messages.
    func hint(on message: String) -> String {
        if let table = message.after("no such table: ") {
            var near = NearestNames(table, limit: 1)
            for name in tables where !name.hasPrefix("sqlite_") { near.consider(name) }
            let found = near.best.first.map { "did you mean \($0)? " } ?? ""
            return "; \(found)`select name from sqlite_schema` lists them"
        }
        if message.after("no such column: ") != nil {
            return "; `select name from pragma_table_info('posts')` lists those of a table"
        }
        return ""
    }

    private var tables: [String] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, SQL.tables, -1, &statement, nil) == SQLITE_OK else { return [] }
        var names: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if let name = sqlite3_column_text(statement, 0) { names.append(String(cString: name)) }
        }
        return names
    }
}

extension String {
    fileprivate func after(_ start: String) -> String? { hasPrefix(start) ? String(dropFirst(start.count)) : nil }
}

private enum SQL {
    /// But for those in which FTS5 keeps its index.
    static let tables = """
        SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB 'posts_fts_*' AND name NOT GLOB 'posts_cjk_*'
        """
}
