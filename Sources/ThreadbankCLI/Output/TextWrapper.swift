// Breaks long lines for reading: between words, by display columns, and never inside a URL.

/// Wraps text to a number of columns. The text holds no control characters but line breaks.
enum TextWrapper {
    /// The lines of `text`, each broken where it is wider than `width`. A line that fits stays as it is, its spaces too; what is carried
    /// over hangs below the text of its line, behind the same `>` marks. Only a URL may stick out.
    static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for bytes in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = Substring(bytes)
            // Every column takes a byte at least.
            if bytes.count <= width {
                lines.append(String(line))
            } else if let plain = PlainFiller.fill(line, width: width) {
                lines += plain
            } else if String(line).displayWidth <= width {
                lines.append(String(line))
            } else {
                var filler = Filler(line, width: width)
                lines += filler.fill()
            }
        }
        return lines
    }

    /// The lines of a text whose spaces count, code say: each is cut where the width ends, and nothing is moved.
    static func cut(_ text: String, width: Int) -> [String] {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).flatMap { bytes -> [String] in
            let line = String(Substring(bytes))
            if bytes.count <= width || line.displayWidth <= width { return [line] }
            var (lines, column) = ([""], 0)
            for character in line {
                let columns = character.displayWidth
                if column > 0, column + columns > width {
                    lines.append("")
                    column = 0
                }
                lines[lines.count - 1].append(character)
                column += columns
            }
            return lines
        }
    }
}

/// The common case, by bytes: ASCII words with single spaces between them, none wider than a line, and nothing to hang below.
private enum PlainFiller {
    /// nil where the line is not of that kind.
    static func fill(_ line: Substring, width: Int) -> [String]? {
        let bytes = line.utf8
        guard let first = bytes.first, first != 0x3E, !(0x28...0x39).contains(first) else { return nil }
        var lines: [String] = []
        var (start, lastSpace) = (bytes.startIndex, bytes.endIndex)
        var (column, sinceSpace) = (0, 0)
        var before: UInt8 = 0x20
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x7F || byte == 0x20 && before == 0x20 { return nil }
            before = byte
            if byte == 0x20 { (lastSpace, sinceSpace) = (index, 0) } else { sinceSpace += 1 }
            column += 1
            if column > width, byte != 0x20 {
                guard lastSpace != bytes.endIndex, sinceSpace <= width else { return nil }
                lines.append(String(line[start..<lastSpace]))
                (start, lastSpace) = (bytes.index(after: lastSpace), bytes.endIndex)
                column = sinceSpace
            }
        }
        guard before != 0x20 else { return nil }
        return lines + [String(line[start...])]
    }
}

/// Fills lines with the words of one line that is too wide.
private struct Filler {
    private let line: Substring
    private let width: Int
    /// What stands before the first word, and before what is carried over.
    private let hang: String
    private var lines: [String] = []
    private var current: String
    private var column: Int
    /// Whether the current line has no word yet.
    private var isFresh = true

    init(_ line: Substring, width: Int) {
        let lead = line.prefix { $0 == " " || $0 == ">" }
        self.width = width
        let fits = lead.count <= width / 2
        self.line = line.dropFirst(lead.count)
        self.current = fits ? String(lead) : ""
        self.column = fits ? lead.count : 0
        let marker = Self.listMarker(self.line)
        self.hang = current + String(repeating: " ", count: column + marker < width / 2 ? marker : 0)
    }

    /// The columns of `- `, `* `, `+ ` or `12. ` at the beginning of a line; 0 where there is none.
    private static func listMarker(_ line: Substring) -> Int {
        let digits = line.prefix { $0.isASCII && $0.isNumber }.count
        let rest = line.dropFirst(digits)
        guard let mark = rest.first, rest.dropFirst().first == " " else { return 0 }
        if digits == 0 { return "-*+".contains(mark) ? 2 : 0 }
        return digits <= 3 && ".)".contains(mark) ? digits + 2 : 0
    }

    mutating func fill() -> [String] {
        for word in line.split(separator: " ") {
            let word = String(word)
            let columns = word.displayWidth
            if !isFresh, column + 1 + columns <= width {
                append(" " + word, columns + 1)
            } else if hang.count + columns <= width {
                if !isFresh { carryOver() }
                append(word, columns)
            } else {
                split(word)
            }
        }
        lines.append(current)
        return lines
    }

    /// A word that is wider than a whole line: its URLs stay whole, the rest is cut between characters.
    private mutating func split(_ word: String) {
        var rest = word[...]
        var isFirst = true
        while !rest.isEmpty {
            let url = rest.urlRange
            let before = rest[..<(url?.lowerBound ?? rest.endIndex)]
            if isFirst, !isFresh {
                if column + 2 <= width, !before.isEmpty { append(" ", 1) } else { carryOver() }
            }
            isFirst = false
            for character in before {
                let columns = character.displayWidth
                if !isFresh, column + columns > width { carryOver() }
                append(String(character), columns)
            }
            guard let url else { return }
            let text = String(rest[url])
            let columns = text.displayWidth
            if !isFresh, column + columns > width { carryOver() }
            append(text, columns)
            rest = rest[url.upperBound...]
        }
    }

    private mutating func append(_ text: String, _ columns: Int) {
        current += text
        column += columns
        isFresh = false
    }

    private mutating func carryOver() {
        lines.append(current)
        current = hang
        column = hang.count
        isFresh = true
    }
}

extension Substring {
    /// The first `scheme://…` of a text without spaces; it ends before brackets, quotation marks and CJK punctuation.
    fileprivate var urlRange: Range<Index>? {
        guard let colon = firstRange(of: "://") else { return nil }
        let scheme = self[..<colon.lowerBound].reversed().prefix { $0.isASCII && $0.isLetter }.count
        guard scheme > 0 else { return nil }
        let start = index(colon.lowerBound, offsetBy: -scheme)
        return start..<(self[colon.upperBound...].firstIndex { "<>\"、。，！？；：（）「」『』【】《》".contains($0) } ?? endIndex)
    }
}
