// The writing side of an archive: making one, opening it, bringing its schema up to date.

internal import Foundation
internal import GRDB
public import ThreadbankCore
internal import ThreadbankMigrations

/// An archive that is open for writing. It is one ordinary SQLite file, in WAL mode while it is open and one file again after.
///
/// ```swift
/// let archive = try Archive(path: "archive.sqlite")            // made where none is
/// let report = try archive.import(input, with: importer)
/// let thread = try archive.reader.thread(id)
/// ```
///
/// ## Topics
/// - ``create(at:stemming:expecting:)``
/// - ``importRun(again:)``
/// - ``link(_:to:)``
/// - ``forget(_:dryRun:)``
public final class Archive: Sendable {
    public let path: String
    /// The reading side, on the same connection.
    public let reader: ArchiveReader
    let queue: DatabaseQueue

    /// How words are stemmed for search. Fixed when the archive is made.
    public enum Stemming: String, Sendable, CaseIterable {
        /// Porter's algorithm for English.
        case english
        case none

        /// How the archive of a connection was made.
        static func stored(_ db: Database) throws -> Stemming {
            let sql = "SELECT instr(sql, 'porter') > 0 FROM sqlite_master WHERE name = 'posts_fts'"
            return try Bool.fetchOne(db, sql: sql) == true ? .english : .none
        }

        var tokenizer: String {
            switch self {
            case .english: "porter unicode61 remove_diacritics 2"
            case .none: "unicode61 remove_diacritics 2"
            }
        }
    }

    /// Opens the archive at `path` for writing; an older schema is brought up to date.
    ///
    /// - parameter creating: the stemming of a new archive where there is none; nil to refuse instead.
    /// - parameter expecting: as in ``create(at:stemming:expecting:)``, asked only where an archive is made.
    /// - throws: ``ThreadbankError`` with code `archive` where the file is foreign, newer or cannot be written.
    public init(
        path: String, creating: Stemming? = .english, expecting: @autoclosure () -> Int? = nil
    ) throws(ThreadbankError) {
        if try ArchiveFile.version(at: path) == nil {
            guard let creating else {
                throw ThreadbankError(.archive, "\(path): there is no archive here; `threadbank import` makes one")
            }
            try Self.create(at: path, stemming: creating, expecting: expecting())
        }
        guard ArchiveFile.isWritable(path) else {
            throw ArchiveFile.refusal(path, "cannot be written", "check the permissions of the file and its folder")
        }
        self.path = path
        self.queue = try rethrowing(path) {
            let queue = try Self.openQueue(path)
            try Self.migrate(queue)
            return queue
        }
        self.reader = ArchiveReader(path: path, queue: queue)
    }

    /// Makes a new, empty archive. It is built beside its place and moved there whole, so no half-made file is ever seen.
    ///
    /// - parameter expecting: how many bytes will be imported, where that is known. Larger archives get larger pages: these hold long texts
    ///   with less waste, but each of some forty tables and indexes takes one at least.
    /// - throws: ``ThreadbankError`` with code `archive` where a file is there already, or the folder cannot be written.
    public static func create(at path: String, stemming: Stemming, expecting: Int? = nil) throws(ThreadbankError) {
        if FileManager.default.fileExists(atPath: path) {
            throw ArchiveFile.refusal(path, "is there already", "name another --archive")
        }
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw ArchiveFile.refusal(folder, "this folder cannot be made", "make it, or name another --archive")
            }
        }
        guard access(folder.isEmpty ? "." : folder, W_OK) == 0 else {
            throw ArchiveFile.refusal(path, "its folder cannot be written", "name another --archive")
        }
        let draft = "\(path).new-\(getpid())"
        defer { ArchiveFile.remove(draft: draft) }
        try rethrowing(path) {
            let queue = try DatabaseQueue(path: draft)
            try queue.writeWithoutTransaction { db in
                // So that free pages can be given back without copying all: merging the index's segments leaves many, 0.4 of the text at times.
                try db.execute(sql: "PRAGMA page_size = \(pageSize(expecting: expecting ?? 0)); PRAGMA auto_vacuum = INCREMENTAL")
            }
            try migrate(queue, stemming: stemming)
            try queue.close()
            let log = try Self.openQueue(draft)  // turns the file to WAL mode
            try log.close()
        }
        guard ArchiveFile.place(draft, at: path) else {
            throw ArchiveFile.refusal(
                path, "cannot be made", "check whether it is there already, and the permissions of its folder")
        }
    }

    /// Runs one transaction; what it wrote is packed at its end.
    func write<T>(_ body: (Database) throws -> T) throws(ThreadbankError) -> T {
        try rethrowing(path) { try queue.write { db in try PackedColumns.keeping(db) { try body(db) } } }
    }

    /// Runs what cannot stand in a transaction, or makes its own.
    func withoutTransaction(_ body: (Database) throws -> Void) throws(ThreadbankError) {
        try rethrowing(path) { try queue.writeWithoutTransaction(body) }
    }

    /// Gives free pages back to the file system. Does nothing to an archive that was made before archives could.
    func returnFreePages() throws(ThreadbankError) {
        try withoutTransaction { try $0.execute(sql: "PRAGMA incremental_vacuum") }
    }

    /// Closes the connection; the last one to close folds the log into the archive.
    public func close() throws(ThreadbankError) {
        try rethrowing(path) { try queue.close() }
    }

    /// Measured on real mail and on short posts, see the article Benchmarks.
    static func pageSize(expecting bytes: Int) -> Int {
        bytes < 4 << 20 ? 4096 : bytes < 32 << 20 ? 8192 : 16_384
    }

    private static func openQueue(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.journalMode = .wal
        configuration.prepareDatabase { db in
            // Each batch survives a kill; a power cut may cost the last ones (sqlite.org/pragma.html#pragma_synchronous).
            try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY")
            try SearchHits.prepare(db)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Takes the schema to the newest version, all steps in one transaction.
    private static func migrate(_ queue: DatabaseQueue, stemming: Stemming = .english) throws {
        // Whoever opens an archive of this version needs no transaction to learn it.
        let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard version < Migration.all.count else { return }
        // What a dropped table's pages held is kept until the step has ended: in memory that is as much as the index of a large archive.
        try queue.writeWithoutTransaction { db in
            try db.withTemporaryFiles {
                try db.inTransaction(.immediate) {
                    try takeSteps(db, stemming)
                    return .commit
                }
            }
        }
    }

    private static func takeSteps(_ db: Database, _ stemming: Stemming) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version < Migration.all.count else { return }
        let hasIndex = try db.tableExists("posts_fts")
        let stemming = hasIndex ? try Stemming.stored(db) : stemming
        for step in Migration.all[version...] {
            try db.execute(sql: step.sql.replacingOccurrences(of: "{tokenize}", with: stemming.tokenizer))
            if step.fillsCharacters, hasIndex { try SearchIndex.rebuildCharacters(db) }
            if step.fillsPacked { try PackedColumns.rebuild(db) }
        }
        try db.execute(sql: "PRAGMA application_id = \(ArchiveFile.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Migration.all.count)")
    }
}
