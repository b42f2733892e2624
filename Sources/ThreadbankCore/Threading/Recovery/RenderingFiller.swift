// Fills the gaps between the anchors of two renderings: short lines, lines that one of them joins.

/// Grows runs of equal lines from a chain of anchors.
struct RenderingFiller {
    let texts: [String]
    private(set) var split: Int

    /// Moves the split down over lines that go on where the last anchor's twin goes on.
    mutating func extendSplit(behind last: RepeatedRendering.Anchor) {
        var first = last.first + 1
        var second = last.second + 1
        while let match = match(first, second, firstEnd: last.second, secondEnd: texts.count) {
            first = match.first.upperBound
            second = match.second.upperBound
        }
        split = max(split, first)
    }

    /// All matches in order, anchors and what lies between them.
    func fill(_ chain: [RepeatedRendering.Anchor]) -> [RepeatedRendering.Match] {
        var matches: [RepeatedRendering.Match] = []
        var first = 0
        var second = split
        for anchor in chain {
            fillGap(first..<anchor.first, second..<anchor.second, into: &matches)
            matches.append(.init(first: anchor.first..<anchor.first + 1, second: anchor.second..<anchor.second + 1))
            first = anchor.first + 1
            second = anchor.second + 1
        }
        fillGap(first..<split, second..<texts.count, into: &matches)
        return matches
    }

    private func fillGap(_ first: Range<Int>, _ second: Range<Int>, into matches: inout [RepeatedRendering.Match]) {
        guard !first.isEmpty, !second.isEmpty else { return }
        var a = first.lowerBound
        var b = second.lowerBound
        // On from the anchor above.
        while let match = match(a, b, firstEnd: first.upperBound, secondEnd: second.upperBound) {
            matches.append(match)
            a = match.first.upperBound
            b = match.second.upperBound
        }
        // Back from the anchor below.
        var fromBelow: [RepeatedRendering.Match] = []
        var aEnd = first.upperBound
        var bEnd = second.upperBound
        while aEnd > a, bEnd > b, second.upperBound < texts.count, texts[aEnd - 1] == texts[bEnd - 1] {
            aEnd -= 1
            bEnd -= 1
            fromBelow.append(.init(first: aEnd..<aEnd + 1, second: bEnd..<bEnd + 1))
        }
        // In the middle, where it is small: in order, each line of the first at its next place in the second.
        if (aEnd - a) <= 64, (bEnd - b) <= 64 {
            while a < aEnd {
                let found = (b..<bEnd).lazy.compactMap { match(a, $0, firstEnd: aEnd, secondEnd: bEnd) }.first
                if let found {
                    matches.append(found)
                    b = found.second.upperBound
                }
                a = found?.first.upperBound ?? a + 1
            }
        }
        matches.append(contentsOf: fromBelow.reversed())
    }

    /// The match that begins at both lines: equal ones, or one that joins several of the other rendering.
    private func match(_ a: Int, _ b: Int, firstEnd: Int, secondEnd: Int) -> RepeatedRendering.Match? {
        guard a < firstEnd, b < secondEnd else { return nil }
        if texts[a] == texts[b] { return .init(first: a..<a + 1, second: b..<b + 1) }
        if let end = joined(texts[b], from: a, to: firstEnd) { return .init(first: a..<end, second: b..<b + 1) }
        if let end = joined(texts[a], from: b, to: secondEnd) { return .init(first: a..<a + 1, second: b..<end) }
        return nil
    }

    /// The end of the lines from `start` on that make up `whole` when joined by spaces; nil where they do not.
    private func joined(_ whole: String, from start: Int, to end: Int) -> Int? {
        guard RepeatedRendering.isTelling(texts[start]) || texts[start].utf8.count * 2 >= whole.utf8.count else { return nil }
        var rest = Substring(whole).utf8
        var next = start
        while next < end, !rest.isEmpty, rest.starts(with: texts[next].utf8) {
            rest = rest.dropFirst(texts[next].utf8.count)
            rest = rest.drop { $0 == 0x20 }
            next += 1
        }
        return rest.isEmpty && next > start + 1 ? next : nil
    }
}
