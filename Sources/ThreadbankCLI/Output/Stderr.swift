// Messages for people: on stderr, so that stdout is data alone.

internal import Foundation

/// Writes one line to stderr, control characters made visible.
func say(_ line: String) {
    // Not `FileHandle`, which ends the program where nobody reads stderr.
    signal(SIGPIPE, SIG_IGN)
    ProgressLine.clear()
    let bytes = Array((line.showingControls(keepingNewlines: true) + "\n").utf8)
    var start = 0
    while start < bytes.count {
        let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress! + start, $0.count - start) }
        if written < 0, errno != EINTR { return }
        start += max(0, written)
    }
}
