// Data goes to stdout, in large writes; a closed pipe is the end of the work, not a fault.

internal import ArgumentParser
internal import Foundation
internal import ThreadbankCore

/// Collects output and writes it in blocks of 64 KiB; what is left is written when it goes out of scope.
struct Stdout: ~Copyable {
    private var buffer: [UInt8] = []
    /// Whether the other end of the pipe is closed: what is written from now on is lost. The program is not ended there and then, for an
    /// import goes on without a reader, and an open archive must be closed in good order; whoever writes much looks here.
    private(set) var isClosed = false

    private let file: Int32

    /// - parameter file: a descriptor; stdout, unless an export goes to a file.
    init(_ file: Int32 = STDOUT_FILENO) {
        self.file = file
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { if !isClosed { _ = buffer.withUnsafeBytes { Self.write($0, to: file) } } }

    /// Writes text as it is; the caller has made control characters visible.
    mutating func write(_ text: String) {
        buffer += text.utf8
        if buffer.count > 65_536 { flush() }
    }

    /// Writes UTF-8 as it is.
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count > 65_536 {
            flush()
            isClosed = isClosed || !Self.write(UnsafeRawBufferPointer(bytes), to: file)
        } else {
            buffer += bytes
            if buffer.count > 65_536 { flush() }
        }
    }

    mutating func line(_ text: String = "") { write(text + "\n") }

    /// Writes a JSON value and, unless said otherwise, a newline.
    mutating func json(_ value: JSON, newline: Bool = true) {
        value.write(to: &buffer)
        if newline { buffer.append(0x0A) }
        if buffer.count > 65_536 { flush() }
    }

    mutating func flush() {
        if !isClosed { isClosed = !buffer.withUnsafeBytes { Self.write($0, to: file) } }
        buffer.removeAll(keepingCapacity: true)
    }

    /// False where nobody reads any more.
    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let written = Foundation.write(file, bytes.baseAddress! + start, bytes.count - start)
            if written >= 0 {
                start += written
            } else if errno == EPIPE {
                return false
            } else if errno != EINTR {
                say("threadbank: output: \(String(cString: strerror(errno))); nothing more is written")
                Foundation.exit(ExitStatus.failed.rawValue)
            }
        }
        return true
    }
}
