// What is asked of a post again and again while parents are weighed, found out once.

struct PostCues: Sendable {
    /// The telling words; none of a tombstone.
    let bag: WordBag
    let mentions: [Mention]
    let state: PostState?
    /// Bytes of its text.
    let length: Int
    /// What its first line opens with.
    let opening: Openings.Kind?
    /// Whether its last paragraph asks something.
    let asks: Bool
    /// Whether it begins by speaking to somebody.
    let speaksToYou: Bool
    /// Lower case.
    let firstWord: String
    let firstIsSmall: Bool
    /// Whether it asks something anywhere.
    let holdsQuestion: Bool
    /// Whether its first words speak of its author.
    let isInFirstPerson: Bool
    /// Whether it speaks to somebody anywhere.
    let saysYou: Bool
    /// Whether one of its first words stands for something said before.
    let pointsBack: Bool
    /// How many words it has, up to 8.
    let words: Int
    let paragraphs: Int
    /// The class of its last character.
    let ends: String

    init(_ post: PostDraft) {
        state = post.tombstone
        bag = state == nil ? WordBag(post.lines.lazy.map(\.line.text)) : WordBag([String]())
        mentions = Mention.all(in: post.lines)
        length = post.lines.reduce(0) { $0 + $1.line.text.utf8.count }
        let first = post.lines.first?.line.text ?? ""
        opening = Openings.kind(of: first)
        let last = post.lines.last?.line.text ?? ""
        asks = last.utf8.count < 600 && Self.holdsQuestionMark(last)
        let words = PageWords.words(of: first.prefix(60), limit: 6)
        speaksToYou = words.contains { Self.you.contains($0) }
        firstWord = words.first ?? ""
        firstIsSmall = first.unicodeScalars.first?.properties.isLowercase == true
        holdsQuestion = post.lines.contains { Self.holdsQuestionMark($0.line.text) }
        (isInFirstPerson, saysYou, pointsBack, self.words) = Self.persons(in: post)
        paragraphs = post.lines.count
        ends = LineCues.kind(of: last.unicodeScalars.last)
    }

    /// Whom a post speaks of in its first words, whether it speaks to somebody, whether it begins with a pronoun for something said
    /// before, and how long it is.
    private static func persons(in post: PostDraft) -> (me: Bool, you: Bool, pointsBack: Bool, words: Int) {
        var found = (me: false, you: false, pointsBack: false, words: 0)
        var count = 0
        for line in post.lines where count < 400 && !(found.you && count >= 12) {
            PageWords.forEachWord(in: line.line.text) { word in
                found.me = found.me || count < 12 && LineCues.me.contains(word)
                found.you = found.you || LineCues.you.contains(word)
                found.pointsBack = found.pointsBack || count < 4 && pronouns.contains(word)
                count += 1
                return count < 400
            }
        }
        found.words = min(count, 8)
        return found
    }

    private static let pronouns = WordSet([
        "it", "that", "they", "he", "she", "this", "those", "them", "thats", "its", "hes", "shes", "theyre", "das", "es", "er",
        "sie",
        "это", "он", "она", "они",
    ])

    /// A question mark, the wide one too. One inside a link asks nothing.
    private static func holdsQuestionMark(_ text: String) -> Bool {
        var index = text.utf8.startIndex
        let bytes = text.utf8
        while let mark = bytes[index...].firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == 0xEF }) {
            let next = bytes.index(after: mark)
            if bytes[mark] == 0xEF {
                if bytes[next...].starts(with: [0xBC, 0x9F]) { return true }
            } else if next == bytes.endIndex || !isLetterOrDigit(bytes[next]) {
                return true
            }
            index = next
        }
        return false
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static let you: Set<String> = ["you", "your", "youre", "du", "sie", "ihr", "ты", "вы", "вас", "tu", "vous"]
}
