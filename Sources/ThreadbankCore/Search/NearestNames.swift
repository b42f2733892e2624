// The names that somebody may have meant by one that nobody has.

/// Gathers the best of many names for one that was typed: those that hold it as a word's beginning, then anywhere, then those that a letter or
/// two set apart. Case and accents do not count; among equals, the shorter and then the first in order.
public struct NearestNames: Sendable {
    private let wanted: [UInt8]
    private let limit: Int
    private let farthest: Int
    private var found: [(rank: Int, length: Int, name: String)] = []

    /// - parameter text: as it was typed; `@` at its start and `*` are left out.
    public init(_ text: String, limit: Int) {
        let bare = text.filter { $0 != "*" }
        wanted = NamePattern.folded(bare.hasPrefix("@") ? String(bare.dropFirst()) : bare)
        self.limit = limit
        // Short names have too many neighbours.
        farthest = wanted.count < 4 ? 0 : wanted.count < 7 ? 1 : 2
    }

    /// The names found so far, the likeliest first.
    public var best: [String] { found.map(\.name) }

    public mutating func consider(_ name: String) {
        guard let rank = rank(NamePattern.folded(name)), !found.contains(where: { $0.name == name }) else { return }
        let other = (rank: rank, length: name.utf8.count, name: name)
        if found.count == limit, let last = found.last, last <= other { return }
        found.insert(other, at: found.firstIndex { other < $0 } ?? found.count)
        if found.count > limit { found.removeLast() }
    }

    /// Less is better; nil for a name that is not near.
    private func rank(_ name: [UInt8]) -> Int? {
        guard wanted.count > 1 else { return nil }
        var (place, isInside) = (0, false)
        while place + wanted.count <= name.count {
            if name[place] == wanted[0], name[place..<place + wanted.count].elementsEqual(wanted) {
                if place == 0 || !Self.isWord(name[place - 1]) { return place == 0 ? 0 : 1 }
                isInside = true
            }
            place += 1
        }
        if isInside { return 2 }
        guard farthest > 0 else { return nil }
        // The whole name, and its words: people remember one of them.
        let distance =
            ([name[...]] + name.split { !Self.isWord($0) }).map {
                EditDistance.between(wanted, Array($0), most: farthest)
            }.min() ?? .max
        return distance <= farthest ? 2 + distance : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
