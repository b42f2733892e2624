// How much memory SQLite may take for statements that strangers wrote.

internal import Foundation
internal import GRDBSQLite

/// Holds SQLite's heap under a limit while statements run.
///
/// SQLite counts its memory for the whole process and knows no limit for one connection: `SQLITE_LIMIT_LENGTH` bounds one value,
/// but a row of two thousand of them is a hundred gigabytes. So the limit is set on top of what is in use when the first statement
/// starts, grows with each one beside it, and goes when the last is done. Another connection that wants much memory at
/// that very time is under it too, and fails with "out of memory" instead of the process being killed.
enum MemoryCeiling {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var statements = 0
    nonisolated(unsafe) private static var granted: Int64 = 0
    nonisolated(unsafe) private static var inUseBefore: Int64 = 0
    nonisolated(unsafe) private static var limitBefore: Int64 = 0

    /// Runs `body`, which may take `bytes` more than is in use.
    static func hold<T, E: Error>(_ bytes: Int, _ body: () throws(E) -> T) throws(E) -> T {
        change(by: 1, Int64(bytes))
        defer { change(by: -1, -Int64(bytes)) }
        return try body()
    }

    private static func change(by count: Int, _ bytes: Int64) {
        lock.withLock {
            if statements == 0 {
                inUseBefore = sqlite3_memory_used()
                limitBefore = sqlite3_hard_heap_limit64(-1)
            }
            statements += count
            granted += bytes
            let limit = inUseBefore + granted
            sqlite3_hard_heap_limit64(statements == 0 ? limitBefore : limitBefore > 0 ? min(limit, limitBefore) : limit)
        }
    }
}
