// Messages for people: on stderr, so that stdout is data alone.

internal import Foundation

/// Writes one line to stderr, control characters made visible.
func say(_ line: String) {
    FileHandle.standardError.write(Data((line.showingControls(keepingNewlines: true) + "\n").utf8))
}
