// How the paragraphs of a page are worded, as scores: what the boundary model weighs beside what it sees itself.

/// Log odds of a paragraph by tables of words that posts open, go on and end with.
struct ParagraphScores: Sendable {
    /// That it opens a post, below the paragraph above it.
    var opens = 0.0
    /// That it is a post alone.
    var whole = 0.0
    /// That it is the first of a post's paragraphs.
    var first = 0.0
    /// That it is the last of them.
    var last = 0.0

    /// Those of a page's lines in order; nil where there are no tables, and where they know hardly a word of the page: they were learned from
    /// English, and on other languages they hide boundaries that other cues show.
    static func all(_ lines: [LineCues]) -> [ParagraphScores]? {
        guard RecoveryModel.pair.count > 0 else { return nil }
        var (known, total) = (0, 0)
        let (below, next, pair) = (RecoveryModel.below, RecoveryModel.above, RecoveryModel.pair)
        let (whole, first, last) = (RecoveryModel.whole, RecoveryModel.first, RecoveryModel.last)
        var above: (words: ParagraphWords, score: Double)?
        let scores = lines.map { line in
            let words = ParagraphWords(line)
            var scores = ParagraphScores()
            var asAbove = 0.0
            func add(_ name: String, _ value: [UInt8]) {
                let hash = FeatureWeights.hash(name, value)
                scores.opens += below.weight(of: hash)
                asAbove += next.weight(of: hash)
                scores.whole += whole.weight(of: hash)
                scores.first += first.weight(of: hash)
                scores.last += last.weight(of: hash)
            }
            words.forEach(add)
            total += words.words.count
            known += words.words.count { below.weight(of: FeatureWeights.hash("any", $0)) != 0 }
            if let above {
                scores.opens += above.score
                words.forEach(below: above.words) { scores.opens += pair.weight(of: FeatureWeights.hash($0, $1)) }
            }
            above = (words, asAbove)
            return scores
        }
        return Double(known) >= leastKnown * Double(total) ? scores : nil
    }

    /// The share of a page's words that the tables must know: of 77 English pages they know 0.48 to 0.69, of a German, a Russian and a
    /// Chinese one less than 0.09.
    private static let leastKnown = 0.25

    /// A score as a feature's value.
    static func bucket(_ score: Double) -> Int { limits.firstIndex { score < $0 } ?? limits.count }

    private static let limits = [-2.5, -1.6, -1, -0.65, -0.3, 0, 0.3, 0.65, 1, 1.35, 1.9]
}
