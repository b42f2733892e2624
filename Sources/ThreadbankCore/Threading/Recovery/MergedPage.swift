// The page's lines with both renderings merged: every paragraph once, in the page's order.

/// A line of the merged page, and in which renderings it stands.
struct MergedLine: Sendable, Equatable {
    enum Standing: Sendable, Equatable {
        /// The page has one rendering only.
        case once
        case both
        /// Only in the first: a list item, say, that the second leaves out.
        case first
        /// Only in the second.
        case second
    }

    var line: PageLine
    var standing: Standing
    /// Numbers of further lines that say the same.
    var repeats: [Int] = []
}

enum MergedPage {
    /// - complexity: O(n) beyond finding the renderings.
    static func lines(of page: [PageLine]) -> [MergedLine] {
        guard let rendering = RepeatedRendering.find(in: page) else { return page.map { MergedLine(line: $0, standing: .once) } }
        return merge(page, rendering)
    }

    static func merge(_ page: [PageLine], _ rendering: RepeatedRendering) -> [MergedLine] {
        var merged: [MergedLine] = []
        merged.reserveCapacity(page.count - rendering.split)
        // Lines of the first that are told elsewhere in the second, though not in its order.
        var later: [String: Int] = [:]
        for index in rendering.split..<page.count {
            let text = PageWords.normalised(page[index].text)
            if RepeatedRendering.isTelling(text), later[text] == nil { later[text] = index }
        }
        var strayRepeats: [Int: [Int]] = [:]
        var emitted: [Int: Int] = [:]

        func addOnlyInFirst(_ range: Range<Int>) {
            for index in range {
                if let twin = later[PageWords.normalised(page[index].text)] {
                    strayRepeats[twin, default: []].append(page[index].number)
                } else {
                    merged.append(MergedLine(line: page[index], standing: .first))
                }
            }
        }
        func addOnlyInSecond(_ range: Range<Int>) {
            for index in range {
                emitted[index] = merged.count
                merged.append(MergedLine(line: page[index], standing: .second))
            }
        }

        var first = 0
        var second = rendering.split
        for (index, match) in rendering.matches.enumerated() {
            if index == 0 {
                addOnlyInSecond(second..<match.second.lowerBound)
                addOnlyInFirst(first..<match.first.lowerBound)
            } else {
                // What only the first has goes on from the line above: it stands directly under it there.
                addOnlyInFirst(first..<match.first.lowerBound)
                addOnlyInSecond(second..<match.second.lowerBound)
            }
            for index in match.second { emitted[index] = merged.count }
            merged += lines(of: match, page)
            first = match.first.upperBound
            second = match.second.upperBound
        }
        addOnlyInFirst(first..<rendering.split)
        addOnlyInSecond(second..<page.count)
        for (twin, numbers) in strayRepeats { if let at = emitted[twin] { merged[at].repeats += numbers } }
        return merged
    }

    /// One match: the parts where one rendering joins what are paragraphs in the other; the joined line where its parts are a
    /// sentence and the link that it ends in.
    private static func lines(of match: RepeatedRendering.Match, _ page: [PageLine]) -> [MergedLine] {
        let first = Array(page[match.first])
        let second = Array(page[match.second])
        let (parts, joined) = first.count > second.count ? (first, second) : (second, first)
        let endsInLinks = parts.count > 1 && parts.dropFirst().allSatisfy { isLink($0.text) }
        let (kept, other) = endsInLinks ? (joined, parts) : (parts, joined)
        return kept.enumerated().map { index, line in
            MergedLine(line: line, standing: .both, repeats: index == 0 ? other.map(\.number) : [])
        }
    }

    /// Whether the text is one bare URL.
    static func isLink(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://") || text.hasPrefix("www.")) && !text.utf8.contains(0x20)
    }
}
