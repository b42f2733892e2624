// What SQL may do here: read. SQLite asks about every action of a statement while it compiles it.

internal import GRDBSQLite

/// Allows SELECT, reading, harmless functions and the PRAGMAs that describe the schema; refuses all the rest and remembers why.
///
/// Anything that SQLite may learn to do in future is refused too (sqlite.org/c3ref/set_authorizer.html).
final class SQLAuthorizer {
    /// What was refused first since the last ``reset()``, as the words that follow "refused: ".
    private(set) var refusal: String?

    func reset() { refusal = nil }

    /// Guards `connection` as long as this object lives.
    func guardConnection(_ connection: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection,
            { context, action, first, second, database, _ in
                guard let context else { return SQLITE_DENY }
                let authorizer = Unmanaged<SQLAuthorizer>.fromOpaque(context).takeUnretainedValue()
                return authorizer.decide(action, text(first), text(second), text(database))
            }, context)
    }

    private func decide(_ action: Int32, _ first: String?, _ second: String?, _ database: String?) -> Int32 {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        // Asked when a virtual table declares its columns: without it neither FTS5 nor `json_each` can be read. It lets nothing be
        // written: SQLite has "table sqlite_master may not be modified" for that, and CREATE, DROP and ALTER ask for more.
        case SQLITE_UPDATE where first == "sqlite_master" && database == "main": return SQLITE_OK
        case SQLITE_FUNCTION where !Self.refusedFunctions.contains((second ?? "").lowercased()): return SQLITE_OK
        case SQLITE_PRAGMA where Self.allows(pragma: (first ?? "").lowercased(), hasArgument: second != nil): return SQLITE_OK
        default:
            if refusal == nil { refusal = Self.words(for: action, first ?? "", second ?? "") }
            return SQLITE_DENY
        }
    }

    /// Functions that reach out of the query: to files, libraries, the process. Not all are in every build of SQLite.
    private static let refusedFunctions: Set<String> = [
        "load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "fsdir", "lsmode", "sqlite_log",
        "sqlar_compress", "sqlar_uncompress", "zipfile", "zipfile_cds", "eval", "fileio_read", "fileio_write", "shell",
    ]

    /// PRAGMAs that describe a table, an index or all of them.
    private static let describingPragmas: Set<String> = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    ]

    /// PRAGMAs that tell a setting, as long as they set none. FTS5 asks for `data_version` at every query.
    private static let tellingPragmas: Set<String> = [
        "application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding", "freelist_count",
        "function_list", "module_list", "page_count", "page_size", "pragma_list", "schema_version", "user_version",
    ]

    private static func allows(pragma name: String, hasArgument: Bool) -> Bool {
        describingPragmas.contains(name) || (!hasArgument && tellingPragmas.contains(name))
    }

    private static func words(for action: Int32, _ first: String, _ second: String) -> String {
        // Before CREATE or DROP, SQLite asks about the row in its own schema table.
        let isSchema = first.lowercased().hasPrefix("sqlite_")
        return switch action {
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            isSchema ? "it would change the schema" : "it would change the table \(first)"
        case SQLITE_PRAGMA: "PRAGMA \(first)\(second.isEmpty ? "" : "(\(second))") is not one that only tells of the schema"
        case SQLITE_FUNCTION: "the function \(second) reaches beyond the archive"
        case SQLITE_TRANSACTION: "\(first) makes a transaction, and each statement is one of its own"
        case SQLITE_SAVEPOINT: "it makes a savepoint, and each statement is a transaction of its own"
        case SQLITE_ATTACH, SQLITE_DETACH: "it would open another file"
        case SQLITE_ANALYZE, SQLITE_REINDEX: "it would rebuild statistics or indexes"
        default: "it would change the schema"
        }
    }
}

private func text(_ name: UnsafePointer<CChar>?) -> String? { name.map { String(cString: $0) } }
