// Data goes to stdout, in large writes; a closed pipe is the end of the work, not a fault.

internal import ArgumentParser
internal import Foundation
internal import ThreadbankCore

/// Collects output and writes it in blocks of 64 KiB; what is left is written when it goes out of scope.
struct Stdout: ~Copyable {
    private var buffer: [UInt8] = []

    init() { signal(SIGPIPE, SIG_IGN) }

    deinit { Self.write(buffer) }

    /// Writes text as it is; the caller has made control characters visible.
    mutating func write(_ text: String) {
        buffer += text.utf8
        if buffer.count > 65_536 { flush() }
    }

    mutating func line(_ text: String = "") { write(text + "\n") }

    /// Writes a JSON value and a newline.
    mutating func json(_ value: JSON) {
        value.write(to: &buffer)
        buffer.append(0x0A)
        if buffer.count > 65_536 { flush() }
    }

    mutating func flush() {
        Self.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private static func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let written = Foundation.write(STDOUT_FILENO, bytes.baseAddress! + start, bytes.count - start)
                if written >= 0 {
                    start += written
                } else if errno == EPIPE {
                    Foundation.exit(0)
                } else if errno != EINTR {
                    say("threadbank: stdout: \(String(cString: strerror(errno))); nothing more is written")
                    Foundation.exit(ExitStatus.failed.rawValue)
                }
            }
        }
    }
}
