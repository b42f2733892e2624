// Markdown as people read it on a terminal: escapes and entities undone, code left as it stands, an address said once.

internal import ThreadbankCore

/// Takes from Markdown (CommonMark 0.31) what is there for a program alone, line by line. Emphasis, headings and lists stay as they were
/// typed: they read well.
///
/// ```
/// a\_b &amp; [https://a.example](https://a.example)   →   a_b & https://a.example
/// ```
///
/// What comes out may hold any character, control characters too: show it by `shownBody`.
enum TerminalMarkdown {
    struct Line: Equatable {
        var text: String
        /// A line of a code block: its spaces count.
        var isCode = false
    }

    /// Whether anything in a text could change; most have nothing.
    static func hasMarks(_ text: String) -> Bool {
        var spaces = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "&"), UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "["),
                UInt8(ascii: "<"), 0x09:
                return true
            case 0x20:
                spaces += 1
                if spaces == 4 { return true }
            default: spaces = 0
            }
        }
        return false
    }

    static func lines(_ text: String) -> [Line] {
        var blocks = CodeBlocks()
        return text.replacing("\r\n", with: "\n").utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { bytes in
            let line = String(Substring(bytes))
            return blocks.holds(line) ? Line(text: withoutTabs(line), isCode: true) : Line(text: MarkdownInline.shown(line))
        }
    }

    /// Tabs reach to the next column that four divides.
    private static func withoutTabs(_ line: String) -> String {
        guard line.utf8.contains(0x09) else { return line }
        return line.reduce(into: "") { text, character in
            if character == "\t" {
                text += String(repeating: " ", count: 4 - text.count % 4)
            } else {
                text.append(character)
            }
        }
    }
}

/// Tells which lines are code: those between fences, and those indented by four columns behind an empty line.
private struct CodeBlocks {
    private var fence: (mark: Character, count: Int, quotes: Int)?
    private var isIndented = false
    private var isBehindBlank = true
    private var isInList = false

    mutating func holds(_ line: String) -> Bool {
        let lead = line.prefix { $0 == " " || $0 == ">" }
        let quotes = lead.count { $0 == ">" }
        let text = line.dropFirst(lead.count)
        if let open = fence {
            // A quotation that ends takes its code with it.
            if quotes < open.quotes {
                fence = nil
            } else {
                let run = text.prefix { $0 == open.mark }.count
                if run >= open.count, text.dropFirst(run).allSatisfy(\.isWhitespace) { fence = nil }
                return true
            }
        }
        if let mark = text.first, mark == "`" || mark == "~" {
            let run = text.prefix { $0 == mark }.count
            if run >= 3, mark == "~" || !text.dropFirst(run).contains("`") {
                fence = (mark, run, quotes)
                isIndented = false
                return true
            }
        }
        return holdsIndented(line)
    }

    private mutating func holdsIndented(_ line: String) -> Bool {
        if line.allSatisfy(\.isWhitespace) {
            isBehindBlank = true
            return isIndented
        }
        var indent = 0
        for character in line {
            guard character == " " || character == "\t" else { break }
            indent += character == "\t" ? 4 - indent % 4 : 1
        }
        isIndented = indent >= (isInList ? 8 : 4) && (isBehindBlank || isIndented)
        isBehindBlank = false
        if !isIndented, indent < 4 {
            let text = line.dropFirst(indent)
            let digits = text.prefix { $0.isASCII && $0.isNumber }.count
            let mark = text.dropFirst(digits).prefix(2)
            let isItem = digits == 0 ? ["- ", "* ", "+ "].contains(mark) : digits < 10 && [". ", ") "].contains(mark)
            if isItem { isInList = true } else if indent == 0 { isInList = false }
        }
        return isIndented
    }
}
