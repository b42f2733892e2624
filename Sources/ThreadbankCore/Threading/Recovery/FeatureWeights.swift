// Learned weights by the names of features: read from a table that people can read too.

/// What each named feature counts for. A table has a line for each feature, `name value weight value weight …`; a value may be
/// empty and is then written `-`; blanks in values are written `_`.
///
/// Millions of features are looked up for a page of some thousand lines: so they are found by a hash (FNV-1a) of their bytes alone, by
/// open addressing. Of some thousand features no two have the same 64 bits; a test sees to that.
struct FeatureWeights: Sendable {
    private var hashes: [UInt64] = [UInt64](repeating: 0, count: 16)
    private var weights: [Double] = [Double](repeating: 0, count: 16)
    private(set) var count = 0

    init(_ table: String) {
        for line in table.split(separator: "\n") {
            var parts = line.split(separator: " ").map(String.init)
            guard parts.count > 2, parts.count % 2 == 1 else { continue }
            let name = parts.removeFirst()
            for at in stride(from: 0, to: parts.count - 1, by: 2) {
                let value = parts[at] == "-" ? "" : String(parts[at].map { $0 == "_" ? " " : $0 })
                add(Double(parts[at + 1]) ?? 0, to: Self.hash(name, value))
            }
        }
    }

    /// These weights with others added to them.
    func adding(_ other: FeatureWeights) -> FeatureWeights {
        var sum = self
        for (hash, weight) in zip(other.hashes, other.weights) where hash != 0 { sum.add(weight, to: hash) }
        return sum
    }

    /// 0 where the table says nothing of it.
    func weight(_ name: String, _ value: String) -> Double {
        let hash = Self.hash(name, value)
        return hashes.withUnsafeBufferPointer { hashes in weights[Self.place(of: hash, in: hashes)] }
    }

    /// The weight of a feature by its hash.
    func weight(of hash: UInt64) -> Double {
        hashes.withUnsafeBufferPointer { hashes in weights[Self.place(of: hash, in: hashes)] }
    }

    private mutating func add(_ weight: Double, to hash: UInt64) {
        let place = hashes.withUnsafeBufferPointer { Self.place(of: hash, in: $0) }
        weights[place] += weight
        guard hashes[place] == 0 else { return }
        hashes[place] = hash
        count += 1
        if count * 2 > hashes.count { grow() }
    }

    private mutating func grow() {
        let (old, values) = (hashes, weights)
        hashes = [UInt64](repeating: 0, count: old.count * 2)
        weights = [Double](repeating: 0, count: old.count * 2)
        for (hash, weight) in zip(old, values) where hash != 0 {
            let place = hashes.withUnsafeBufferPointer { Self.place(of: hash, in: $0) }
            hashes[place] = hash
            weights[place] = weight
        }
    }

    /// Where the hash stands, or would.
    private static func place(of hash: UInt64, in hashes: UnsafeBufferPointer<UInt64>) -> Int {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash >> 24) & mask
        while hashes[place] != hash, hashes[place] != 0 { place = (place + 1) & mask }
        return place
    }

    /// Never 0.
    private static func hash(_ name: String, _ value: String) -> UInt64 { hash(name, value.utf8) }

    /// Of a value as its bytes.
    static func hash(_ name: String, _ value: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        hash = (hash ^ 0x3D) &* 1_099_511_628_211
        for byte in value { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return max(hash, 1)
    }
}
