// Knows the posts of a page again in a later copy of it, so that a post keeps its key when neighbours come or when it is deleted.

/// Aligns two copies of one page, both in page order.
///
/// Texts that stand once in both are anchors; the longest run of anchors in the same order holds (patience diff). Between anchors equal
/// texts are aligned in order, then what is left: a present post and a tombstone where each stands alone in the same spot, and
/// texts that share most of their words.
///
/// - complexity: O((n + m) log (n + m)), and at most 64 × 64 comparisons in a gap between anchors.
public enum PageAlignment {
    /// One post of a copy.
    public struct Entry: Sendable {
        /// nil for a tombstone.
        public var text: String?

        public init(text: String?) { self.text = text }
    }

    /// For each of `incoming`, the index in `stored` of the same post; nil where it is new. Each stored index is used at most once,
    /// and the indices ascend.
    public static func match(stored: [Entry], incoming: [Entry]) -> [Int?] {
        var ids: [String: Int] = [:]
        func identified(_ entry: Entry) -> Int {
            // Tombstones are equal to each other and to no text.
            guard let text = entry.text else { return -1 }
            let key = PageWords.normalised(text)
            let id = ids[key] ?? ids.count
            ids[key] = id
            return id
        }
        var gaps = AlignmentGaps(
            stored: stored.map(identified), incoming: incoming.map(identified), storedTexts: stored.map(\.text),
            incomingTexts: incoming.map(\.text))
        var nextStored = 0
        var nextIncoming = 0
        for anchor in anchors(gaps.stored, gaps.incoming, texts: ids.count) {
            gaps.align(nextStored..<anchor.stored, nextIncoming..<anchor.incoming)
            gaps.matches[anchor.incoming] = anchor.stored
            nextStored = anchor.stored + 1
            nextIncoming = anchor.incoming + 1
        }
        gaps.align(nextStored..<stored.count, nextIncoming..<incoming.count)
        return gaps.matches
    }

    /// Texts that stand once in both, the longest run of them that ascends in both.
    private static func anchors(_ stored: [Int], _ incoming: [Int], texts: Int) -> [(stored: Int, incoming: Int)] {
        // Where each text stands: -1 nowhere yet, -2 more than once.
        func places(_ ids: [Int]) -> [Int] {
            var places = [Int](repeating: -1, count: texts)
            for (index, id) in ids.enumerated() where id >= 0 { places[id] = places[id] == -1 ? index : -2 }
            return places
        }
        let inStored = places(stored)
        let inIncoming = places(incoming)
        let unique = incoming.enumerated().compactMap { index, id -> (stored: Int, incoming: Int)? in
            guard id >= 0, inIncoming[id] == index, inStored[id] >= 0 else { return nil }
            return (inStored[id], index)
        }
        return LongestAscent.indices(of: unique.map(\.stored)).map { unique[$0] }
    }
}
