// Beginnings of words in an archive with stemming: FTS5 stems what is typed before it looks for words that begin so.

internal import GRDB
internal import ThreadbankCore

extension SearchQuery {
    /// The query with each beginning that the stemmer changes (`encry*`, `bus*`) asked for as it was typed, and for the words of its stem;
    /// others stay as they are.
    ///
    /// The stemmer makes `encri` of `encry` and `bu` of `bus`, so FTS5 alone would find neither "encryption" by the one nor anything but noise by
    /// the other. It cannot be told to leave a word alone. But a longer word whose stem is just what was typed (`encryness`) asks for the same.
    func withStemsOfPrefixes(_ db: Database) throws -> SearchQuery {
        let texts = nodes.flatMap(\.innerTexts).filter(\.isPrefix)
        guard !texts.isEmpty, try Archive.Stemming.stored(db) == .english else { return self }
        let stems = try PrefixStems(of: Set(texts.compactMap(\.lastWord)), db)
        return stems.isEmpty
            ? self
            : replacingInside { leaf in
                switch leaf {
                case .text(let text):
                    let both = stems.alternatives(to: text)
                    return both == [text] ? nil : Self.joined(both.map { .text($0) })
                case .near(let texts, let distance):
                    // FTS5 has no alternatives inside of NEAR, so each way to choose among them is a NEAR of its own.
                    var ways: [[SearchText]] = [[]]
                    for text in texts {
                        let both = stems.alternatives(to: text)
                        let choices = ways.count * both.count > Self.mostWays ? [text] : both
                        ways = ways.flatMap { way in choices.map { way + [$0] } }
                    }
                    return ways == [texts] ? nil : Self.joined(ways.map { .near($0, distance: distance) })
                default: return nil
                }
            }
    }

    private static let mostWays = 32

    private static func joined(_ ways: [SearchQuery]) -> SearchQuery { ways.count > 1 ? .or(ways) : ways[0] }

    /// The texts of a leaf.
    private var innerTexts: [SearchText] {
        switch self {
        case .text(let text): [text]
        case .near(let texts, _): texts
        default: []
        }
    }

    /// As ``replacing(_:)``, inside of `thread:{…}` too.
    private func replacingInside(_ replacement: (SearchQuery) -> SearchQuery?) -> SearchQuery {
        replacing { leaf in
            if case .thread(let inner) = leaf { return .thread(inner.replacingInside(replacement)) }
            return replacement(leaf)
        }
    }
}

/// For each beginning that the stemmer changes, what asks for the words that begin so.
private struct PrefixStems {
    private struct Word {
        var text: String
        var isPrefix: Bool
    }

    private var words: [String: [Word]] = [:]

    var isEmpty: Bool { words.isEmpty }

    /// Endings that Porter's algorithm takes away after it has made an `i` of a last `y` (M. F. Porter, 1980, "An algorithm for suffix stripping",
    /// steps 3 and 4); which of them leaves just the beginning depends on how that ends.
    private static let endings = ["", "ness", "ful", "ism", "ment", "ive", "ible", "ance", "ical"]

    init(of typed: Set<String>, _ db: Database) throws {
        // Words of one and two letters are not stemmed.
        let typed = typed.filter { $0.unicodeScalars.count > 2 }.sorted()
        if typed.isEmpty { return }
        let stemmer = try WordTerms(.english)
        let (folded, stems) = (try WordTerms(.none).terms(of: typed), try stemmer.terms(of: typed))
        for (place, word) in typed.enumerated() {
            guard let wanted = folded[place], wanted != stems[place] else { continue }
            if let longer = try Self.word(withStem: wanted, stemmer) {
                words[word] = [Word(text: longer, isPrefix: true)]
            } else {
                // No stem ends in its last letter, a silent `e`, so next to no stem goes on behind it.
                let terms = try String.fetchAll(db, sql: SQL.terms, arguments: [wanted, wanted + "\u{10FFFF}"])
                words[word] = try terms.compactMap { try Self.word(withStem: $0, stemmer) }.map {
                    Word(text: $0, isPrefix: false)
                }
            }
        }
    }

    private static func word(withStem stem: String, _ stemmer: WordTerms) throws -> String? {
        let candidates = endings.map { stem + $0 }
        return zip(candidates, try stemmer.terms(of: candidates)).first { $0.1 == stem }?.0
    }

    /// The text as it is, and where the stemmer changes its beginning, what to ask for instead.
    func alternatives(to text: SearchText) -> [SearchText] {
        guard text.isPrefix, let words = text.lastWord.flatMap({ self.words[$0] }) else { return [text] }
        var whole = text
        whole.isPrefix = false
        return [whole]
            + words.map { word in
                var other = text
                (other.lastWord, other.isPrefix) = (word.text, word.isPrefix)
                return other
            }
    }
}

private enum SQL {
    static let terms = "SELECT term FROM posts_words WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT 100"
}
