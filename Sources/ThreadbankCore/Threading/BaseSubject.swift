// What a subject says behind "Re:", "AW:" and list tags.

/// A subject taken apart, as RFC 5256 does for its base subject, but for words of all languages that mail programs put before it.
///
/// ```swift
/// BaseSubject("[list] AW: Re[2]: bread").text        // "bread"
/// BaseSubject("[list] AW: Re[2]: bread").isReply     // true
/// ```
public struct BaseSubject: Sendable, Equatable {
    /// What is left without tags, words of replies and forwards; the whole subject where nothing would be left.
    public private(set) var text: String
    /// Whether a word of a reply stands before it.
    public private(set) var isReply = false
    /// Whether a word of a forward stands before it.
    public private(set) var isForward = false
    /// Whether it names the subject that it leaves: "new (was: old)".
    public private(set) var isChanged: Bool

    public init(_ subject: String) {
        var rest = Self.trimmed(subject[...])
        while true {
            if let tag = Self.tag(rest) {
                rest = tag
            } else if let (word, behind) = Self.word(rest) {
                if Self.forwards.contains(word) { isForward = true } else { isReply = true }
                rest = behind
            } else {
                break
            }
        }
        text = rest.isEmpty ? String(Self.trimmed(subject[...])) : String(rest)
        isChanged = rest.lowercased().contains("(was") || rest.lowercased().contains("[was")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// What stands behind a tag in brackets at the start; nil where there is none, or nothing behind it.
    private static func tag(_ text: Substring) -> Substring? {
        guard text.first == "[", let end = text.prefix(80).firstIndex(of: "]") else { return nil }
        let behind = trimmed(text[text.index(after: end)...])
        return behind.isEmpty ? nil : behind
    }

    /// A word of a reply or forward with its colon, and what stands behind: `Re:`, `Re[2]:`, `Re^3:`, `Re (4) :`.
    private static func word(_ text: Substring) -> (word: String, behind: Substring)? {
        let word = text.prefix { $0.isLetter }
        guard !word.isEmpty, word.count <= 9 else { return nil }
        var rest = text[word.endIndex...]
        if let open = rest.first, "[(^*".contains(open) {
            let inside = rest.dropFirst()
            let digits = inside.prefix(while: \.isNumber)
            guard !digits.isEmpty else { return nil }
            rest = inside[digits.endIndex...]
            if let close = rest.first, "])".contains(close) { rest = rest.dropFirst() }
        }
        rest = rest.drop { $0 == " " || $0 == "\u{A0}" }
        guard let colon = rest.first, colon == ":" || colon == "：" else { return nil }
        let name = word.lowercased()
        guard replies.contains(name) || forwards.contains(name) else { return nil }
        return (name, trimmed(rest.dropFirst()))
    }

    private static let replies: Set<String> = [
        "re", "aw", "antw", "antwort", "sv", "vs", "odp", "ynt", "yan", "atb", "res", "resp", "rif", "ri", "r", "rép", "rep",
        "vá",
        "bls", "hb", "ref", "ang", "vast", "ats", "отв", "ответ", "на", "відп", "σχετ", "απ", "回复", "回覆", "答复", "答覆", "返信",
        "回信", "回", "답장", "회신", "השב", "رد",
    ]

    private static let forwards: Set<String> = [
        "fw", "fwd", "wg", "tr", "vb", "vl", "vr", "i", "enc", "rv", "doorst", "pd", "ilt", "прв", "пересл", "转发", "轉寄", "转",
        "전달",
    ]
}
