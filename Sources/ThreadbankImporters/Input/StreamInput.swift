// The input of a file, of stdin, or of a file in an archive: its plain bytes, and what its name tells.

internal import ThreadbankCore

/// How an input came to be: what it is called, and where it stands.
struct InputPlace {
    /// Where its bytes are.
    var path: String
    /// What people are told that it is called: the path, or `dump.zip/inner/file`.
    var name: String
    /// Its path below the folder or archive that was walked, or its name; empty for a pipe.
    var key = ""
    /// The names beside it in its folder, where it was walked.
    var siblings: [String] = []
    var isNamed = false
    /// How many archives it stands in.
    var depth = 0
    /// How many bytes of what was named stand for one of this file, for the progress: below 1 in an archive.
    var scale = 1.0
}

/// What was read of the files of one folder, together.
final class Meter {
    var bytesRead = 0
    /// The first that went wrong.
    var failure: ImportError?
}

/// A file or a pipe as an input. Compression is taken off unseen.
final class StreamInput: ImportInput, ByteStream {
    let name: String
    let sourceName: String?
    /// The name of what was packed.
    let unpackedName: String
    let key: String
    private let raw: any RawBytes
    private let scale: Double
    private let fileKey: String
    private let meter: Meter?
    /// How many bytes ``meter`` has been told.
    private var told = 0
    private let pause: Pause
    private(set) var stream: UnpackedStream
    private var readFailure: ImportError?
    private var isRead = false

    /// - parameter place: what it is called; a key is its own but for the endings of compression.
    /// - throws: ``ImportError`` where not one byte of it can be read.
    init(
        _ raw: any RawBytes, _ place: InputPlace, sourceName: String?, meter: Meter? = nil, pause: @escaping Pause
    ) throws {
        self.raw = raw
        self.meter = meter
        self.pause = pause
        self.sourceName = sourceName
        name = place.name
        fileKey = place.key
        scale = place.scale
        let stream = try UnpackedStream(raw)
        self.stream = stream
        let key = stream.packings.reduce(place.key) { $1.unpackedName($0) }
        // The files of a walk come from one place, and are not one input.
        self.key = try (place.isNamed ? sourceName : nil) ?? (key.isEmpty ? raw.fingerprint : key)
        unpackedName = Self.lastPart(of: key)
    }

    var sha256: String? { get throws { try raw.sha256 } }
    var byteCount: Int? { raw.byteCount.map { Int(Double($0) * scale) } }
    var bytesRead: Int { Int(Double(raw.bytesRead) * scale) }
    var failure: ImportError? { readFailure ?? raw.fault() }
    /// The bytes as they stand on the disk, where nothing was packed.
    var isPacked: Bool { !stream.packings.isEmpty }

    func next() throws -> [UInt8]? {
        isRead = true
        // A few packed bytes may hold any number of plain ones.
        try pause()
        defer { tell() }
        do {
            return try stream.next()
        } catch let error as ImportError {
            readFailure = error
            if let meter { meter.failure = meter.failure ?? error.within(fileKey) }
            throw error
        }
    }

    /// What stands behind the last slash, whatever the number of slashes.
    private static func lastPart(of path: String) -> String {
        let slash = UInt8(ascii: "/")
        if path.utf8.last == slash { return path.split(separator: "/").last.map(String.init) ?? "" }
        return path.utf8.lastIndex(of: slash).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    func skipDamage(to mark: [UInt8]) throws -> DamagedMember? {
        guard meter == nil, let damage = try stream.skipDamage(to: mark) else { return nil }
        readFailure = nil
        return damage
    }

    private func tell() {
        meter?.bytesRead += max(0, bytesRead - told)
        told = max(told, bytesRead)
    }

    func restart() throws {
        guard isRead else { return }
        try raw.restart()
        stream = try UnpackedStream(raw)
        isRead = false
        readFailure = nil
    }
}
