// Copies of an archive, and tidying it.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Copies the archive as it is at one moment, while others read and write it. The copy is one file in DELETE mode, so it
    /// can be opened on read-only media. It is made beside its place and moved there whole.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where `file` exists or cannot be written.
    public func backup(to file: String) throws(ThreadbankError) {
        if FileManager.default.fileExists(atPath: file) {
            throw ArchiveFile.refusal(file, "is there already", "name another file")
        }
        let draft = "\(file).new-\(getpid())"
        defer { ArchiveFile.remove(draft: draft) }
        guard FileManager.default.createFile(atPath: draft, contents: nil) else {
            throw ArchiveFile.refusal(file, "cannot be written", "check the permissions of its folder")
        }
        try rethrowing(file) {
            let copy = try DatabaseQueue(path: draft)
            try queue.backup(to: copy)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        }
        guard ArchiveFile.place(draft, at: file) else {
            throw ArchiveFile.refusal(file, "cannot be made", "check the permissions of its folder")
        }
    }
}

extension Archive {
    /// Makes the index of spaceless scripts and the packed columns anew, merges the indexes' segments, renews the planner's statistics, and
    /// gives free pages back to the file system. It needs as much room again as the archive for a while.
    public func optimize() throws(ThreadbankError) {
        let lock = try ImportLock(archive: path, waiting: false)
        defer { withExtendedLifetime(lock) {} }
        try rethrowing(path) {
            try queue.writeWithoutTransaction { db in
                try db.withTemporaryFiles { try AuthorIndex.restore(db) }
                try SearchIndex.reset(db)
                try db.inTransaction {
                    try SearchIndex.rebuildCharacters(db)
                    try PackedColumns.rebuild(db)
                    return .commit
                }
                for index in TextIndex.allCases {
                    try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue)) VALUES ('optimize')")
                }
                try db.execute(sql: "ANALYZE")
                // In memory the copy would be as large as the archive.
                try db.withTemporaryFiles { try db.execute(sql: "VACUUM") }
                try db.checkpoint(.truncate)
            }
        }
    }
}
