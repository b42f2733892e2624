// Statements that run once a post, bound without the boxes that general arguments need.

internal import GRDB
internal import GRDBSQLite

/// A prepared statement whose values are bound one by one. GRDB's arguments box each value and copy each text twice, which took a fifth
/// of the time of writing; this binds a text by its length, with one copy.
///
/// ```swift
/// let statement = try BoundStatement(db, "INSERT INTO tags (thread_id, tag) VALUES (?, ?)")
/// statement.bind(1, thread)
/// statement.bind(2, tag)
/// try statement.run()
/// ```
///
/// A value stays bound until it is bound anew, so each use binds all of them.
struct BoundStatement {
    private let db: Database
    private let cached: Statement
    private var statement: SQLiteStatement { cached.sqliteStatement }
    /// SQLITE_TRANSIENT: SQLite takes a copy.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    init(_ db: Database, _ sql: String) throws {
        self.db = db
        cached = try db.cachedStatement(sql: sql)
    }

    func bind(_ place: Int32, _ number: Int64?) {
        if let number { sqlite3_bind_int64(statement, place, number) } else { sqlite3_bind_null(statement, place) }
    }

    func bind(_ place: Int32, _ number: Double) { sqlite3_bind_double(statement, place, number) }

    func bind(_ place: Int32, _ flag: Bool) { sqlite3_bind_int64(statement, place, flag ? 1 : 0) }

    func bind(_ place: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(statement, place)
            return
        }
        text.withUTF8 { bind(place, $0, Self.copied) }
    }

    private func bind(_ place: Int32, _ bytes: UnsafeBufferPointer<UInt8>, _ ownership: sqlite3_destructor_type?) {
        guard let start = bytes.baseAddress, bytes.count > 0 else {
            sqlite3_bind_text64(statement, place, "", 0, Self.copied, UInt8(SQLITE_UTF8))
            return
        }
        start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            _ = sqlite3_bind_text64(statement, place, $0, sqlite3_uint64(bytes.count), ownership, UInt8(SQLITE_UTF8))
        }
    }

    /// Binds one more text, which is not copied, and runs it to its end: for the longest of a row.
    func run(last place: Int32, _ text: String?) throws {
        guard var text, !text.isEmpty else {
            bind(place, text)
            return try run()
        }
        try text.withUTF8 { bytes in
            bind(place, bytes, nil)
            // The bytes are only lent: nothing must be left that points to them.
            defer { sqlite3_bind_null(statement, place) }
            try run()
        }
    }

    /// Runs it to its end.
    func run() throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        if code != SQLITE_DONE, code != SQLITE_ROW { throw failure(code) }
    }

    /// What `read` makes of the first row; nil where there is none.
    func first<Value>(_ read: (Columns) -> Value) throws -> Value? {
        let code = sqlite3_step(statement)
        defer { sqlite3_reset(statement) }
        if code == SQLITE_DONE { return nil }
        guard code == SQLITE_ROW else { throw failure(code) }
        return read(Columns(statement: statement))
    }

    /// What `read` makes of each row.
    func all<Value>(_ read: (Columns) -> Value) throws -> [Value] {
        defer { sqlite3_reset(statement) }
        var values: [Value] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return values }
            guard code == SQLITE_ROW else { throw failure(code) }
            values.append(read(Columns(statement: statement)))
        }
    }

    /// The first column of the first row; nil where there is none, or it is NULL.
    func number() throws -> Int64? { try first { $0.number(0) }.flatMap(\.self) }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: cached.sql)
    }

    /// The columns of the row that is read.
    struct Columns {
        fileprivate let statement: SQLiteStatement

        func number(_ column: Int32) -> Int64? {
            sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : sqlite3_column_int64(statement, column)
        }

        func text(_ column: Int32) -> String? {
            guard let bytes = sqlite3_column_text(statement, column) else { return nil }
            let count = Int(sqlite3_column_bytes(statement, column))
            return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        }
    }
}
