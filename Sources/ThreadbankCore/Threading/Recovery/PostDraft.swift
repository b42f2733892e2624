// A post while it is being recovered: its lines and what its header says.

struct PostDraft: Sendable {
    var lines: [MergedLine] = []
    var header: HeaderLine?
    var boundary: RecoveredBoundary?
    /// How likely these lines are exactly one post.
    var certainty = 1.0
    /// Columns by which the post is set in.
    var indent: Int
    /// Whether only blank lines part its paragraphs.
    var hasParagraphsOfLines = false

    init(lines: [MergedLine] = [], header: HeaderLine? = nil, boundary: RecoveredBoundary? = nil, indent: Int) {
        self.lines = lines
        self.header = header
        self.boundary = boundary
        self.indent = indent
    }

    /// What the only line states, where it is a tombstone.
    var tombstone: PostState? {
        lines.count == 1 ? Tombstone.state(of: lines[0].line.text) : nil
    }

    /// Of a single line the line itself, so that a long page's text is not held twice.
    var wording: String { lines.count == 1 ? lines[0].line.text : lines.map(\.line.text).joined(separator: "\n") }

    /// The text: a line is a paragraph, but for quotations, lists and code, whose lines stand together.
    var body: String {
        if lines.count == 1 { return lines[0].line.text }
        var body = ""
        let least = lines.map(\.line.indent).min() ?? 0
        for (index, merged) in lines.enumerated() {
            if index > 0 { body += belongTogether(lines[index - 1].line, merged.line, least) ? "\n" : "\n\n" }
            // Code keeps its shape.
            if merged.line.indent - least >= 2 { body += String(repeating: " ", count: min(merged.line.indent - least, 40)) }
            body += merged.line.text
        }
        return body
    }

    private func belongTogether(_ above: PageLine, _ below: PageLine, _ least: Int) -> Bool {
        if below.followsBlank { return false }
        if hasParagraphsOfLines { return true }
        if above.quoteDepth > 0, below.quoteDepth > 0 { return true }
        if above.indent > least, below.indent > least { return true }
        return Continuation.isListItem(above.text) && Continuation.isListItem(below.text)
    }
}
