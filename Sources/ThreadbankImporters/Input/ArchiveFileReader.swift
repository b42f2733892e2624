// libarchive's reader: entries, one after the other, and their bytes.

internal import CArchive
internal import Foundation
internal import ThreadbankCore

/// An archive that is open while this lives.
final class ArchiveFileReader {
    struct Entry {
        enum Kind { case file, folder, other }
        var name: String
        var kind: Kind
        var isEncrypted: Bool
    }

    /// An entry that cannot be read on, while others can.
    struct EntryFault: Error {
        var reason: String
    }

    private static let (warning, end): (Int32, Int32) = (-20, 1)
    private static let fatal: Int32 = -30
    private static let chunk = 1 << 18

    private let library: CArchive
    private let reader: OpaquePointer
    private let source: Source
    /// libarchive may be asked of its format only once it has found one.
    private var isOpen = false
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    private var count = 0

    /// What libarchive reads where there is no file: chunks of a stream. It keeps the last one, whose bytes libarchive looks at.
    private final class Source {
        let stream: any ByteStream
        var chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 1)
        var error: (any Error)?

        init(_ stream: any ByteStream) { self.stream = stream }
        deinit { chunk.deallocate() }
    }

    /// - throws: ``ImportError`` where it is no archive that can be read.
    init(_ library: CArchive, _ container: Container, path: String?, stream: any ByteStream) throws {
        guard let reader = library.archive_read_new() else { throw ImportError("cannot be unpacked: there is no memory") }
        self.library = library
        self.reader = reader
        source = Source(stream)
        switch container {
        case .zip: _ = library.archive_read_support_format_zip(reader)
        case .sevenZip: _ = library.archive_read_support_format_7zip(reader)
        case .tar: _ = library.archive_read_support_format_tar(reader)
        }
        let code =
            path.map { library.archive_read_open_filename(reader, $0, Self.chunk) }
            ?? library.archive_read_open(
                reader, Unmanaged.passUnretained(source).toOpaque(), nil,
                { _, client, bytes in
                    guard let client else { return -1 }
                    return ArchiveFileReader.read(Unmanaged<Source>.fromOpaque(client).takeUnretainedValue(), bytes)
                }, nil)
        if code < Self.warning { throw failure() }
        isOpen = true
    }

    deinit {
        _ = library.archive_read_free(reader)
        buffer.deallocate()
    }

    private static func read(_ source: Source, _ bytes: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do {
            guard let chunk = try source.stream.next() else { return 0 }
            source.chunk.deallocate()
            source.chunk = .allocate(byteCount: chunk.count, alignment: 1)
            source.chunk.copyBytes(from: chunk)
            bytes?.pointee = UnsafeRawPointer(source.chunk.baseAddress)
            return chunk.count
        } catch {
            source.error = error
            return -1
        }
    }

    /// - throws: ``ImportError`` where the archive is broken from here on.
    func nextEntry() throws -> Entry? {
        var entry: OpaquePointer?
        let code = library.archive_read_next_header(reader, &entry)
        if code == Self.end { return nil }
        guard code >= Self.warning, let entry else { throw failure() }
        count += 1
        let name = library.archive_entry_pathname_utf8(entry) ?? library.archive_entry_pathname(entry)
        let isLink = library.archive_entry_hardlink(entry) != nil
        let kind: Entry.Kind =
            switch (library.archive_entry_filetype(entry) & UInt32(S_IFMT), isLink) {
            case (UInt32(S_IFREG), false): .file
            case (UInt32(S_IFDIR), _): .folder
            default: .other
            }
        return Entry(
            name: name.map { String(cString: $0) } ?? "entry \(count)", kind: kind,
            isEncrypted: library.archive_entry_is_encrypted(entry) != 0)
    }

    /// Calls `body` with the bytes of the entry that was given last.
    ///
    /// - throws: what `body` throws; ``EntryFault``; ``ImportError`` where the archive is broken from here on.
    func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            let count = library.archive_read_data(reader, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count <= Int(Self.fatal) || count < 0 && source.error != nil { throw failure() }
            if count < 0 { throw EntryFault(reason: message ?? "its data are broken") }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private var message: String? { library.archive_error_string(reader).map { String(cString: $0).lowercased() } }

    private func failure() -> any Error {
        if let error = source.error { return error }
        if isOpen, library.archive_read_has_encrypted_entries(reader) > 0 {
            return ImportError("is encrypted; unpack it with its password first")
        }
        return ImportError(
            "is broken\(message.map { ": " + $0 } ?? ""); what was unpacked before is read; fetch the archive again")
    }
}
