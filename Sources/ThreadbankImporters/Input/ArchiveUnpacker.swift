// zip, 7z and tar become folders, by libarchive, which is opened only here.

internal import CArchive
internal import Foundation
internal import ThreadbankCore

/// An archive whose files stand in a private folder while this lives. Entries that are no plain files below it are left out.
final class UnpackedArchive {
    /// An entry that was left out, and why.
    struct Omission {
        var name: String
        var reason: String
        /// Whether something is wrong with it, rather than of no use.
        var isFault: Bool
    }

    let folder: PrivateFolder
    /// Bytes of all files.
    private(set) var size = 0
    private(set) var omissions: [Omission] = []
    /// How many more there are than ``omissions`` holds.
    private(set) var furtherOmissions = 0
    /// Why unpacking stopped early; nil where it did not.
    private(set) var failure: ImportError?
    private static let shown = 20

    /// Unpacks all of it.
    ///
    /// - parameters:
    ///   - path: where it stands, if it stands there as it is; else its bytes come from `stream`.
    /// - throws: ``ImportError`` where nothing can be unpacked; ``ImportInterruption``.
    init(_ container: Container, path: String?, stream: any ByteStream, pause: Pause) throws {
        guard let library = carchive_load()?.pointee else {
            throw ImportError(
                "is packed with \(container.rawValue), which libarchive reads; install libarchive13, or unpack it first")
        }
        folder = try PrivateFolder()
        // The table of contents of zip and 7z stands at the end, so they must stand in a file.
        let spool: PrivateFolder? = path == nil && container != .tar ? try PrivateFolder() : nil
        if let spool { try Self.spool(stream, into: spool) }
        let file = spool.map { $0.path + "/packed" } ?? path
        let reader = try ArchiveFileReader(library, container, path: file, stream: stream)
        // Names in archives are mostly UTF-8, whatever the person's locale is; libarchive goes by it.
        let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = uselocale(locale)
        defer {
            uselocale(before)
            if let locale { freelocale(locale) }
        }
        do {
            while let entry = try reader.nextEntry() {
                try pause()
                try unpack(entry, reader, pause)
            }
            if container == .zip, let file, !Self.hasContents(file) {
                failure = ImportError("is cut off; what was unpacked before is read; fetch the archive again")
            }
        } catch let error as ImportError {
            failure = error
        }
    }

    private func unpack(_ entry: ArchiveFileReader.Entry, _ reader: ArchiveFileReader, _ pause: Pause) throws {
        if entry.kind == .folder { return }
        guard entry.kind == .file else {
            return omit(entry, "links and special files in archives are not followed", isFault: false)
        }
        if entry.isEncrypted { return omit(entry, "is encrypted; unpack it with its password first", isFault: true) }
        guard let components = Self.components(entry.name) else {
            return omit(entry, "leads out of the archive, and is left out", isFault: true)
        }
        try folder.makeRoom(for: 0)
        let file: Int32
        do {
            file = try folder.create(components)
        } catch {
            return omit(entry, error.description, isFault: true)
        }
        let before = size
        var isWhole = false
        defer {
            close(file)
            // Of a text that breaks off its start is worth reading; of one that never began there is nothing.
            if !isWhole, size == before { folder.remove(components) }
        }
        do {
            try reader.forEachChunk { chunk in
                try pause()
                try folder.write(chunk, to: file)
                size += chunk.count
            }
            isWhole = true
        } catch let fault as ArchiveFileReader.EntryFault {
            omit(entry, "cannot be unpacked whole: \(fault.reason)", isFault: true)
        }
    }

    private func omit(_ entry: ArchiveFileReader.Entry, _ reason: String, isFault: Bool) {
        guard omissions.count < Self.shown else {
            furtherOmissions += 1
            return
        }
        omissions.append(Omission(name: entry.name, reason: reason, isFault: isFault))
    }

    /// The parts of an entry's path below the archive, as tar takes them: a leading slash counts for nothing. Nil where it leads out.
    private static func components(_ name: String) -> [String]? {
        let parts = name.split(separator: "/").filter { $0 != "." }.map(String.init)
        return parts.isEmpty || parts.contains("..") || name.utf8.contains(0) ? nil : parts
    }

    /// Whether a zip file ends with its table of contents: libarchive reads one that was cut as far as it goes, and says nothing.
    private static func hasContents(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        // The record at the end has 22 bytes and a comment of up to 64 KiB (APPNOTE.TXT, 4.3.16).
        try? file.seek(toOffset: size - min(size, 22 + 65_535))
        let end = (try? file.readToEnd()) ?? Data()
        let record = end.range(of: Data([0x50, 0x4B, 0x05, 0x06]), options: .backwards)
        return record.map { end.endIndex - $0.lowerBound >= 22 } ?? false
    }

    private static func spool(_ stream: any ByteStream, into folder: PrivateFolder) throws {
        let file = try folder.create(["packed"])
        defer { close(file) }
        do {
            while let chunk = try stream.next() { try chunk.withUnsafeBytes { try folder.write($0, to: file) } }
        } catch let error as ImportError where lseek(file, 0, SEEK_CUR) == 0 {
            throw error
        } catch is ImportError {
            // What is there may do; what is missing is found missing.
        }
    }
}
