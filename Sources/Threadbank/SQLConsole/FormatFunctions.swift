// printf() and format() that fail where SQLite's own give NULL.

internal import GRDBSQLite

/// Puts wrappers around SQLite's `printf` and `format` on a connection.
///
/// Where the text becomes longer than allowed or memory runs out, SQLite's functions give NULL without a word (`printfFunc` in its func.c), which
/// looks like an answer. So these ask the same on a connection in memory, and take NULL for a format that is none as a failure.
final class FormatFunctions {
    private let helper: OpaquePointer
    private var statements: [Int32: OpaquePointer] = [:]

    /// - returns: nil where there is no memory for it; then SQLite's own functions stay.
    init?(longestValue: Int) {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            return nil
        }
        helper = handle
        sqlite3_limit(helper, SQLITE_LIMIT_LENGTH, Int32(longestValue))
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(helper)
    }

    /// Takes the place of the functions on a connection, as long as this object lives.
    func replace(on connection: OpaquePointer) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        for name in ["printf", "format"] {
            sqlite3_create_function_v2(
                connection, name, -1, flags, Unmanaged.passUnretained(self).toOpaque(),
                { context, count, values in
                    guard let data = sqlite3_user_data(context), let values else { return sqlite3_result_null(context) }
                    Unmanaged<FormatFunctions>.fromOpaque(data).takeUnretainedValue().call(context, count, values)
                }, nil, nil, nil)
        }
    }

    private func call(_ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>) {
        guard count > 0, sqlite3_value_type(values[0]) != SQLITE_NULL else { return sqlite3_result_null(context) }
        guard let statement = statement(count) else { return sqlite3_result_error_nomem(context) }
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for place in 0..<count {
            let code = sqlite3_bind_value(statement, place + 1, values[Int(place)])
            if code != SQLITE_OK { return sqlite3_result_error_code(context, code) }
        }
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
            let result = sqlite3_column_value(statement, 0)
            if sqlite3_value_type(result) == SQLITE_NULL { return sqlite3_result_error_toobig(context) }
            sqlite3_result_value(context, result)
        case let code: sqlite3_result_error_code(context, code)
        }
    }

    private func statement(_ count: Int32) -> OpaquePointer? {
        if let known = statements[count] { return known }
        var statement: OpaquePointer?
        let marks = Array(repeating: "?", count: Int(count)).joined(separator: ", ")
        guard sqlite3_prepare_v2(helper, "SELECT printf(\(marks))", -1, &statement, nil) == SQLITE_OK else { return nil }
        statements[count] = statement
        return statement
    }
}
