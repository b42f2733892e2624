// A few words that a text is searched for, without making strings of its own.

/// Words in lower case, by their hashes (FNV-1a of 64 bits); open addressing, half of the places free.
struct WordSet: Sendable {
    private var places: [UInt64]

    init(_ words: some Collection<String>) {
        self.init(hashes: words.map { Self.hash(Array($0.utf8)[...]) })
    }

    /// - parameter hashes: hashes of another making, none of them 0.
    init(hashes: some Collection<UInt64>) {
        var count = 8
        while count < hashes.count * 2 { count *= 2 }
        places = [UInt64](repeating: 0, count: count)
        for hash in hashes { places[place(of: hash)] = hash }
    }

    /// Whether a word as ``PageWords`` gives it is one of these.
    func contains(_ word: ArraySlice<UInt8>) -> Bool { contains(hash: Self.hash(word)) }

    func contains(hash: UInt64) -> Bool { places[place(of: hash)] == hash }

    /// Where the hash stands, or would.
    private func place(of hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash >> 20) & (places.count - 1)
        while places[place] != 0, places[place] != hash { place = (place + 1) & (places.count - 1) }
        return place
    }

    private static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in word { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return max(hash, 1)
    }
}
