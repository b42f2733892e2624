// Whether a line goes on with the post above it, on a page that shows no boundaries.

/// Cues of a line and the one above it. The weights are rough log odds set by hand; learned ones have their room here.
enum Continuation {
    /// Above 0 where the line rather goes on with the post than opens one.
    static func score(_ line: PageLine, after above: PageLine) -> Double {
        var score = -0.9
        let last = above.text.utf8.last
        if last == UInt8(ascii: ":") { score += 4 }
        if above.quoteDepth > 0 { score += 4 }
        if line.quoteDepth > 0 { score -= 0.6 }
        if isListItem(line.text) { score += isListItem(above.text) || last == UInt8(ascii: ":") ? 3 : 1.5 }
        if MergedPage.isLink(line.text) { score += 1.3 }
        if isAddendum(line.text) { score += 5 }
        if isCode(line.text) || isCode(above.text) { score += 2.5 }
        if last == UInt8(ascii: ",") || last == UInt8(ascii: ";") { score += 1.5 }
        if goesOn(line.text) { score += 0.7 }
        let length = above.text.utf8.count
        if length > 300 { score += 0.5 }
        if length < 60 { score -= 0.3 }
        if line.text.utf8.count > 200 { score += 0.2 }
        return score
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
    private static func goesOn(_ text: String) -> Bool {
        guard let first = PageWords.words(of: text.prefix(40), limit: 1).first else { return false }
        return connectives.contains(first)
    }

    private static let connectives: Set<String> = [
        "also", "however", "anyway", "anyways", "additionally", "furthermore", "moreover", "finally", "secondly", "second",
        "lastly",
        "besides", "another", "then", "now", "similarly", "overall", "basically", "of", "in", "again", "therefore", "thus",
        "hence",
        "außerdem", "jedoch", "также", "поэтому",
    ]
}
