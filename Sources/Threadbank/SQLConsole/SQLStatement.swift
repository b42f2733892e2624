// One compiled statement, and what its failures mean in words.

internal import GRDBSQLite
internal import ThreadbankCore

/// A statement that has been found to be one, and to read only.
struct SQLStatement: ~Copyable {
    let handle: OpaquePointer
    let columns: [String]
    private let connection: ReadOnlyConnection
    private let limits: SQLConsole.Limits

    /// Compiles `sql`.
    ///
    /// - throws: ``ThreadbankError``: `query` where there is nothing to compile, `invalid` for a mistake, a second statement or
    ///   something that is not allowed, `limit` where the SQL is too long.
    init(_ sql: String, on connection: ReadOnlyConnection, _ limits: SQLConsole.Limits) throws(ThreadbankError) {
        let text = sql.utf8CString  // SQLite stops at a NUL, so what stands behind one would be left out without a word
        if text.firstIndex(of: 0) != text.count - 1 { throw ThreadbankError(.invalid, "SQL: holds a NUL character; remove it") }
        if text.count > ReadOnlyConnection.longestStatement {
            throw ThreadbankError(.limit, "SQL: longer than \(ReadOnlyConnection.longestStatement) bytes; shorten it")
        }
        connection.authorizer.reset()
        var handle: OpaquePointer?
        var end = 0
        let code = text.withUnsafeBufferPointer { text in
            var tail: UnsafePointer<CChar>?
            let code = connection.budget.spend {
                sqlite3_prepare_v3(connection.handle, text.baseAddress, Int32(text.count), 0, &handle, &tail)
            }
            end = tail.flatMap { tail in text.baseAddress.map { tail - $0 } } ?? 0
            return code
        }
        guard code == SQLITE_OK else {
            sqlite3_finalize(handle)
            throw Self.error(code, sql, connection, limits)
        }
        guard let handle else {
            throw ThreadbankError(.query, "SQL: there is no statement in it; try SELECT * FROM thread_summaries")
        }
        let rest = String(decoding: text[end..<text.count - 1].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let refusal: String? =
            if !SQLSplitter.statements(in: rest).isEmpty {
                "a second statement follows; run one at a time, or several from stdin"
            } else if sqlite3_stmt_readonly(handle) == 0 {
                "refused: it would change the archive, and SQL here only reads"
            } else {
                nil
            }
        if let refusal {
            sqlite3_finalize(handle)
            throw ThreadbankError(.invalid, "SQL: \(refusal)")
        }
        self.handle = handle
        self.connection = connection
        self.limits = limits
        self.columns = (0..<sqlite3_column_count(handle)).map { index in
            sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
        }
    }

    deinit { sqlite3_finalize(handle) }

    /// Goes to the next row; false where there is none.
    func step() throws(ThreadbankError) -> Bool {
        switch connection.budget.spend({ sqlite3_step(handle) }) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw Self.error(code, nil, connection, limits)
        }
    }

    /// The row that the statement stands on.
    func values() throws(ThreadbankError) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for column in 0..<Int32(columns.count) {
            guard let value = SQLValue(handle, column: column) else {
                throw Self.error(SQLITE_NOMEM, nil, connection, limits)
            }
            values.append(value)
        }
        return values
    }

    private static func error(
        _ code: Int32, _ sql: String?, _ connection: ReadOnlyConnection, _ limits: SQLConsole.Limits
    ) -> ThreadbankError {
        if let refusal = connection.authorizer.refusal {
            return ThreadbankError(.invalid, "SQL: refused: \(refusal); SQL here only reads")
        }
        switch code & 0xFF {
        case SQLITE_INTERRUPT where connection.budget.isSpent:
            let seconds = limits.seconds.formatted
            return ThreadbankError(.limit, "SQL: stopped after \(seconds) s; ask for less, or give it more seconds by --timeout")
        case SQLITE_INTERRUPT: return ThreadbankError(.interrupted, "SQL: interrupted")
        case SQLITE_NOMEM:
            return ThreadbankError(.limit, "SQL: needs more than \(limits.memory >> 20) MB of memory; ask for less at a time")
        case SQLITE_TOOBIG:
            let limit = ReadOnlyConnection.longestValue / 1_000_000
            return ThreadbankError(.limit, "SQL: a value is longer than \(limit) MB; take a part of it with substr()")
        case SQLITE_FULL, SQLITE_IOERR:
            return ThreadbankError(.limit, "SQL: no room for temporary files; ask for less, or free some space")
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM:
            return connection.error(code)
        default:
            let place = sql.map { Self.place(of: sqlite3_error_offset(connection.handle), in: $0) } ?? ""
            let message = String(cString: sqlite3_errmsg(connection.handle))
            return ThreadbankError(.invalid, "SQL\(place): \(message)\(connection.hint(on: message))")
        }
    }

    /// Line and column (from 1, in characters) of a byte, as `, line 2, column 8`; empty where SQLite names none.
    private static func place(of offset: Int32, in sql: String) -> String {
        guard offset >= 0, offset <= sql.utf8.count else { return "" }
        let before = String(decoding: sql.utf8.prefix(Int(offset)), as: UTF8.self)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return ", line \(lines.count), column \((lines.last?.count ?? 0) + 1)"
    }
}

extension Double {
    /// `10` for 10.0, `0.3` for 0.3.
    fileprivate var formatted: String { self == rounded() && abs(self) < 1e9 ? String(Int(self)) : String(self) }
}
