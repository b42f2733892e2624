// Proves that an archive is what it should be, or says what is wrong.

internal import GRDB
public import ThreadbankCore

/// One thing that was checked.
public struct CheckResult: Sendable, Equatable {
    /// What was checked: `sqlite`, `schema`, `foreign keys`, `search index`, `packed columns`, `forest`, `threads`, `counts`.
    public var subject: String
    /// What is wrong, a line each, at most ten; empty where all is well.
    public var faults: [String]
    /// Why it could not be checked; nil where it was.
    public var skipped: String?
}

extension ArchiveReader {
    /// Checks SQLite's own structures, that tables, indexes and views are those of the schema, the foreign keys, that index, packed columns and posts agree, that replies are a forest, that every post
    /// stands in the thread of its root, and that what is counted twice is counted alike.
    ///
    /// - throws: ``ThreadbankError`` where the archive cannot even be read.
    public func check() throws(ThreadbankError) -> [CheckResult] {
        try rethrowing(path) {
            try queue.inDatabase { db in
                let schema = try SchemaCheck(db)
                var results = [try Self.sqlite(db), CheckResult(subject: "schema", faults: Array(schema.faults.prefix(10)))]
                let checks: [(String, (Database) throws -> CheckResult)] = [
                    ("foreign keys", { try Self.faults($0, "foreign keys", SQL.foreignKeys) }),
                    ("search index", { try Self.searchIndex($0) }),
                    ("packed columns", { CheckResult(subject: "packed columns", faults: try PackedColumns.faults($0)) }),
                    ("forest", { try Self.forest($0) }),
                ]
                for (subject, check) in checks + SQL.checks.map({ name, sql in (name, { try Self.faults($0, name, sql) }) }) {
                    do {
                        results.append(try check(db))
                    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && !schema.faults.isEmpty {
                        // It reads what is missing, which has been said.
                        results.append(CheckResult(subject: subject, faults: [], skipped: "the schema is not whole"))
                    }
                }
                return results
            }
        }
    }

    private static func sqlite(_ db: Database) throws -> CheckResult {
        let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(10)")
        return CheckResult(subject: "sqlite", faults: lines == ["ok"] ? [] : lines)
    }

    /// FTS5's own check, which compares the index with `posts` only with rank 1 (sqlite.org/fts5.html, section 6.6).
    private static func searchIndex(_ db: Database) throws -> CheckResult {
        do {
            try db.execute(sql: "INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)")
            return CheckResult(subject: "search index", faults: try CharactersCheck.fault(db).map { [$0] } ?? [])
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            return CheckResult(
                subject: "search index", faults: [], skipped: "the archive cannot be written, which this check needs")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
            throw error
        } catch {
            return CheckResult(subject: "search index", faults: ["index and posts do not agree (\(error))"])
        }
    }

    /// Walks up from every post; memory is 16 bytes a reply.
    private static func forest(_ db: Database) throws -> CheckResult {
        var parents: [Int64: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT post_id, parent_id FROM replies WHERE parent_id IS NOT NULL")
        while let row = try rows.next() { parents[row[0]] = row[1] }
        var faults: [String] = []
        var search = CycleSearch()
        search.walk(up: parents.keys.sorted()) {
            parents[$0]
        } found: { cycle in
            if faults.count < 10 {
                faults.append("a cycle of replies through \(cycle.prefix(5).map { "p\($0)" }.joined(separator: ", "))")
            }
            if let first = cycle.first { parents[first] = nil }
        }
        return CheckResult(subject: "forest", faults: faults)
    }

    private static func faults(_ db: Database, _ subject: String, _ sql: String) throws -> CheckResult {
        CheckResult(subject: subject, faults: try String.fetchAll(db, sql: sql))
    }
}

/// Each query gives a line for each fault.
private enum SQL {
    static let foreignKeys = """
        SELECT 'a row of ' || "table" || ' (' || COALESCE(rowid, '?') || ') points to no row of ' || parent
          FROM pragma_foreign_key_check LIMIT 10
        """
    static let checks = [
        (
            "threads",
            """
            SELECT * FROM (
              SELECT 'p' || p.id || ' answers p' || e.parent_id || ' in another thread' FROM replies e
                JOIN posts p ON p.id = e.post_id JOIN posts q ON q.id = e.parent_id
                JOIN threads t ON t.id = p.thread_id JOIN threads u ON u.id = q.thread_id
               WHERE p.thread_id <> q.thread_id AND NOT t.is_container AND NOT u.is_container LIMIT 10)
            UNION ALL SELECT * FROM (
              SELECT 't' || t.id || ' holds no post' FROM threads t
               WHERE t.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = t.id) LIMIT 10)
            UNION ALL SELECT * FROM (
              SELECT 't' || t.id || ' was merged and still holds posts' FROM threads t
               WHERE t.merged_into IS NOT NULL AND EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = t.id) LIMIT 10)
            UNION ALL SELECT * FROM (
              SELECT 't' || t.id || ' has a root in another thread' FROM threads t JOIN posts p ON p.id = t.root_post_id
               WHERE p.thread_id <> t.id LIMIT 10)
            UNION ALL SELECT * FROM (
              SELECT 'p' || p.id || ' is a second root of t' || p.thread_id FROM posts p
                JOIN threads t ON t.id = p.thread_id LEFT JOIN replies e ON e.post_id = p.id
               WHERE NOT t.is_container AND e.parent_id IS NULL AND t.root_post_id IS NOT p.id LIMIT 10)
            """
        ),
        (
            "counts",
            """
            SELECT * FROM (
              SELECT 'the search index holds ' || i || ' posts of ' || p
                FROM (SELECT (SELECT count(*) FROM posts_fts_docsize) AS i, (SELECT count(*) FROM posts) AS p) WHERE i <> p)
            UNION ALL SELECT * FROM (
              SELECT 'import ' || id || ' does not balance' FROM imports
               WHERE read <> added + changed + unchanged + rejected LIMIT 10)
            """
        ),
    ]
}
