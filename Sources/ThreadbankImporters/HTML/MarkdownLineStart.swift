// What Markdown takes for a block at the start of a line.

enum MarkdownLineStart {
    /// Where a backslash must go so that the line is text; nil where it is. The line's characters are escaped but for this.
    ///
    /// - parameter isTyped: whether quotes and lists are meant as such.
    static func place(in line: [UInt8], isFirst: Bool, isTyped: Bool) -> Int? {
        guard let first = line.first else { return nil }
        switch first {
        case UInt8(ascii: "#"):
            let count = line.prefix { $0 == first }.count
            return count <= 6 && isEnd(line, count) ? 0 : nil
        case UInt8(ascii: ">"): return isTyped ? nil : 0
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "="):
            if isRule(line, isFirst: isFirst) || !isFirst && isRow(line) { return 0 }
            return first != UInt8(ascii: "_") && first != UInt8(ascii: "=") && isEnd(line, 1) && !isTyped ? 0 : nil
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let count = line.prefix { (0x30...0x39).contains($0) }.count
            guard count <= 9, count < line.count, line[count] == UInt8(ascii: ".") || line[count] == UInt8(ascii: ")") else {
                return nil
            }
            return isEnd(line, count + 1) && !isTyped ? count : nil
        case UInt8(ascii: "`"):
            let count = line.prefix { $0 == first }.count
            return count >= 3 && !line[count...].contains(first) ? 0 : nil
        case UInt8(ascii: "~"): return line.starts(with: "~~~".utf8) ? 0 : nil
        case UInt8(ascii: "["):
            // A definition is not shown.
            guard let end = line.firstIndex(of: UInt8(ascii: "]")), end + 1 < line.count else { return nil }
            return line[end + 1] == UInt8(ascii: ":") ? 0 : nil
        case UInt8(ascii: "|"), UInt8(ascii: ":"): return !isFirst && isRow(line) ? 0 : nil
        default: return nil
        }
    }

    private static func isEnd(_ line: [UInt8], _ place: Int) -> Bool { place >= line.count || line[place] == 0x20 }

    /// A rule, or what makes a heading of the line above.
    private static func isRule(_ line: [UInt8], isFirst: Bool) -> Bool {
        let first = line[0]
        let text = line.filter { $0 != 0x20 }
        guard text.allSatisfy({ $0 == first }) else { return false }
        switch first {
        case UInt8(ascii: "="): return !isFirst
        case UInt8(ascii: "-"): return text.count >= 3 || !isFirst
        case UInt8(ascii: "+"): return false
        default: return text.count >= 3
        }
    }

    /// The line below a table's head.
    private static func isRow(_ line: [UInt8]) -> Bool {
        line.contains(UInt8(ascii: "-")) && line.allSatisfy { "-:| ".utf8.contains($0) }
    }
}
