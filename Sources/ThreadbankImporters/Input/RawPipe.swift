// The bytes of stdin or a pipe, which come only once: the first of them are kept.

internal import Foundation
internal import ThreadbankCore

/// A pipe. What fits into ``kept`` is read at once, so that its hash is known before and it can start over; of a longer one the rest is
/// handed on as it comes, and its hash is known at the end.
final class RawPipe: RawBytes {
    /// How much is kept, in bytes.
    static let kept = 32 << 20
    private static let chunk = 1 << 18

    private let file: Int32
    private let pause: Pause
    private var chunks: [[UInt8]] = []
    /// The number of chunks that `next()` gave since the start; nil once more was given than is kept.
    private var given: Int? = 0
    private var isAtEnd = false
    private var broken: ImportError?
    private var hash = SHA256Hash()
    private(set) var sha256: String?
    private(set) var fingerprint = ""
    private(set) var bytesRead = 0

    /// - parameter file: an open descriptor; it is closed when this goes.
    init(_ file: Int32, kept: Int = RawPipe.kept, pause: @escaping Pause) throws {
        self.file = file
        self.pause = pause
        var size = 0
        while size < kept, let chunk = try fetchUnlessBroken() {
            chunks.append(chunk)
            size += chunk.count
        }
        // Only the next read tells whether what is kept is all of it.
        if !isAtEnd, let chunk = try fetchUnlessBroken() { chunks.append(chunk) }
        fingerprint = sha256 ?? hash.hex()
    }

    deinit { close(file) }

    var byteCount: Int? { nil }

    func next() throws -> [UInt8]? {
        if let index = given, index < chunks.count {
            given = index + 1
            bytesRead += chunks[index].count
            return chunks[index]
        }
        if let broken { throw broken }
        guard !isAtEnd, let chunk = try fetch() else { return nil }
        given = nil
        chunks = []
        bytesRead += chunk.count
        return chunk
    }

    func restart() throws {
        guard given != nil else {
            throw ImportError(
                "this format must be read twice, which a pipe of this length does not allow; save it to a file first")
        }
        given = 0
        bytesRead = 0
    }

    func fault() -> ImportError? { nil }

    /// While the start is being kept, a reading error waits for its place.
    private func fetchUnlessBroken() throws -> [UInt8]? {
        do {
            return broken == nil ? try fetch() : nil
        } catch let error as ImportError {
            broken = error
            return nil
        }
    }

    /// A chunk of the pipe, filled as far as the writer is ahead; nil at its end.
    private func fetch() throws -> [UInt8]? {
        var chunk: [UInt8] = []
        while chunk.isEmpty, !isAtEnd {
            try pause()
            // `read` would wait through Ctrl-C, `poll` does not.
            var wanted = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            if poll(&wanted, 1, 500) <= 0 { continue }
            var failure: Int32?
            chunk = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, filled in
                let count = read(file, buffer.baseAddress, buffer.count)
                failure = count < 0 ? errno : nil
                isAtEnd = count == 0
                filled = max(0, count)
            }
            if let failure, failure != EINTR, failure != EAGAIN {
                let reason = String(cString: strerror(failure)).lowercased()
                throw ImportError("cannot be read on: \(reason); import it again")
            }
        }
        hash.update(chunk)
        if isAtEnd { sha256 = hash.hex() }
        return chunk.isEmpty ? nil : chunk
    }
}
