// A statement without GRDB in between, where a million rows are read or a pointer is bound.

internal import CRanking
internal import GRDB
internal import GRDBSQLite

/// One prepared statement on GRDB's connection, for use inside one read or write.
final class DirectStatement {
    private let connection: OpaquePointer
    private let statement: OpaquePointer

    /// - throws: `DatabaseError`.
    init(_ db: Database, _ sql: String) throws {
        guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        self.connection = connection
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw Self.error(code, connection, sql) }
        self.statement = statement
    }

    deinit { sqlite3_finalize(statement) }

    /// - parameter index: from 1 on.
    func bind(_ value: SearchValue, at index: Int) throws {
        switch value {
        case .integer(let number): try check(sqlite3_bind_int64(statement, Int32(index), number))
        case .text(let text):
            // SQLite copies it: -1 is SQLITE_TRANSIENT, a macro that Swift cannot see.
            let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            try check(sqlite3_bind_text(statement, Int32(index), text, Int32(text.utf8.count), copying))
        }
    }

    func bind(_ ranking: OpaquePointer, at index: Int) throws { try check(ranking_bind(statement, Int32(index), ranking)) }

    /// Whether there is a next row.
    func step() throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw Self.error(code, connection, sqlite3_sql(statement).map { String(cString: $0) } ?? "")
    }

    func reset() { sqlite3_reset(statement) }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }
    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }
    /// Nil for NULL.
    func number(_ column: Int) -> Int64? {
        let number = integer(column)
        return number == 0 && isNull(column) ? nil : number
    }

    func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

    /// Nil for NULL. Bytes that are no UTF-8 are replaced.
    func text(_ column: Int) -> String? {
        guard let start = sqlite3_column_text(statement, Int32(column)) else { return nil }
        return String(
            decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column)))), as: UTF8.self
        )
    }

    /// The bytes of a blob or text hold until the next step.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, Int32(column))
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw Self.error(code, connection, "") }
    }

    private static func error(_ code: Int32, _ connection: OpaquePointer, _ sql: String) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code & 0xFF), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
}
