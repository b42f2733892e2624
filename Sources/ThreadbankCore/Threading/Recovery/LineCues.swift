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
        words = PageWords.words(of: PageWords.head(text, bytes: 160), limit: 6)
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
        lastWord = PageWords.words(of: PageWords.tail(text, bytes: 48)).last
        habits = WritingHabits(text)
        (isInFirstPerson, speaksToYou) = Self.persons(in: text)
        sentences = text.utf8.reduce(0) { $0 + ($1 == 0x2E || $1 == 0x21 || $1 == 0x3F ? 1 : 0) }
        self.repeated = repeated
    }

    static let me = WordSet(["i", "my", "me", "im", "ive", "id", "we", "our", "ich", "mein", "я", "мне"])
    static let you = WordSet(PostCues.you)

    /// Whether one of the first words speaks of its author, or to the reader.
    private static func persons(in text: String) -> (me: Bool, you: Bool) {
        var found = (me: false, you: false)
        var left = 80
        PageWords.forEachWord(in: text) { word in
            // None of these is longer.
            if word.count <= 8 {
                found.me = found.me || me.contains(word)
                found.you = found.you || you.contains(word)
            }
            left -= 1
            return left > 0 && !(found.me && found.you)
        }
        return found
    }

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
    static func kind(of scalar: Unicode.Scalar?) -> String {
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
    /// Bytes of words after which no more are read.
    private static let longest = 240
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
            let bytes = rest.utf8
            guard let end = bytes.firstIndex(where: { $0 == 0x2E || $0 == 0x3F || $0 == 0x21 }) else { return }
            rest = rest[bytes.index(after: end)...]
        }
    }

    private static func key(_ text: Substring) -> UInt64? {
        var count = 0
        var bytes = 0
        var hash: UInt64 = 14_695_981_039_346_656_037
        PageWords.forEachWord(in: text) { word in
            for byte in word { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            hash = (hash ^ 0x20) &* 1_099_511_628_211
            count += 1
            bytes += word.count
            return count < least && bytes < longest
        }
        return count == least ? hash : nil
    }
}
