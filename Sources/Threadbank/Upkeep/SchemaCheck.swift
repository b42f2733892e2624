// Proves that an archive has the tables, indexes and views that its version makes, and puts back those that hold nothing of their own.

internal import Foundation
internal import GRDB
public import ThreadbankCore
internal import ThreadbankMigrations

/// A table, index or view of the schema.
struct SchemaObject: Hashable, Sendable {
    /// As `sqlite_schema` says: `table`, `index`, `view`, `trigger`.
    var type: String
    var name: String
    /// Its statement, any white space as one space.
    var sql: String
    /// The statement as it is.
    var statement: String
    /// Of a table, each with its type, whether it may be NULL, and its place in the key; none of a virtual one.
    var columns: [String] = []

    /// Whether it holds nothing that the tables do not.
    var isDerived: Bool { type != "table" || ["posts_words", "packed_columns"].contains(name) }

    /// Whether it is as wanted: the same statement, or a table with further columns of somebody's own.
    func fits(_ wanted: SchemaObject) -> Bool {
        self == wanted || !wanted.columns.isEmpty && type == wanted.type && Set(wanted.columns).isSubset(of: columns)
    }

    static func == (a: SchemaObject, b: SchemaObject) -> Bool { (a.type, a.name, a.sql) == (b.type, b.name, b.sql) }
    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What differs from the schema that an archive of this version has. Objects that somebody added are no difference.
struct SchemaCheck {
    private(set) var missing: [SchemaObject] = []
    private(set) var altered: [SchemaObject] = []
    /// Whether an import is under way, or was killed: it puts back what it has left out, or the next one does.
    private let isImporting: Bool

    init(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let found = Dictionary(try Self.objects(db).map { ($0.name, $0) }) { first, _ in first }
        isImporting = (try? SearchIndex.isPrepared(db)) == true
        // Either index tells, should the other be missing; other tables speak of importers.
        let isStemmed = ["posts_fts", "posts_cjk"].contains { found[$0]?.sql.contains("porter") == true }
        for wanted in try Self.wanted(version: version, isStemmed ? .english : .none) {
            if found[wanted.name] == nil {
                missing.append(wanted)
            } else if found[wanted.name]?.fits(wanted) == false {
                altered.append(wanted)
            }
        }
    }

    /// A line each.
    var faults: [String] {
        losses + missing.filter { $0.isDerived && !(isImporting && $0.name == AuthorIndex.name) }.map(Self.missing) + altered.filter(\.isDerived).map(Self.altered)
    }

    /// What cannot be made again from what is there, a line each.
    var losses: [String] {
        missing.filter { !$0.isDerived }.map(Self.missing) + altered.filter { !$0.isDerived }.map(Self.altered)
    }

    private static func missing(_ object: SchemaObject) -> String {
        "the \(object.type) \(object.name) is missing; \(advice(object))"
    }

    private static func altered(_ object: SchemaObject) -> String {
        "the \(object.type) \(object.name) is not as this schema has it; \(advice(object))"
    }

    private static func advice(_ object: SchemaObject) -> String {
        if object.isDerived { return "`threadbank migrate` puts it back, and nothing is lost" }
        return "restore a backup, or `export` what is left and import that into a new archive"
    }

    /// The objects of a schema, in the order in which they were made.
    static func objects(_ db: Database) throws -> [SchemaObject] {
        try Row.fetchAll(db, sql: SQL.objects).map { row in
            let sql: String = row[2]
            let spaced = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            var object = SchemaObject(type: row[0], name: row[1], sql: spaced, statement: sql)
            if object.type == "table", !spaced.hasPrefix("CREATE VIRTUAL") {
                object.columns = try String.fetchAll(db, sql: SQL.columns, arguments: [object.name])
            }
            return object
        }
    }

    private static func wanted(version: Int, _ stemming: Archive.Stemming) throws -> [SchemaObject] {
        try DatabaseQueue().write { db in
            for step in Migration.all.prefix(version) {
                try db.execute(sql: step.sql.replacingOccurrences(of: "{tokenize}", with: stemming.tokenizer))
            }
            return try objects(db)
        }
    }
}

extension Archive {
    /// Makes the indexes, views and derived tables again that are missing or not as they should be.
    ///
    /// - returns: what was made, as `view post_details`.
    /// - throws: ``ThreadbankError`` with code `archive` where a table is missing or altered that holds what nothing else does.
    public func restoreSchema() throws(ThreadbankError) -> [String] {
        try rethrowing(path) {
            try queue.write { db in
                let check = try SchemaCheck(db)
                if let loss = check.losses.first { throw ThreadbankError(.archive, "\(path): \(loss)") }
                let objects = check.missing + check.altered
                for object in objects {
                    try db.execute(sql: "DROP \(object.type) IF EXISTS \(object.name)")
                    try db.execute(sql: object.statement)
                    if object.name == "packed_columns" { try PackedColumns.rebuild(db) }
                }
                return objects.map { "\($0.type) \($0.name)" }
            }
        }
    }
}

private enum SQL {
    /// SQLite's own tables come and go with ANALYZE; indexes of keys have no statement.
    static let objects = """
        SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND sql IS NOT NULL ORDER BY rowid
        """
    static let columns =
        "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk || ' ' || hidden FROM pragma_table_xinfo(?)"
}
