// A part of an archive as an archive of its own.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Writes what is chosen into a new archive: one file in DELETE mode with its own index, made beside its place and moved there whole.
    /// Parents that were not chosen are ghosts in it.
    ///
    /// - parameters:
    ///   - change: what becomes of each post on its way.
    ///   - threadBegins: is told the authors of each thread before its first post.
    /// - throws: ``ThreadbankError`` with code `archive` where `file` exists or cannot be written; as ``search(_:)``.
    /// - returns: how many posts were written.
    public func copy(
        _ selection: ExportSelection, to file: String, threadBegins: (([AuthorReference]) -> Void)? = nil,
        _ change: @escaping (ImportedPost) throws -> ImportedPost = { $0 }
    ) throws -> Int {
        if FileManager.default.fileExists(atPath: file) {
            throw ArchiveFile.refusal(file, "is there already", "name another file")
        }
        let stemming = try read { try Archive.Stemming.stored($0) }
        let draft = "\(file).part-\(getpid())"
        defer { ArchiveFile.remove(draft: draft) }
        let archive = try Archive(path: draft, creating: stemming)
        let importer = SelectionImporter(reader: self, selection: selection, threadBegins: threadBegins, change: change)
        do {
            let run = try ImportRun(archive)
            try run.read(SelectionInput(), with: importer)
            try run.finish()
        }
        try rethrowing(file) {
            try archive.queue.writeWithoutTransaction { db in
                try db.execute(sql: "INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
                try db.checkpoint(.truncate)
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try archive.close()
        }
        guard ArchiveFile.place(draft, at: file) else {
            throw ArchiveFile.refusal(file, "cannot be made", "check the permissions of its folder")
        }
        return importer.count
    }
}

/// Yields a selection of an archive as if it were an input.
private final class SelectionImporter: Importer, @unchecked Sendable {
    let name = "archive"
    let version = 1
    let summary = "a part of another archive"
    let recognises = "never by itself"
    private let reader: ArchiveReader
    private let selection: ExportSelection
    private let threadBegins: (([AuthorReference]) -> Void)?
    private let change: (ImportedPost) throws -> ImportedPost
    private(set) var count = 0

    init(
        reader: ArchiveReader, selection: ExportSelection, threadBegins: (([AuthorReference]) -> Void)?,
        change: @escaping (ImportedPost) throws -> ImportedPost
    ) {
        self.reader = reader
        self.selection = selection
        self.threadBegins = threadBegins
        self.change = change
    }

    func recognises(_ probe: InputProbe) -> Bool { false }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        count = try reader.exportPosts(selection, threadBegins: threadBegins) { try sink.add(change($0)) }
    }
}

/// An input without bytes.
private final class SelectionInput: ImportInput {
    let name = "export"
    let key = "export"
    let sourceName: String? = nil
    let sha256: String? = SHA256Hash.hex(of: "export")
    func next() throws -> [UInt8]? { nil }
    func restart() throws {}
}
