// Values for the named parameters of a statement.

internal import GRDBSQLite
internal import ThreadbankCore

/// The parameters of a compiled statement: `:name`, `@name`, `$name`, `?1`.
struct SQLParameters {
    /// Their names without the sign before them, by their place (from 1); nil for a bare `?`.
    private let names: [String?]

    init(of statement: OpaquePointer) {
        let count = sqlite3_bind_parameter_count(statement)
        names = (0..<count).map { index in
            sqlite3_bind_parameter_name(statement, index + 1).map { String(String(cString: $0).dropFirst()) }
        }
    }

    /// The names that the statement uses.
    var used: Set<String> { Set(names.compactMap { $0 }) }

    /// Binds `values` by name.
    ///
    /// - throws: ``ThreadbankError`` with code `query` where one has no value, or, unless `ignoringOthers`, a value has no parameter.
    func bind(_ values: [String: String], to statement: OpaquePointer, ignoringOthers: Bool) throws(ThreadbankError) {
        if names.contains(nil) {
            throw ThreadbankError(.query, "SQL: a parameter `?` has no name; write `:name`")
        }
        let missing = used.subtracting(values.keys).sorted()
        if !missing.isEmpty {
            throw ThreadbankError(
                .query,
                "SQL: no value for \(Self.list(missing)); give \(missing.map { "--param \($0)=VALUE" }.joined(separator: " "))")
        }
        let unknown = Set(values.keys).subtracting(used).sorted()
        if !unknown.isEmpty, !ignoringOthers {
            let known = used.isEmpty ? "it has none" : "it has \(Self.list(used.sorted()))"
            throw ThreadbankError(.query, "SQL: there is no parameter \(Self.list(unknown)) in this statement; \(known)")
        }
        for (index, name) in names.enumerated() {
            guard let name, let value = values[name] else { continue }
            Self.bind(value, at: Int32(index + 1), to: statement)
        }
    }

    static func list(_ names: [String]) -> String { names.map { ":" + $0 }.joined(separator: ", ") }

    /// A number where the text is one as JSON writes numbers, and fits; else text, so that `007` and very long ids stay whole.
    private static func bind(_ value: String, at place: Int32, to statement: OpaquePointer) {
        if let integer = Int64(value), String(integer) == value {
            sqlite3_bind_int64(statement, place, integer)
        } else if let real = real(value) {
            sqlite3_bind_double(statement, place, real)
        } else {
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)  // SQLITE_TRANSIENT: SQLite keeps a copy
            _ = value.utf8CString.withUnsafeBufferPointer { text in
                sqlite3_bind_text64(statement, place, text.baseAddress, UInt64(text.count - 1), transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    private static func real(_ value: String) -> Double? {
        let digits = Array((value.hasPrefix("-") ? value.dropFirst() : value[...]).utf8)
        guard let first = digits.first, isDigit(first), digits.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) }),
            digits.contains(where: { ".eE".utf8.contains($0) }),
            first != UInt8(ascii: "0") || !isDigit(digits[1]),
            let real = Double(value), real.isFinite
        else { return nil }
        return real
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
