// A post's text as lines for a terminal.

internal import ThreadbankCore

/// Wraps texts for reading. What a text says of control characters, in whatever notation, is shown and not obeyed.
enum BodyText {
    static func lines(of post: Post, width: Int) -> [String] { lines(post.body ?? "", post.markup, width: width) }

    /// The lines of a text, none for an empty one. Markdown is read as ``TerminalMarkdown`` says; a plain text stays as it was written.
    static func lines(_ body: String, _ markup: Markup?, width: Int) -> [String] {
        if body.isEmpty { return [] }
        guard markup == .markdown, TerminalMarkdown.hasMarks(body) else { return TextWrapper.wrap(body.shownBody, width: width) }
        return TerminalMarkdown.lines(body).flatMap { line in
            line.isCode ? TextWrapper.cut(line.text.shownBody, width: width) : TextWrapper.wrap(line.text.shownBody, width: width)
        }
    }

    /// The first words, on one line; the author's own rather than those that are quoted.
    static func beginning(of post: Post, _ length: Int) -> String { beginning(of: post.body ?? "", post.markup, length) }

    static func beginning(of body: String, _ markup: Markup?, _ length: Int) -> String {
        let start = String(QuotedLines.preview(body, markup).prefix(length))
        let text =
            markup == .markdown && TerminalMarkdown.hasMarks(start)
            ? TerminalMarkdown.lines(start).map(\.text).joined(separator: " ") : start
        return text.oneLine.showingControls()
    }
}
