// Queries that nobody would type, and some that people would.

/// Makes texts of the query language, whole and broken.
public struct RandomQueries: Sendable {
    /// Words to search for; short lists make for many hits.
    public let words: [String]
    /// Whole field terms, `author:ann` say.
    public let fields: [String]

    public init(words: [String], fields: [String]) {
        self.words = words
        self.fields = fields
    }

    /// A query of the grammar, about `size` terms long.
    public func query(size: Int, using random: inout SeededGenerator) -> String {
        guard size > 1 else { return term(using: &random) }
        let left = Int.random(in: 1..<size, using: &random)
        let sides = [query(size: left, using: &random), query(size: size - left, using: &random)]
        let joint = [" ", " ", " AND ", " OR ", " OR ", " NOT ", " -"].randomElement(using: &random)!
        let text = joint == " -" ? "\(sides[0]) -(\(sides[1]))" : sides.joined(separator: joint)
        return Int.random(in: 0..<3, using: &random) == 0 ? "(\(text))" : text
    }

    /// The query with some characters left out, doubled, moved or put in.
    public func mutated(_ query: String, using random: inout SeededGenerator) -> String {
        var scalars = Array(query.unicodeScalars)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < scalars.count: scalars.remove(at: place)
            case 1 where place < scalars.count: scalars.swapAt(place, Int.random(in: 0..<scalars.count, using: &random))
            case 2: scalars.insert(contentsOf: words.randomElement(using: &random)!.unicodeScalars, at: place)
            default: scalars.insert(Self.odd.randomElement(using: &random)!, at: place)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private func term(using random: inout SeededGenerator) -> String {
        let word = words.randomElement(using: &random)!
        let other = words.randomElement(using: &random)!
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return "\"\(word) \(other)\""
        case 1: return "\(word)-\(other)"
        case 2: return "\(word.prefix(2))*"
        case 3: return "-\(word)"
        case 4: return "\(word) NEAR/\(Int.random(in: 0...4, using: &random)) \(other)"
        case 5: return "title:\(word)"
        case 6, 7: return fields.randomElement(using: &random) ?? word
        case 8: return "-" + (fields.randomElement(using: &random) ?? word)
        case 9: return "thread:{\(word) \(fields.randomElement(using: &random) ?? other)}"
        case 10: return "\(["own", "quoted"].randomElement(using: &random)!):\(word)"
        default: return word
        }
    }

    private static let odd = Array("\"()*-:+^{}'.,;!? \u{0}\u{1}\n\t~|&%\\/<>=#@é中ไ\u{301}\u{200B}“”😀".unicodeScalars)
}
