// Where bytes come from before anything is unpacked.

internal import ThreadbankCore

/// Gives bytes, a chunk at a time.
protocol ByteStream: AnyObject {
    /// The next bytes; nil at the end. Chunks are never empty.
    func next() throws -> [UInt8]?
}

/// A file's or a pipe's own bytes.
protocol RawBytes: ByteStream {
    /// See ``ImportInput/sha256``.
    var sha256: String? { get throws }
    /// How long it is; nil of a pipe.
    var byteCount: Int? { get }
    /// How far reading has come.
    var bytesRead: Int { get }
    /// A short name for what it is, made of its bytes: the hash of them, or of what is kept of a longer pipe.
    var fingerprint: String { get throws }
    /// Starts over.
    func restart() throws
    /// What is wrong with the whole, now that it was read: it changed meanwhile.
    func fault() -> ImportError?
}

/// Asked once a chunk whether to go on, so that Ctrl-C ends a long reading, too; throws ``ImportInterruption``.
typealias Pause = () throws -> Void
