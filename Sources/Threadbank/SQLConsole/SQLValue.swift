// One value of a result, in SQLite's five storage classes.

internal import Foundation
internal import GRDBSQLite
public import ThreadbankCore

/// A value as a query gives it.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    /// Infinities occur (`select 1e999`); not-a-number does not: SQLite makes it null.
    case real(Double)
    /// Bytes that are no UTF-8 have become U+FFFD.
    case text(String)
    case blob([UInt8])

    /// The value as JSON; a blob is `{"$base64": true, "encoded": …}`, as Datasette writes it.
    public var json: JSON {
        switch self {
        case .null: .null
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let value): .string(value)
        case .blob(let bytes): .object([("$base64", true), ("encoded", .string(Self.base64(bytes)))])
        }
    }

    /// The value as a field of CSV, not yet quoted: null is empty, a blob is base64.
    public var csv: String {
        switch self {
        case .null: ""
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let value): value
        case .blob(let bytes): Self.base64(bytes)
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

extension SQLValue {
    /// The value in a column of the row that `statement` stands on; nil where memory ran out.
    init?(_ statement: OpaquePointer, column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            // The text first, then its length, or a conversion between the two calls would make the length wrong.
            guard let text = sqlite3_column_text(statement, column) else { return nil }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let bytes = sqlite3_column_blob(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            if bytes == nil, count > 0 { return nil }
            self = .blob(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
        default: self = .null
        }
    }
}
