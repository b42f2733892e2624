// One block of packed columns: the values of 65,536 row ids, read from the tables or from where they are packed.

internal import CRanking
internal import Foundation
internal import GRDB
internal import ThreadbankCore

/// The tables that have packed columns.
enum PackedTable: String, CaseIterable {
    case posts, threads

    /// As people write its row ids.
    var letter: String { self == .posts ? "p" : "t" }

    var columns: [packed_column] {
        switch self {
        case .posts:
            [
                packed_flags, packed_length, packed_characters_length, packed_thread, packed_author, packed_source, packed_minute,
            ]
        case .threads: [packed_thread_root, packed_thread_forum]
        }
    }
}

/// See the comment on `packed_columns` in its migration for the format.
final class PackedBlock {
    static let size = Int64(PACKED_BLOCK_SIZE)

    private let table: PackedTable
    private let number: Int64
    /// Of each column a value a slot.
    private var values: [[UInt32]]
    /// Slots from here on are zero.
    private var used = 0
    /// As the columns are stored; nil where they are not.
    private var stored: [[UInt8]?]

    /// The row ids that it speaks of.
    var ids: ClosedRange<Int64> { number * Self.size...number * Self.size + Self.size - 1 }

    init(_ table: PackedTable, _ number: Int64) {
        self.table = table
        self.number = number
        values = table.columns.map { _ in [UInt32](repeating: 0, count: Int(Self.size)) }
        stored = table.columns.map { _ in nil }
    }

    // MARK: Tables

    /// The statement that ``read(_:_:)`` takes values from.
    static func statement(_ table: PackedTable, _ db: Database) throws -> DirectStatement {
        try DirectStatement(db, table == .posts ? SQL.posts : SQL.threads)
    }

    /// Takes the values of some rows from the tables.
    func read(_ rows: ClosedRange<Int64>, _ statement: DirectStatement) throws {
        statement.reset()
        try statement.bind(.integer(rows.lowerBound), at: 1)
        try statement.bind(.integer(rows.upperBound), at: 2)
        let known = min(slot(of: rows.upperBound) + 1, used)
        for slot in stride(from: slot(of: rows.lowerBound), to: known, by: 1) {
            for column in values.indices { values[column][slot] = 0 }
        }
        while try statement.step() {
            let slot = slot(of: statement.integer(0))
            used = max(used, slot + 1)
            switch table {
            case .posts:
                values[0][slot] = Self.flags(state: statement.bytes(1), isReply: statement.integer(2) != 0)
                values[1][slot] = Self.length(statement.bytes(3))
                values[2][slot] = Self.length(statement.bytes(4))
                for column in 3...5 { values[column][slot] = UInt32(clamping: statement.integer(column + 2)) }
                values[6][slot] = statement.isNull(8) ? 0 : Self.minute(statement.integer(8))
            case .threads:
                for column in 0...1 { values[column][slot] = UInt32(clamping: statement.integer(column + 1)) }
            }
        }
    }

    /// Minutes since 1970 and 2^31; years beyond 6053 count as the last minute.
    static func minute(_ seconds: Int64) -> UInt32 {
        let minutes = seconds >= 0 ? seconds / 60 : -1 - (-1 - seconds) / 60
        return UInt32(clamping: max(1, minutes + 1 << 31))
    }

    private func slot(of id: Int64) -> Int { Int(id - number * Self.size) }

    private static func flags(state: UnsafeRawBufferPointer, isReply: Bool) -> UInt32 {
        UInt32(packed_flags_of(state.assumingMemoryBound(to: UInt8.self).baseAddress, state.count, isReply))
    }

    /// What FTS5 counts of all columns.
    private static func length(_ sizes: UnsafeRawBufferPointer) -> UInt32 {
        min(packed_sum_of_lengths(sizes.assumingMemoryBound(to: UInt8.self).baseAddress, sizes.count), UInt32(UInt16.max))
    }

    // MARK: Packing

    /// Takes the values from where they are packed.
    func load(_ db: Database) throws {
        for (place, column) in table.columns.enumerated() {
            let name = String(cString: packed_name(column))
            guard let bytes = try [UInt8].fetch(db.cachedStatement(sql: SQL.load), [name, number]) else { continue }
            stored[place] = bytes
            let width = Int(packed_width(column))
            let count = min(bytes.count / width, Int(Self.size))
            // The flags come first and tell how many slots there are.
            if count == 1, table == .posts, column != packed_flags {
                let one = Self.value(bytes, 0, width)
                for slot in 0..<used where values[0][slot] > 0 { values[place][slot] = one }
            } else {
                values[place].withUnsafeMutableBufferPointer { column in
                    for slot in 0..<count { column[slot] = Self.value(bytes, slot, width) }
                }
                used = max(used, count)
            }
        }
    }

