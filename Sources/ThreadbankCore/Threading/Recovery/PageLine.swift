// The lines of a page copied as text: what stands in them, how far they are set in, and whether a gap stands above.

/// One line of a page that is not blank.
public struct PageLine: Sendable, Equatable {
    /// Counted from 1, blank lines too.
    public var number: Int
    /// The line without white space at its ends.
    public var text: String
    /// Columns of white space before the text; a tab reaches to the next multiple of four.
    public var indent: Int
    /// How many `>` stand before the text.
    public var quoteDepth: Int
    /// Whether a blank line stands directly above.
    public var followsBlank: Bool

    /// The lines of a page without the blank ones.
    ///
    /// - complexity: O(n) in the page's bytes.
    public static func lines(of page: [String]) -> [PageLine] {
        var lines: [PageLine] = []
        lines.reserveCapacity(page.count)
        var followsBlank = false
        for (index, raw) in page.enumerated() {
            guard let line = PageLine(raw, number: index + 1, followsBlank: followsBlank) else {
                followsBlank = true
                continue
            }
            lines.append(line)
            followsBlank = false
        }
        return lines
    }

    /// nil where the line is blank.
    init?(_ raw: String, number: Int, followsBlank: Bool) {
        let scalars = raw.unicodeScalars
        var start = scalars.startIndex
        var columns = 0
        while start < scalars.endIndex, PageWords.isSpace(scalars[start]) {
            columns += scalars[start] == "\t" ? 4 - columns % 4 : 1
            scalars.formIndex(after: &start)
        }
        guard start < scalars.endIndex else { return nil }
        var end = scalars.endIndex
        while end > start {
            let before = scalars.index(before: end)
            guard PageWords.isSpace(scalars[before]) else { break }
            end = before
        }
        self.number = number
        text = start == scalars.startIndex && end == scalars.endIndex ? raw : String(scalars[start..<end])
        indent = columns
        quoteDepth = QuoteMarks.depth(of: text)
        self.followsBlank = followsBlank
    }

    /// Whether blank lines part the page's paragraphs, so that a line directly under another goes on with its paragraph: some lines
    /// stand under a blank one, and some do not. Where none or all do, a line is a paragraph.
    static func haveParagraphsOfLines(_ lines: some Collection<PageLine>) -> Bool {
        let parted = lines.reduce(0) { $0 + ($1.followsBlank ? 1 : 0) }
        let joined = lines.count - 1 - parted
        return parted * 12 >= lines.count && joined * 6 >= lines.count
    }
}
