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
    }

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
