// CHECK constraints while a batch is written: SQLite tests `x IN (…)` by a table that it makes anew for every row.

internal import GRDB

/// Leaves out the CHECK constraints of the schema for the length of a batch.
///
/// Two such tables a reply and one a post took a third of the instructions of writing (SQLite 3.40). What they test holds by the types
/// that the batch writes from: states, bases and markups are enumerations, confidences are bounded where they are made. Everything else
/// stays: types, NOT NULL, keys, foreign keys; every other writer is tested, and `check` tests all rows.
enum ColumnChecks {
    static func leavingOut<T>(_ db: Database, _ body: () throws -> T) throws -> T {
        try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
        defer { try? db.execute(sql: "PRAGMA ignore_check_constraints = OFF") }
        return try body()
    }
}
