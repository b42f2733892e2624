// The reading side of an archive: it can neither create, migrate nor change one.

internal import Foundation
internal import GRDB
public import ThreadbankCore

/// Reads an archive. Every query sees one consistent state, even while an import runs beside it.
///
/// ```swift
/// let reader = try ArchiveReader(path: "archive.sqlite")
/// for hit in try reader.search("self-reliance").hits { … }
/// ```
///
/// ## Topics
/// - ``search(_:)``
/// - ``thread(_:)``
/// - ``threads(_:)``
/// - ``authors(_:)``
public final class ArchiveReader: Sendable {
    public let path: String
    let queue: DatabaseQueue

    /// Opens the archive at `path`, which stays as it is, on read-only media too.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where there is none, it is foreign, newer, or cannot be read.
    public init(path: String) throws(ThreadbankError) {
        guard let version = try ArchiveFile.version(at: path) else {
            throw ThreadbankError(.archive, "\(path): there is no archive here; `threadbank import` makes one")
        }
        if version < ArchiveFile.newestVersion {
            throw ThreadbankError(
                .archive, "\(path): has schema \(version) of \(ArchiveFile.newestVersion); run `threadbank migrate`")
        }
        self.path = path
        self.queue = try rethrowing(path) { try Self.openQueue(path) }
    }

    /// A reader on the connection of a writer.
    init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// Runs queries in one read transaction. No engine error leaves it.
    func read<T>(_ body: (Database) throws -> T) throws(ThreadbankError) -> T {
        try rethrowing(path) { try queue.read(body) }
    }

    /// A connection opened read-only would leave its `-wal` and `-shm` behind, so it is opened for writing where it can be and
    /// kept from writing by `query_only` (GRDB's `read`).
    private static func openQueue(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.readonly = !ArchiveFile.isWritable(path)
        configuration.prepareDatabase { try SearchHits.prepare($0) }
        return try DatabaseQueue(path: ArchiveFile.nameForReading(path), configuration: configuration)
    }
}

/// Turns the engine's errors into ours: one line that says what, where, and what to do.
func rethrowing<T>(_ path: String, _ body: () throws -> T) throws(ThreadbankError) -> T {
    do {
        return try body()
    } catch let error as ThreadbankError {
        throw error
    } catch let error as DatabaseError {
        throw ThreadbankError(.archive, "\(path): \(advice(on: error))", underlying: error)
    } catch {
        throw ThreadbankError(.archive, "\(path): \(error)", underlying: error)
    }
}

private func advice(on error: DatabaseError) -> String {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: "is locked by another program; try again when that has finished"
    case .SQLITE_FULL: "the disk is full; free some space and run the same command again"
    case .SQLITE_READONLY, .SQLITE_PERM: "cannot be written; check the permissions of the file and its folder"
    case .SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and its folder"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: "is damaged (\(error.message ?? "corrupt")); restore a backup"
    case .SQLITE_NOMEM, .SQLITE_TOOBIG: "a value is too big for SQLite; leave it out"
    case .SQLITE_ERROR where missingTable(error.message) != nil: missingTable(error.message) ?? ""
    case .SQLITE_ERROR:
        "\(error.message ?? "unknown failure") (SQLite 1); `threadbank check` tells what is wrong with the archive"
    default: "\(error.message ?? "unknown failure") (SQLite \(error.resultCode.rawValue))"
    }
}

/// What to do about a table or view of the schema that somebody dropped; nil for any other message.
private func missingTable(_ message: String?) -> String? {
    guard let name = message?.split(separator: ": ").last?.split(separator: ".").last,
        message?.hasPrefix("no such table: ") == true
    else { return nil }
    return SchemaCheck.advice(missing: String(name))
}
