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

    /// Whether it is a table that only adds to others: without what it held, an archive is poorer and still sound.
    var canBeEmpty: Bool { type == "table" && Self.additions.contains(name) }

    private static let additions: Set<String> = [
        "reply_claims", "links", "inferences", "post_forums", "post_revisions", "attachments", "tags", "marks", "saved_searches",
    ]

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
    /// Something of another kind has the name of one that could be made again.
    private(set) var blocked: [(wanted: SchemaObject, type: String)] = []
    /// Whether an import is under way, or was killed: it puts back what it has left out, or the next one does.
    private let isImporting: Bool

    init(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let found = Dictionary(try Self.objects(db).map { ($0.name, $0) }) { first, _ in first }
        isImporting = (try? SearchIndex.isPrepared(db)) == true
        // Either index tells, should the other be missing; other tables speak of importers.
        let isStemmed = ["posts_fts", "posts_cjk"].contains { found[$0]?.sql.contains("porter") == true }
        for wanted in try Self.wanted(version: version, isStemmed ? .english : .none) {
            guard let other = found[wanted.name] else {
                missing.append(wanted)
                continue
            }
            if other.type != wanted.type, wanted.isDerived {
                blocked.append((wanted, other.type))
            } else if !other.fits(wanted) {
                altered.append(wanted)
            }
        }
    }

    /// A line each.
    var faults: [String] {
        let derived = missing.filter { $0.isDerived && !(isImporting && $0.name == AuthorIndex.name) }
        return losses() + derived.map(Self.missing) + altered.filter(\.isDerived).map(Self.altered)
    }

    /// What cannot be made again from what is there, a line each.
    ///
    /// - parameter emptyTables: whether a table that only adds to others may be made without what it held.
    func losses(emptyTables: Bool = false) -> [String] {
        let lost = missing.filter { !$0.isDerived && !(emptyTables && $0.canBeEmpty) }
        return lost.map(Self.missing) + altered.filter { !$0.isDerived }.map(Self.altered) + blocked.map(Self.blocked)
    }

    /// What is said where a query asks for a table or view that should be there; nil for a name that is none of the schema.
    static func advice(missing name: String) -> String? {
        guard let objects = try? wanted(version: Migration.all.count, .english) else { return nil }
        return objects.first { $0.name == name && $0.type != "index" }.map(missing)
    }

    private static func blocked(_ wanted: SchemaObject, by type: String) -> String {
        let way =
            type == "table"
            ? "rename it (`ALTER TABLE \(wanted.name) RENAME TO …`)" : "drop it (`DROP \(type.uppercased()) \(wanted.name)`)"
        return "a \(type) has the name of the \(wanted.type) \(wanted.name); \(way) and run `threadbank migrate`"
    }

    private static func missing(_ object: SchemaObject) -> String {
        if object.canBeEmpty {
            return
                "the table \(object.name) is missing; restore a backup, or `threadbank migrate --empty` makes it again without what it held"
        }
        return "the \(object.type) \(object.name) is missing; \(advice(object))"
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

    /// The objects that archives of a version have.
    static func wanted(version: Int, _ stemming: Archive.Stemming) throws -> [SchemaObject] {
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
    /// - parameter emptyTables: whether also tables that only add to others are made again, without what they held.
    /// - returns: what was made, as `view post_details` or `table tags, empty`.
    /// - throws: ``ThreadbankError`` with code `archive` where a table is missing or altered that holds what nothing else does, where something
    ///   else has a view's name, or posts share a key.
    public func restoreSchema(emptyTables: Bool = false) throws(ThreadbankError) -> [String] {
        try rethrowing(path) {
            try queue.write { db in
                let check = try SchemaCheck(db)
                if let loss = check.losses(emptyTables: emptyTables).first { throw ThreadbankError(.archive, "\(path): \(loss)") }
                let objects = check.missing + check.altered
                for object in objects {
                    try db.execute(sql: "DROP \(object.type) IF EXISTS \(object.name)")
                    try make(object, db)
                    if object.name == "packed_columns" { try PackedColumns.rebuild(db) }
                }
                return objects.map { "\($0.type) \($0.name)\($0.canBeEmpty ? ", empty" : "")" }
            }
        }
    }

    private func make(_ object: SchemaObject, _ db: Database) throws {
        do {
            try db.execute(sql: object.statement)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            guard let row = try Row.fetchOne(db, sql: SQL.doubled) else { throw error }
            throw ThreadbankError(
                .archive,
                "\(path): the posts p\(row[0] as Int64) and p\(row[1] as Int64) have the same source and key; restore a backup, or `threadbank export` "
                    + "and import that into a new archive, which makes one post of both", underlying: error)
        }
    }
}

private enum SQL {
    /// SQLite's own tables come and go with ANALYZE; indexes of keys have no statement.
    static let objects = """
        SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND sql IS NOT NULL ORDER BY rowid
        """
    static let doubled = """
        SELECT min(id), max(id) FROM posts WHERE source_key IS NOT NULL GROUP BY source_id, source_key HAVING count(*) > 1
         ORDER BY 1 LIMIT 1
        """
    static let columns =
        "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk || ' ' || hidden FROM pragma_table_xinfo(?)"
}