    /// Writes the columns that changed.
    func save(_ db: Database) throws {
        for (place, column) in table.columns.enumerated() {
            let bytes = packed(place)
            guard bytes != stored[place] else { continue }
            let name = String(cString: packed_name(column))
            if let bytes {
                try db.cachedStatement(sql: SQL.save).execute(arguments: [name, number, Data(bytes)])
            } else {
                try db.cachedStatement(sql: SQL.drop).execute(arguments: [name, number])
            }
            stored[place] = bytes
        }
    }

    /// A column as it is stored; nil where there is nothing to store.
    private func packed(_ place: Int) -> [UInt8]? {
        let values = values[place]
        let width = Int(packed_width(table.columns[place]))
        let canBeOne = table == .posts && place > 0
        if canBeOne, let first = firstPost, isAll(values[first], in: place) { return Self.bytes(values[first...first], width) }
        var end = used
        while end > 0, values[end - 1] == 0 { end -= 1 }
        if end == 0 { return nil }
        // One value alone would stand for all.
        return Self.bytes(values[..<(canBeOne ? max(end, 2) : end)], width)
    }

    private var firstPost: Int? { values[0].prefix(used).firstIndex { $0 > 0 } }

    /// What a column says of posts that are not there is nothing.
    private func isAll(_ value: UInt32, in place: Int) -> Bool {
        for slot in 0..<used where values[place][slot] != value && values[0][slot] > 0 { return false }
        return true
    }

    private static func bytes(_ values: ArraySlice<UInt32>, _ width: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: values.count * width) { bytes, count in
            let raw = UnsafeMutableRawBufferPointer(bytes)
            count = values.count * width
            values.withUnsafeBufferPointer { values in
                for (slot, value) in values.enumerated() {
                    switch width {
                    case 1: bytes[slot] = UInt8(truncatingIfNeeded: value)
                    case 2:
                        raw.storeBytes(
                            of: UInt16(truncatingIfNeeded: value).littleEndian, toByteOffset: slot * 2, as: UInt16.self)
                    default: raw.storeBytes(of: value.littleEndian, toByteOffset: slot * 4, as: UInt32.self)
                    }
                }
            }
        }
    }

    /// The value of a slot of a packed column.
    private static func value(_ bytes: [UInt8], _ slot: Int, _ width: Int) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            switch width {
            case 1: UInt32(bytes[slot])
            case 2: UInt32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: slot * 2, as: UInt16.self)))
            default: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: slot * 4, as: UInt32.self))
            }
        }
    }

    /// The first row of which another block says otherwise; nil where they agree.
    func difference(from other: PackedBlock) -> Int64? {
        for slot in 0..<max(used, other.used) {
            let isThere = table == .threads || other.values[0][slot] > 0
            for column in values.indices where (column == 0 || isThere) && values[column][slot] != other.values[column][slot] {
                return number * Self.size + Int64(slot)
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// The blob of a statement's first row; nil where there is no row.
    fileprivate static func fetch(_ statement: Statement, _ arguments: StatementArguments) throws -> [UInt8]? {
        try Data.fetchOne(statement, arguments: arguments).map { [UInt8]($0) }
    }
}

private enum SQL {
    static let posts = """
        SELECT p.id, p.state, r.parent_id IS NOT NULL, d.sz, c.sz, p.thread_id, p.author_id, p.source_id, p.created_at
          FROM posts p
          LEFT JOIN posts_fts_docsize d ON d.id = p.id
          LEFT JOIN posts_cjk_docsize c ON c.id = p.id
          LEFT JOIN replies r ON r.post_id = p.id
         WHERE p.id BETWEEN ?1 AND ?2
        """
    static let threads = "SELECT id, root_post_id, forum_id FROM threads WHERE id BETWEEN ?1 AND ?2"
    static let load = "SELECT data FROM packed_columns WHERE name = ? AND block = ?"
    static let save = """
        INSERT INTO packed_columns (name, block, data) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data
        """
    static let drop = "DELETE FROM packed_columns WHERE name = ? AND block = ?"
}
