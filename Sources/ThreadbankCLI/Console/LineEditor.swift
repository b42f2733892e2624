// Lines from a terminal: edited, completed and remembered by libedit where it is installed, plainly read where it is not.

internal import CTerminal
internal import Foundation

/// What a person typed at a prompt.
enum TypedLine: Equatable {
    case line(String)
    /// Ctrl-C: what was typed so far is to be forgotten.
    case abandoned
    case end
}

final class LineEditor {
    private let editor: OpaquePointer?

    /// - parameter complete: gives the candidates for the end of a text, and how many bytes of it they replace.
    init(complete: @escaping (String) -> (bytes: Int, words: [String])) {
        Self.completer = complete
        let history = Self.historyFile()
        editor =
            isatty(STDOUT_FILENO) == 1
            ? cedit_open("threadbank", history) { before in
                guard let before, let complete = LineEditor.completer else { return nil }
                let (bytes, words) = complete(String(cString: before))
                return words.isEmpty ? nil : strdup(([String(bytes)] + words).joined(separator: "\n"))
            } : nil
    }

    deinit { if let editor { cedit_close(editor) } }

    /// C callbacks carry nothing; there is one console in a process.
    nonisolated(unsafe) private static var completer: ((String) -> (bytes: Int, words: [String]))?

    func read(_ prompt: String) -> TypedLine {
        guard let editor else {
            FileHandle.standardOutput.write(Data(prompt.utf8))
            return readLine(strippingNewline: true).map { .line($0) } ?? .end
        }
        var wasInterrupted: Int32 = 0
        guard let text = cedit_read(editor, prompt, &wasInterrupted) else { return wasInterrupted != 0 ? .abandoned : .end }
        defer { free(text) }
        return .line(String(cString: text))
    }

    func remember(_ line: String) {
        if let editor, !line.allSatisfy(\.isWhitespace) { cedit_add(editor, line) }
    }

    /// `$XDG_STATE_HOME/threadbank/sql_history`; nil where its folder cannot be made.
    private static func historyFile() -> String? {
        let named = ProcessInfo.processInfo.environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let folder = (named ?? ArchiveOptions.home + "/.local/state") + "/threadbank"
        let mode = [FileAttributeKey.posixPermissions: 0o700]
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: mode)
        return access(folder, W_OK) == 0 ? folder + "/sql_history" : nil
    }
}
