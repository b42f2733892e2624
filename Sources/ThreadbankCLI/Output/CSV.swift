// CSV, in one place for every verb.

extension String {
    /// The text as a field of RFC 4180, in quotation marks where it needs them.
    ///
    /// Programs get every byte; on a terminal control characters are shown.
    var csvField: String {
        let text = Terminal.isTerminal ? showingControls(keepingNewlines: true) : self
        let isQuoted = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        return isQuoted ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
