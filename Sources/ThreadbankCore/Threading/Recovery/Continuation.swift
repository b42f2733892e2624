// Whether a paragraph goes on with the post above it, on a page whose paragraphs are wrapped over lines.

/// Cues of a line and the one above it. The weights are rough log odds set by hand: the learned ones know pages of a paragraph a line only.
enum Continuation {
    /// Above 0 where the line rather goes on with the post than opens one.
    static func score(_ line: PageLine, after above: PageLine) -> Double {
        var score = -0.9
        if above.quoteDepth > 0 { score += 3.5 }
        if line.quoteDepth > 0 { score -= 0.6 }
        if isListItem(line.text) { score += isListItem(above.text) ? 3.5 : 2 } else if isListItem(above.text) { score += 1 }
        if MergedPage.isLink(line.text) { score += 1 }
        if isAddendum(line.text) { score += 4 }
        if isCode(line.text) || isCode(above.text) { score += 1 }
        score += endScore(of: above.text)
        if line.text.utf8.last == UInt8(ascii: "?") { score -= 0.6 }
        score += connection(line.text)
        let length = above.text.utf8.count
        if length > 300 { score += 0.5 }
        if length < 160 { score -= 0.3 }
        if line.text.utf8.count < 160 { score -= 0.2 } else if line.text.utf8.count > 300 { score += 0.4 }
        return score
    }

    /// What the end of the line above tells.
    private static func endScore(of text: String) -> Double {
        switch text.utf8.last {
        case UInt8(ascii: ":"): 3.5
        case UInt8(ascii: ","), UInt8(ascii: ";"): 2.5
        case UInt8(ascii: "?"): -0.6
        case .some(0x30...0x39), .some(0x41...0x5A), .some(0x61...0x7A): -0.4
        default: 0
        }
    }

    /// "- item", "* item", "1. item", "a) item".
    static func isListItem(_ text: String) -> Bool {
        let head = text.prefix(5)
        guard let space = head.firstIndex(of: " ") else { return false }
        let mark = head[..<space]
        if ["-", "*", "+", "•", "–", "◦", "‣"].contains(mark) { return true }
        guard let last = mark.last, last == "." || last == ")", mark.count > 1 else { return false }
        return mark.dropLast().allSatisfy { $0.isASCII && $0.isNumber } || mark.count == 2 && mark.first!.isLetter && last == ")"
    }

    /// "Edit:", "PS", "TL;DR", "Source:": words that stand under a text by the same hand.
    static func isAddendum(_ text: String) -> Bool {
        let head = text.prefix(14).lowercased().drop { "*_([~#".contains($0) }
        return [
            "edit:", "edit ", "edit1", "edit2", "edit-", "edited", "update:", "ps:", "ps.", "p.s", "tl;dr", "tldr", "source:",
            "sources:", "eta:", "---",
        ]
        .contains { head.hasPrefix($0) }
    }

    /// Braces, semicolons, tags: a line of a program.
    static func isCode(_ text: String) -> Bool {
        guard let last = text.utf8.last, let first = text.utf8.first else { return false }
        switch last {
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"): return true
        default: return first == UInt8(ascii: "#") && text.hasPrefix("#include") || text.hasPrefix("//") || text.hasPrefix("```")
        }
    }

    /// Words with which a paragraph takes up the one above.
    private static func connection(_ text: String) -> Double {
        guard let first = PageWords.words(of: text.prefix(40), limit: 1).first else { return 0 }
        return connectives.contains(first) ? 0.8 : 0
    }

    private static let connectives: Set<String> = [
        "also", "because", "however", "anyway", "anyways", "additionally", "furthermore", "moreover", "finally", "secondly",
        "second",
        "lastly",
        "besides", "another", "then", "now", "similarly", "overall", "basically", "of", "in", "again", "therefore", "thus",
        "hence",
        "außerdem", "jedoch", "также", "поэтому",
    ]
}
