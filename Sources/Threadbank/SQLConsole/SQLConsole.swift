// Read-only SQL on an archive: any question, no harm.

internal import Foundation
internal import GRDBSQLite
public import ThreadbankCore

/// Runs SQL that can only read: for people, scripts, and whoever sends a query over a network.
///
/// ```swift
/// let console = try SQLConsole(path: "archive.sqlite")
/// try console.run("SELECT state, count(*) FROM posts GROUP BY 1") { row in print(row) }
/// ```
///
/// Writing, temporary tables, transactions, other files, settings and a second statement are refused; time, rows, the length of
/// values and memory are limited. After any statement the archive's bytes are the same and the next statement works.
///
/// ## Topics
/// - ``run(_:parameters:limits:columns:row:)``
/// - ``interrupt()``
/// - ``Limits``
/// - ``SQLSplitter``
public final class SQLConsole: @unchecked Sendable {
    public let path: String
    private let connection: ReadOnlyConnection
    /// A read-only connection that closes last leaves `-wal` and `-shm` behind. This one, which closes after it, clears them away.
    private let reader: ArchiveReader
    private let turn = NSLock()

    /// How much a statement may take.
    public struct Limits: Sendable {
        /// Seconds that SQLite may work, by a monotonic clock; what the receiver of the rows takes is not counted.
        public var seconds: Double
        /// Rows that are handed out; those after them are cut.
        public var rows: Int
        /// Bytes of memory that SQLite may take on top of what it holds.
        public var memory: Int

        public init(seconds: Double = 10, rows: Int = 10_000, memory: Int = 256 << 20) {
            self.seconds = seconds
            self.rows = rows
            self.memory = memory
        }
    }

    /// What came of a statement.
    public struct Outcome: Sendable, Equatable {
        /// Rows handed out.
        public var rows: Int
        /// Whether there were more than ``Limits/rows``.
        public var truncated: Bool
        /// The names of the parameters that the statement uses.
        public var parameters: Set<String>

        public init(rows: Int, truncated: Bool = false, parameters: Set<String> = []) {
            self.rows = rows
            self.truncated = truncated
            self.parameters = parameters
        }
    }

    /// Opens the archive at `path` for questions.
    ///
    /// - throws: ``ThreadbankError`` with code `archive`, as ``ArchiveReader/init(path:)``.
    public init(path: String) throws(ThreadbankError) {
        self.path = path
        self.reader = try ArchiveReader(path: path)
        self.connection = try ReadOnlyConnection(path: path)
    }

    /// Runs one statement; a call from another thread waits for its turn.
    ///
    /// - parameters:
    ///   - sql: one statement; a `;` and comments may follow.
    ///   - parameters: values for `:name`, `@name` or `$name`, by name without the sign; a text that is a number as JSON writes
    ///     it is bound as a number.
    ///   - ignoringOtherParameters: whether values without a parameter are let pass, as in a script of several statements.
    ///   - columns: is told the names of the columns, once, before any row; names may be equal.
    ///   - row: is given row after row; throwing ends the statement early, which is no failure.
    /// - throws: ``ThreadbankError``: `query` for an empty statement or parameters that do not fit, `invalid` for a mistake in the
    ///   SQL or something refused, `limit` for time and memory, `interrupted`, `archive` where it is locked or damaged.
    @discardableResult
    public func run(
        _ sql: String, parameters: [String: String] = [:], ignoringOtherParameters: Bool = false, limits: Limits = Limits(),
        columns: ([String]) -> Void = { _ in }, row: ([SQLValue]) throws(CancellationError) -> Void
    ) throws(ThreadbankError) -> Outcome {
        turn.lock()
        defer { turn.unlock() }
        connection.budget.grant(seconds: limits.seconds)
        return try MemoryCeiling.hold(limits.memory) { () throws(ThreadbankError) in
            let statement = try SQLStatement(sql, on: connection, limits)
            let known = SQLParameters(of: statement.handle)
            try known.bind(parameters, to: statement.handle, ignoringOthers: ignoringOtherParameters)
            columns(statement.columns)
            var outcome = Outcome(rows: 0, parameters: known.used)
            while try statement.step() {
                if outcome.rows == limits.rows {
                    outcome.truncated = true
                    break
                }
                outcome.rows += 1
                let values = try statement.values()
                do { try row(values) } catch { break }
            }
            return outcome
        }
    }

    /// Stops the statement that runs now, from any thread; it ends with an error of code `interrupted`.
    public func interrupt() { sqlite3_interrupt(connection.handle) }

    /// How long the statement that runs now has been working beyond its time.
    ///
    /// The limit is kept between the steps of SQLite's machine. A single call of a function on huge texts, `instr` say, cannot be
    /// stopped by anything but the end of the process: a program that must not hang looks here from another thread.
    public var overdue: Duration { connection.budget.overdue }

    /// Names for the keys of an object: the second column `n` becomes `n:1`, the third `n:2`, as SQLite names them in a subquery.
    public static func uniqueNames(_ names: [String]) -> [String] {
        var taken = Set(names)
        var seen: Set<String> = []
        return names.map { name in
            if seen.insert(name).inserted { return name }
            var number = 1
            while !taken.insert("\(name):\(number)").inserted { number += 1 }
            return "\(name):\(number)"
        }
    }
}
