// How far apart two words are for a person who types.

/// Counts the letters that have to be put in, left out, changed, or swapped with their neighbour.
enum EditDistance {
    /// The distance, or `most` + 1 where it is larger than `most`.
    static func between(_ a: [UInt8], _ b: [UInt8], most: Int) -> Int {
        guard abs(a.count - b.count) <= most else { return most + 1 }
        var before = [Int](repeating: 0, count: b.count + 1)
        var row = Array(0...b.count)
        for i in a.indices {
            var next = [Int](repeating: i + 1, count: b.count + 1)
            for j in b.indices {
                var least = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
                next[j + 1] = least
            }
            if next.allSatisfy({ $0 > most }) { return most + 1 }
            (before, row) = (row, next)
        }
        return min(row[b.count], most + 1)
    }
}

/// The best of many words for one that was mistyped.
public struct ClosestWord: Sendable {
    public private(set) var best: String?
    private var distance: Int
    private var weight: Int64 = 0
    private let word: [UInt8]

    /// - parameter most: how far it may be; nil for one letter, and two of a longer word.
    public init(to word: String, most: Int? = nil) {
        self.word = Array(word.utf8)
        // Short words have too many neighbours.
        distance = most ?? (word.utf8.count < 3 ? 0 : word.utf8.count < 6 ? 1 : 2)
    }

    /// Takes the word if it is closer than the best one, or as close and commoner.
    public mutating func consider(_ other: String, weight: Int64) {
        guard distance > 0 else { return }
        let found = EditDistance.between(word, Array(other.utf8), most: distance)
        guard found > 0, found < distance || (found == distance && weight > self.weight) else { return }
        (best, distance, self.weight) = (other, found, weight)
    }
}
