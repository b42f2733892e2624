// Where SQLite keeps what it needs for the length of one statement.

internal import GRDB

extension Database {
    /// Runs what needs room that grows with the archive (a sorted index, a copy of it all, what dropped pages held) with temporary files
    /// instead of memory. They stand where SQLite puts them: in `$SQLITE_TMPDIR`, `$TMPDIR`, `/var/tmp` or `/tmp`.
    ///
    /// To be called outside of a transaction; the body may make its own.
    func withTemporaryFiles<T>(_ body: () throws -> T) throws -> T {
        let store = try Int.fetchOne(self, sql: "PRAGMA temp_store") ?? 0
        try execute(sql: "PRAGMA temp_store = FILE")
        defer { try? execute(sql: "PRAGMA temp_store = \(store)") }
        return try body()
    }
}
