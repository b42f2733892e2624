// Keys that an archive certainly does not hold yet, without asking it.

/// A Bloom filter over the keys and aliases that one run has given to posts. While an archive that was empty is filled, nearly every key
/// is new, and asking the index for it took 4 % of the instructions of writing.
///
/// It takes 2 MiB, whatever the number of keys: of a million it mistakes one in two hundred for known ones, of ten million most, and
/// those are looked up as before.
///
/// A class, as only the thread that writes touches it.
final class KeyFilter: @unchecked Sendable {
    private static let bits = 1 << 24
    private var words = [UInt64](repeating: 0, count: bits / 64)

    func insert(_ key: NameKey) {
        let (a, b, c) = Self.places(of: key)
        for place in [a, b, c] { words[place >> 6] |= 1 << UInt64(place & 63) }
    }

    /// False only where the key was never inserted.
    func mayContain(_ key: NameKey) -> Bool {
        let (a, b, c) = Self.places(of: key)
        return has(a) && has(b) && has(c)
    }

    private func has(_ place: Int) -> Bool { words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

    private static func places(of key: NameKey) -> (Int, Int, Int) {
        let hash = key.hashValue
        return (hash & (bits - 1), hash >> 20 & (bits - 1), hash >> 40 & (bits - 1))
    }
}
