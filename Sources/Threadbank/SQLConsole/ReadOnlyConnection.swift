// An SQLite connection of our own that cannot do anything but read. GRDB keeps the authorizer of its connections to itself.

internal import GRDB
internal import GRDBSQLite
internal import ThreadbankCore

/// A connection for SQL that strangers wrote: opened read-only, with an authorizer, limits, and a look at the clock while it works.
final class ReadOnlyConnection: @unchecked Sendable {
    let path: String
    let handle: OpaquePointer
    let authorizer = SQLAuthorizer()
    let budget = TimeBudget()
    private let formatFunctions = FormatFunctions(longestValue: longestValue)

    /// No value, row or text of SQL may be longer, in bytes.
    static let longestValue = 64_000_000
    static let longestStatement = 1_000_000

    init(path: String) throws(ThreadbankError) {
        self.path = path
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX
        let code = sqlite3_open_v2(ArchiveFile.nameForReading(path), &handle, flags, nil)
        guard let handle, code == SQLITE_OK else {
            sqlite3_close_v2(handle)
            throw Self.engineError(code, nil, path)
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 5_000)
        let settings = sqlite3_exec(handle, SQL.settings, nil, nil, nil)
        guard settings == SQLITE_OK else { throw error(settings) }
        _disableDoubleQuotedStringLiterals(handle)
        limitSizes()
        formatFunctions?.replace(on: handle)
        authorizer.guardConnection(handle)
        watchTheClock()
    }

    deinit { sqlite3_close_v2(handle) }

    /// The error of the last call as a line for people.
    func error(_ code: Int32) -> ThreadbankError { Self.engineError(code, String(cString: sqlite3_errmsg(handle)), path) }

    /// What the engine says of the archive itself: locked, damaged, unreadable.
    private static func engineError(_ code: Int32, _ message: String?, _ path: String) -> ThreadbankError {
        do throws(ThreadbankError) {
            return try rethrowing(path) { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF), message: message) }
        } catch {
            return error
        }
    }

    private func limitSizes() {
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(Self.longestValue))
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(Self.longestStatement))
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, 1_000)
        sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 1_000_000)
        sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0)
    }

    /// SQLite calls back every thousand steps of its machine, some 20 µs; a spent budget interrupts the statement.
    private func watchTheClock() {
        let context = Unmanaged.passUnretained(budget).toOpaque()
        sqlite3_progress_handler(
            handle, 1_000,
            { context in
                guard let context else { return 1 }
                return Unmanaged<TimeBudget>.fromOpaque(context).takeUnretainedValue().isSpent ? 1 : 0
            }, context)
    }
}

private enum SQL {
    /// Sorting goes to files, not to memory; views and generated columns may call harmless functions only.
    static let settings = """
        PRAGMA query_only = ON;
        PRAGMA temp_store = FILE;
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        """
}
