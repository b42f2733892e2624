// The bytes of a file, read by itself: a chunk is an array from the start, not a copy of one.

internal import Foundation
internal import ThreadbankCore

/// A file that is open while this lives.
final class RawFile: RawBytes {
    private static let chunk = 1 << 18

    private let file: Int32
    private let pause: Pause
    /// As it was when it was opened.
    private let status: stat
    private var digest: String?
    /// All bytes of a file that one chunk holds, once they were read: what was hashed is what is read, and nothing is read twice.
    private var whole: [UInt8]?
    private(set) var bytesRead = 0

    /// - throws: ``ImportError`` where it cannot be opened.
    init(_ path: String, pause: @escaping Pause) throws {
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Self.refusal("cannot be opened", "check the path and its permissions") }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            close(file)
            throw Self.refusal("cannot be read", "check the disk")
        }
        self.status = status
        self.pause = pause
    }

    deinit { close(file) }

    var byteCount: Int? { Int(status.st_size) }
    var isWhole: Bool { whole != nil }
    /// Size and time of the last change, as it was when it was opened.
    var mark: [Int] { Self.mark(status) }
    var fingerprint: String { get throws { try sha256 ?? "" } }

    /// Of the whole file, wherever reading stands; it is read once for it.
    var sha256: String? {
        get throws {
            if let digest { return digest }
            var hash = SHA256Hash()
            var place = 0
            while let chunk = try read(at: place) {
                hash.update(chunk)
                place += chunk.count
            }
            digest = hash.hex()
            return digest
        }
    }

    func next() throws -> [UInt8]? {
        let chunk = try read(at: bytesRead)
        bytesRead += chunk?.count ?? 0
        return chunk
    }

    func restart() { bytesRead = 0 }

    /// A file that somebody else wrote to, since it was opened, may have been read half old and half new.
    func fault() -> ImportError? {
        var now = stat()
        guard fstat(file, &now) == 0, Self.mark(now) != Self.mark(status) else { return nil }
        return ImportError("changed while it was read; what was read is kept; import it again")
    }

    private func read(at place: Int) throws -> [UInt8]? {
        try pause()
        if let whole { return place == 0 ? whole : nil }
        // One byte more than there should be: a file that has grown is read on.
        let isSmall = place == 0 && status.st_size > 0 && status.st_size < Self.chunk
        while true {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: isSmall ? Int(status.st_size) + 1 : Self.chunk) { buffer, filled in
                count = pread(file, buffer.baseAddress, buffer.count, off_t(place))
                filled = max(0, count)
            }
            if isSmall, count == Int(status.st_size) { whole = chunk }
            if count >= 0 { return count == 0 ? nil : chunk }
            if errno != EINTR {
                throw Self.refusal("cannot be read on after byte \(place)", "check the disk, and import it again")
            }
        }
    }

    private static func refusal(_ what: String, _ advice: String) -> ImportError {
        ImportError("\(what): \(String(cString: strerror(errno)).lowercased()); \(advice)")
    }

    /// Size and time of the last change, which every write moves.
    static func mark(_ status: stat) -> [Int] {
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return [Int(status.st_size), Int(time.tv_sec), Int(time.tv_nsec)]
    }
}
