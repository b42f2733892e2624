// What is asked of a line again and again while boundaries are weighed, found out once.

struct LineCues: Sendable {
    let text: String
    /// Bytes of its text.
    let length: Int
    /// Its first words, lower case.
    let words: [String]
    let bag: WordBag
    let opening: Openings.Kind?
    let isQuoted: Bool
    let isListItem: Bool
    let isLink: Bool
    let isCode: Bool
    let isAddendum: Bool
    let asks: Bool
    let first: String
    let last: String
    /// The last word, lower case.
    let lastWord: String?
    let habits: WritingHabits
    let isInFirstPerson: Bool
    let speaksToYou: Bool
    let sentences: Int
    /// The line further up that it repeats, from its first words on.
    let repeated: Int?

    init(_ line: PageLine, repeated: Int?) {
        text = line.text
        length = text.utf8.count
        words = PageWords.words(of: text.prefix(120), limit: 6)
        bag = WordBag([text], limit: 200)
        opening = Openings.kind(of: text)
        isQuoted = line.quoteDepth > 0
        isListItem = Continuation.isListItem(text)
        isLink = MergedPage.isLink(text)
        isCode = Continuation.isCode(text)
        isAddendum = Continuation.isAddendum(text)
        asks = text.utf8.last == UInt8(ascii: "?")
        first = Self.kind(of: text.unicodeScalars.first)
        last = Self.kind(of: text.unicodeScalars.last)
        lastWord = PageWords.words(of: text.suffix(24), limit: 12).last
        habits = WritingHabits(text)
        let opening = PageWords.words(of: text.prefix(600), limit: 80)
        isInFirstPerson = opening.contains { Self.me.contains($0) }
        speaksToYou = opening.contains { PostCues.you.contains($0) }
        sentences = text.utf8.reduce(0) { $0 + ($1 == 0x2E || $1 == 0x21 || $1 == 0x3F ? 1 : 0) }
        self.repeated = repeated
    }

    private static let me: Set<String> = ["i", "my", "me", "im", "ive", "id", "we", "our", "ich", "mein", "я", "мне"]

    /// The cues of a page's lines in order.
    static func all(_ lines: [MergedLine]) -> [LineCues] {
        var said = SaidSentences()
        return lines.enumerated().map { index, merged in
            let repeated = said.line(beginningLike: merged.line.text)
            said.add(merged.line.text, line: index)
            return LineCues(merged.line, repeated: repeated)
        }
    }

    /// A class of characters at an end of a line: the mark itself where it tells something.
    private static func kind(of scalar: Unicode.Scalar?) -> String {
        guard let scalar else { return "none" }
        switch scalar.value {
        case 0x30...0x39: return "digit"
        case 0x41...0x5A: return "upper"
        case 0x61...0x7A: return "lower"
        case 0x20...0x7E: return String(Character(scalar))
        case 0x2018...0x201F: return "quotes"
        case 0x2026: return "…"
        case 0x3002, 0xFF01: return "."
        case 0xFF1F: return "?"
        case 0xFF1A: return ":"
        default:
            let properties = scalar.properties
            if properties.isUppercase { return "upper" }
            if properties.isLowercase { return "lower" }
            return properties.isAlphabetic ? "letter" : "mark"
        }
    }
}

/// The sentences of a page by their first words, to find what a line repeats.
struct SaidSentences {
    private static let least = 5
    private var lineBySentence: [UInt64: Int] = [:]

    /// The latest line in which a sentence begins with the first words of the text; nil for shorter texts.
    func line(beginningLike text: String) -> Int? {
        Self.key(text[...]).flatMap { lineBySentence[$0] }
    }

    mutating func add(_ text: String, line: Int) {
        var rest = text[...]
        for _ in 0..<64 {
            guard let key = Self.key(rest) else { return }
            lineBySentence[key] = line
            guard let end = rest.firstIndex(where: { $0 == "." || $0 == "?" || $0 == "!" }) else { return }
            rest = rest[rest.index(after: end)...]
        }
    }

    private static func key(_ text: Substring) -> UInt64? {
        var count = 0
        var hash: UInt64 = 14_695_981_039_346_656_037
        PageWords.forEachWord(in: text.prefix(160)) { word in
            for byte in word { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            hash = (hash ^ 0x20) &* 1_099_511_628_211
            count += 1
            return count < least
        }
        return count == least ? hash : nil
    }
}
