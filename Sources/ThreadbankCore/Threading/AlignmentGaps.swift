// What lies between two anchors of an alignment: equal texts, deletions, edits.

struct AlignmentGaps {
    /// The id of each text; -1 for a tombstone.
    let stored: [Int]
    let incoming: [Int]
    let storedTexts: [String?]
    let incomingTexts: [String?]
    /// For each incoming post the stored one.
    var matches: [Int?]

    /// The most posts on either side that are compared one by one.
    private static let most = 64
    /// The least share of words (Jaccard) that makes a text an edited copy of another.
    private static let likeness = 0.6

    init(stored: [Int], incoming: [Int], storedTexts: [String?], incomingTexts: [String?]) {
        self.stored = stored
        self.incoming = incoming
        self.storedTexts = storedTexts
        self.incomingTexts = incomingTexts
        matches = Array(repeating: nil, count: incoming.count)
    }

    /// Aligns what stands between two anchors.
    mutating func align(_ old: Range<Int>, _ new: Range<Int>) {
        var (old, new) = (old, new)
        // Equal neighbours of the anchors need no table, however large the gap.
        while let o = old.first, let n = new.first, stored[o] == incoming[n] {
            matches[n] = o
            old = old.dropFirst()
            new = new.dropFirst()
        }
        while let o = old.last, let n = new.last, stored[o] == incoming[n] {
            matches[n] = o
            old = old.dropLast()
            new = new.dropLast()
        }
        guard !old.isEmpty, !new.isEmpty else { return }
        guard old.count <= Self.most, new.count <= Self.most else { return alignEqual(old, new) }
        alignByTable(old, new)
    }

    /// Equal texts in order, each at its next place.
    private mutating func alignEqual(_ old: Range<Int>, _ new: Range<Int>) {
        var places: [Int: [Int]] = [:]
        for index in old.reversed() { places[stored[index], default: []].append(index) }
        // Chosen greedily, then thinned to what ascends.
        var pairs: [(old: Int, new: Int)] = []
        for index in new {
            guard let place = places[incoming[index]]?.popLast() else { continue }
            pairs.append((place, index))
        }
        for pair in LongestAscent.indices(of: pairs.map(\.old)) { matches[pairs[pair].new] = pairs[pair].old }
    }

    /// The alignment of the greatest worth: equal texts most, then edits, then a text and a tombstone in its place.
    private mutating func alignByTable(_ old: Range<Int>, _ new: Range<Int>) {
        let width = new.count + 1
        let worths = worths(old, new)
        var table = [Double](repeating: 0, count: (old.count + 1) * width)
        for o in stride(from: old.count - 1, through: 0, by: -1) {
            for n in stride(from: new.count - 1, through: 0, by: -1) {
                let worth = worths[o * new.count + n]
                let both = worth > 0 ? worth + table[(o + 1) * width + n + 1] : 0
                table[o * width + n] = max(both, table[(o + 1) * width + n], table[o * width + n + 1])
            }
        }
        var o = 0
        var n = 0
        while o < old.count, n < new.count {
            let worth = worths[o * new.count + n]
            if worth > 0, table[o * width + n] == worth + table[(o + 1) * width + n + 1] {
                matches[new.lowerBound + n] = old.lowerBound + o
                o += 1
                n += 1
            } else if table[o * width + n] == table[(o + 1) * width + n] {
                o += 1
            } else {
                n += 1
            }
        }
    }

    /// What it is worth to hold each pair for the same post; 0 where it cannot be.
    private func worths(_ old: Range<Int>, _ new: Range<Int>) -> [Double] {
        // A tombstone takes the place of a text only where nothing else has come or gone.
        let isSamePlaces = old.count == new.count
        let oldBags = old.map { WordBag(storedTexts[$0].map { [$0] } ?? [], limit: 2_000) }
        let newBags = new.map { WordBag(incomingTexts[$0].map { [$0] } ?? [], limit: 2_000) }
        var worths = [Double](repeating: 0, count: old.count * new.count)
        for (o, oldIndex) in old.enumerated() {
            for (n, newIndex) in new.enumerated() {
                let worth: Double
                switch (stored[oldIndex], incoming[newIndex]) {
                case let (a, b) where a == b: worth = 3
                case (-1, _), (_, -1): worth = isSamePlaces && o == n ? 1 : 0
                default:
                    let shared = Double(oldBags[o].shared(with: newBags[n]).count)
                    let all = Double(oldBags[o].count + newBags[n].count) - shared
                    worth = all > 0 && shared / all >= Self.likeness ? 1 + shared / all : 0
                }
                worths[o * new.count + n] = worth
            }
        }
        return worths
    }
}
