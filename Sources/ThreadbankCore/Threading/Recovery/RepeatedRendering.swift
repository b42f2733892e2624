// Finds that a page's text stands in it twice: some answers whole, then the page as it is read.

/// Where the second rendering begins, and which lines of the two are the same.
///
/// Copying a page can give its text twice, once with its blocks (list items, links on lines of their own) and once without. The
/// second is taken as the page, since it shows every post in the page's order; the first holds some posts, whole.
struct RepeatedRendering: Sendable, Equatable {
    /// Lines of the first rendering and the lines of the second that say the same. One of the two ranges may be longer than one
    /// line where one rendering joins what the other keeps apart.
    struct Match: Sendable, Equatable {
        var first: Range<Int>
        var second: Range<Int>
    }

    /// The index of the first line of the second rendering.
    var split: Int
    /// In order in both.
    var matches: [Match]

    /// nil where the page stands in its text once.
    ///
    /// Lines that stand exactly twice are anchors; the split is where most of them lie astride it; the longest run of anchors
    /// that keeps its order (patience sorting) is filled up from both ends with equal and joined lines.
    ///
    /// - complexity: O(n log n) in the lines, O(n) in the bytes.
    static func find(in lines: [PageLine]) -> RepeatedRendering? {
        guard lines.count >= 4 else { return nil }
        let texts = lines.map { PageWords.normalised($0.text) }
        let anchors = anchors(texts)
        guard anchors.count >= 2, let split = split(anchors, texts) else { return nil }
        let astride = anchors.filter { $0.first < split && split <= $0.second }
        let chain = LongestAscent.indices(of: astride.map(\.second)).map { astride[$0] }
        guard let last = chain.last, isConvincing(chain, texts, split: split) else { return nil }

        var filler = RenderingFiller(texts: texts, split: split)
        // Short lines at the end of the first rendering are no anchors; they are known by what follows their neighbour's twin.
        filler.extendSplit(behind: last)
        return RepeatedRendering(split: filler.split, matches: filler.fill(chain))
    }

    /// A line and its twin further down.
    struct Anchor: Sendable, Equatable {
        var first: Int
        var second: Int
    }

    /// A line that is long enough not to be said twice by chance.
    static func isTelling(_ text: String) -> Bool { text.utf8.count >= 24 }

    private static func anchors(_ texts: [String]) -> [Anchor] {
        // Positions of each text: the first, the second, and -1 in the second's place where there are more.
        var seen: [String: (first: Int, second: Int?)] = [:]
        for (index, text) in texts.enumerated() where isTelling(text) {
            if let known = seen[text] {
                seen[text] = (known.first, known.second == nil ? index : -1)
            } else {
                seen[text] = (index, nil)
            }
        }
        return seen.values.compactMap { known in
            guard let second = known.second, second >= 0 else { return nil }
            return Anchor(first: known.first, second: second)
        }.sorted { $0.first < $1.first }
    }

    /// The place that the most text lies astride of; the first of equals.
    private static func split(_ anchors: [Anchor], _ texts: [String]) -> Int? {
        var change = [Int](repeating: 0, count: texts.count + 1)
        for anchor in anchors {
            let weight = min(texts[anchor.first].utf8.count, 400)
            change[anchor.first + 1] += weight
            change[anchor.second + 1] -= weight
        }
        var best: (place: Int, weight: Int)?
        var weight = 0
        for place in change.indices {
            weight += change[place]
            if weight > best?.weight ?? 0 { best = (place, weight) }
        }
        return best?.place
    }

    /// Whether the lines above the split are by and large a repetition: a quotation of some earlier lines is not.
    private static func isConvincing(_ chain: [Anchor], _ texts: [String], split: Int) -> Bool {
        guard chain.count >= 2 else { return false }
        let repeated = chain.reduce(0) { $0 + texts[$1.first].utf8.count }
        let all = texts[..<split].reduce(0) { $0 + $1.utf8.count }
        return repeated >= 120 && repeated * 10 >= all * 6
    }
}
