// The subject of a mail without what mail programs put around it.

/// The base subject of RFC 5256, section 2.1, and whether anything was taken off that says "this answers".
///
/// Taken off, as often as they stand there: `Re:`, `Fwd:` and what they are in other languages and programs (`AW:`, `SV:`, `RE[2]:`,
/// `回复：`), a list's `[name]` before other words, `(fwd)` at the end, and `[fwd: …]` around the whole. Case is kept; compare ``folded``.
public struct BaseSubject: Sendable, Equatable {
    /// What is left, its white space made single spaces.
    public let text: String
    /// Whether an answer's or a forward's mark was taken off.
    public let isReply: Bool

    /// For comparing: case does not count.
    public var folded: String { text.lowercased() }

    public init(_ subject: String) {
        var rest = Self.spaced(subject)
        var isReply = false
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            if let cut = Self.withoutForwardEnd(rest) {
                (rest, isReply, hasChanged) = (cut, true, true)
            }
            if let cut = Self.withoutMark(rest) {
                (rest, isReply, hasChanged) = (cut, true, true)
            } else if let cut = Self.withoutBlob(rest), !cut.isEmpty {
                (rest, hasChanged) = (cut, true)
            }
            if let cut = Self.withoutForwardBrackets(rest) {
                (rest, isReply, hasChanged) = (cut, true, true)
            }
        }
        text = String(rest)
        self.isReply = isReply
    }

    /// The subject without the answer's marks at its start; what else a list or a person put there stays: `[PATCH 1/2] …`.
    public static func withoutMarks(_ subject: String) -> String {
        var rest = Self.spaced(subject)
        while let cut = withoutMark(rest) ?? withoutBlob(rest).flatMap(withoutMark) { rest = cut }
        return String(rest)
    }

    /// White space made single spaces, none at the ends.
    private static func spaced(_ subject: String) -> Substring {
        // Nearly all are so already, and asking bytes is quicker than asking characters.
        var last: UInt8 = 0x20
        let isSpaced = subject.utf8.allSatisfy { byte in
            defer { last = byte }
            return byte > 0x20 && byte < 0x7F || byte == 0x20 && last != 0x20
        }
        if isSpaced, last != 0x20 { return Substring(subject) }
        return Substring(subject.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// Lower case. RFC 5256 knows the first three; the others are what mail programs write in Danish, Dutch, Finnish, French, German,
    /// Hungarian, Italian, Norwegian, Polish, Portuguese, Romanian, Spanish, Swedish, Turkish, Welsh and Chinese.
    private static let marks: Set<String> = [
        "re", "fwd", "fw", "aw", "wg", "antw", "antwort", "sv", "vs", "vl", "vb", "vá", "továbbítás", "ref", "rif", "r", "i",
        "odp", "pd",
        "res", "enc", "rv", "ynt", "ilt", "atb", "tr", "doorst", "回复", "答复", "转发", "回覆", "轉寄",
    ]

    /// `Re: `, `Re[2]: `, `RE^3: `, `Re [list]: `: a mark, perhaps a count or a list's name, and a colon.
    private static func withoutMark(_ text: Substring) -> Substring? {
        // Most subjects hold no colon, and asking bytes is quicker than asking characters; 0xEF begins the wide one.
        let bytes = text.utf8
        guard let found = bytes.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else { return nil }
        let upTo = bytes[...found]
        let isPlain = upTo.count < 64 && upTo.allSatisfy { $0 < 0x80 } && bytes[found...].dropFirst().first ?? 0 < 0x80
        guard let colon = isPlain ? found : text.prefix(64).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        var mark = text[..<colon]
        if mark.last == "]", let bracket = mark.firstIndex(of: "[") { mark = mark[..<bracket] }
        if let count = mark.lastIndex(of: "^"), mark[count...].dropFirst().allSatisfy(\.isNumber) { mark = mark[..<count] }
        while mark.last == " " { mark.removeLast() }
        guard marks.contains(mark.lowercased()) else { return nil }
        // One letter alone is as often an abbreviation; only its capital with a space behind the colon is Italian for an answer.
        let rest = text[text.index(after: colon)...]
        if mark.count == 1, mark.first?.isUppercase != true || rest.first != " " { return nil }
        return rest.drop { $0 == " " }
    }

    /// `[name] ` at the start, where something stands behind it.
    private static func withoutBlob(_ text: Substring) -> Substring? {
        guard text.utf8.first == UInt8(ascii: "["), text.first == "[", let end = text.firstIndex(of: "]"),
            !text[text.index(after: text.startIndex)..<end].contains("[")
        else {
            return nil
        }
        return text[text.index(after: end)...].drop { $0 == " " }
    }

    private static func withoutForwardEnd(_ text: Substring) -> Substring? {
        guard text.utf8.last == UInt8(ascii: ")"), text.suffix(5).lowercased() == "(fwd)" else { return nil }
        var rest = text.dropLast(5)
        while rest.last == " " { rest.removeLast() }
        return rest
    }

    private static func withoutForwardBrackets(_ text: Substring) -> Substring? {
        guard text.utf8.last == UInt8(ascii: "]"), text.last == "]", text.prefix(5).lowercased() == "[fwd:" else { return nil }
        return text.dropFirst(5).dropLast().drop { $0 == " " }
    }
}
