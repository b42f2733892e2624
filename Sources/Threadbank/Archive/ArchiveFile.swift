// What stands at a path before SQLite is allowed to touch it: nothing, an archive, or something else.

internal import Foundation
internal import ThreadbankCore
internal import ThreadbankMigrations

/// A look at a file's first bytes, so that a foreign, newer or broken file is refused in one line and left as it was.
///
/// The fields are those of the SQLite file format (sqlite.org/fileformat2.html, section 1.3).
enum ArchiveFile {
    /// "TBNK", the `application_id` of every archive.
    static let applicationID: UInt32 = 0x5442_4E4B

    /// The schema version of this build: how many migrations it knows.
    static var newestVersion: Int { Migration.all.count }

    /// The schema version of the archive at `path`; nil where no file is.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` for anything that is not an archive of this or an older version.
    static func version(at path: String) throws(ThreadbankError) -> Int? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        if isFolder.boolValue { throw refusal(path, "is a folder", "name a file in it") }
        var status = stat()
        // A pipe would be waited for.
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
            throw refusal(path, "is no file", "name another --archive")
        }
        guard let header = header(of: path) else { throw refusal(path, "cannot be read", "check its permissions") }
        guard header.starts(with: Array("SQLite format 3\0".utf8)), header.count == 100 else {
            throw refusal(path, "is no threadbank archive", "name another --archive")
        }
        guard integer(header, at: 68) == applicationID else {
            throw refusal(path, "is an SQLite file of another program", "name another --archive")
        }
        let version = Int(integer(header, at: 60))
        if version > newestVersion {
            throw refusal(path, "was written by a newer threadbank (schema \(version))", "update threadbank to read it")
        }
        return version
    }

    /// The path of the write-ahead log, where one stands beside the archive and holds something.
    static func liveLog(of path: String) -> String? {
        let size = (try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? Int
        return (size ?? 0) > 0 ? path + "-wal" : nil
    }

    /// Device and file number: what two paths to one file share; nil where no file is.
    static func identity(of path: String) -> [UInt64]? {
        var status = stat()
        return stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
    }

    /// Whether SQLite could write its log beside the archive and change the archive itself.
    static func isWritable(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        return access(path, W_OK) == 0 && access(folder.isEmpty ? "." : folder, W_OK) == 0
    }

    /// Gives a finished file its name, unless something has that name already. The draft's own name may stay and is to be removed.
    static func place(_ draft: String, at path: String) -> Bool {
        // `link` fails where someone else was faster; `rename` would overwrite theirs, so it serves only where links are unknown.
        if link(draft, path) == 0 { return true }
        return errno != EEXIST && access(path, F_OK) != 0 && rename(draft, path) == 0
    }

    /// Removes a draft, whether or not it got its name, and what SQLite put beside it.
    static func remove(draft: String) {
        for ending in ["", "-journal", "-wal", "-shm"] { unlink(draft + ending) }
    }

    /// The name by which SQLite opens an archive that is only read: its path, or a URL.
    ///
    /// On read-only media, and only where no log holds newer pages, `immutable` lets SQLite do without its lock files.
    static func nameForReading(_ path: String) -> String {
        // SQLite would take a path that starts with `file:` for a URL.
        if isWritable(path) || liveLog(of: path) != nil { return path.hasPrefix("file:") ? "./" + path : path }
        var url = URLComponents()
        url.scheme = "file"
        url.path = URL(fileURLWithPath: path).path
        url.queryItems = [URLQueryItem(name: "immutable", value: "1")]
        return url.string ?? path
    }

    static func refusal(_ path: String, _ what: String, _ todo: String) -> ThreadbankError {
        ThreadbankError(.archive, "\(path): \(what); \(todo)")
    }

    private static func header(of path: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: 100)).map { $0.map(Array.init) ?? [] }
    }

    private static func integer(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
