// Quotation marks of mail and Markdown at the head of a line.

/// Lines that begin with `>`.
enum QuoteMarks {
    /// How many `>` stand at the head, with spaces between them or not.
    static func depth(of text: String) -> Int {
        guard text.utf8.first == UInt8(ascii: ">") else { return 0 }
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: ">") { depth += 1 } else if byte != UInt8(ascii: " ") { break }
        }
        return depth
    }

    /// The text behind the marks.
    static func content(of text: String) -> Substring {
        text.drop { $0 == ">" || $0 == " " }
    }
}
