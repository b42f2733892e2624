// Inputs that stand in files, and on stdin.

internal import Foundation
internal import ThreadbankCore

/// The bytes of one file, read in chunks of 256 KiB.
final class FileInput: ImportInput {
    let name: String
    let key: String
    let sourceName: String?
    private let path: String
    private var handle: FileHandle?
    private var digest: String?

    init(path: String, key: String, sourceName: String?) {
        self.path = path
        name = path
        self.key = sourceName ?? key
        self.sourceName = sourceName
    }

    /// Of the whole file, wherever reading stands; the file is read once for it.
    var sha256: String {
        get throws {
            if let digest { return digest }
            let file = try Self.open(path)
            defer { try? file.close() }
            var hash = SHA256Hash()
            while let chunk = try Self.read(file, path) { hash.update(chunk) }
            digest = hash.hex()
            return hash.hex()
        }
    }

    func next() throws -> [UInt8]? {
        let file = try handle ?? Self.open(path)
        handle = file
        return try Self.read(file, path)
    }

    func restart() { handle = nil }

    static func open(_ path: String) throws -> FileHandle {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ImportError("cannot be opened: \(String(cString: strerror(errno))); check the path and its permissions")
        }
        return file
    }

    static func read(_ file: FileHandle, _ path: String) throws -> [UInt8]? {
        do {
            guard let data = try file.read(upToCount: 1 << 18), !data.isEmpty else { return nil }
            return Array(data)
        } catch {
            throw ImportError("cannot be read on; check the disk, and import it again")
        }
    }
}

/// The bytes of stdin or a pipe, which are kept in memory: they are read once, and their hash must be known before.
final class StdinInput: ImportInput {
    let name: String
    let sourceName: String?
    let sha256: String
    private let bytes: [UInt8]
    private var isRead = false

    init(name: String, bytes: [UInt8], sourceName: String?) {
        self.name = name
        var hash = SHA256Hash()
        hash.update(bytes)
        sha256 = hash.hex()
        self.bytes = bytes
        self.sourceName = sourceName
    }

    var key: String { sourceName ?? sha256 }

    func next() -> [UInt8]? {
        defer { isRead = true }
        return isRead || bytes.isEmpty ? nil : bytes
    }

    func restart() { isRead = false }
}
