// The telling words of a post as hashes, and how rare each is on its page: the measure of what two posts share.

/// The distinct words of a text that tell something, as sorted hashes. Words are cut to their first six letters, so that
/// "differ" and "different" are one; function words and words of one or two letters are left out.
struct WordBag: Sendable, Equatable {
    private(set) var hashes: [UInt32] = []

    /// - parameter limit: how many words are read; the rest of a longer text is not looked at.
    init(_ lines: some Sequence<String>, limit: Int = 2_000) {
        var left = limit
        for line in lines where left > 0 {
            PageWords.forEachWord(in: line) { word in
                left -= 1
                if let hash = Self.hash(of: word) { hashes.append(hash) }
                return left > 0
            }
        }
        hashes.sort()
        var kept = 0
        for index in hashes.indices where index == 0 || hashes[index] != hashes[kept - 1] {
            hashes[kept] = hashes[index]
            kept += 1
        }
        hashes.removeSubrange(kept...)
    }

    var count: Int { hashes.count }

    func contains(_ hash: UInt32) -> Bool {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }

    /// The words of both, looked up from the smaller in the larger.
    func shared(with other: WordBag) -> [UInt32] {
        var shared: [UInt32] = []
        forEachShared(with: other) { shared.append($0) }
        return shared
    }

    /// Merges where both are of a size, else looks the words of the smaller up in the larger.
    func forEachShared(with other: WordBag, _ body: (UInt32) -> Void) {
        let (small, large) = count <= other.count ? (self, other) : (other, self)
        if large.count > small.count * 8 {
            for hash in small.hashes where large.contains(hash) { body(hash) }
            return
        }
        var at = 0
        for hash in small.hashes {
            while at < large.count, large.hashes[at] < hash { at += 1 }
            guard at < large.count else { return }
            if large.hashes[at] == hash { body(hash) }
        }
    }

    /// The hash (FNV-1a) of a word's stem; nil for words that tell nothing.
    static func hash(of word: ArraySlice<UInt8>) -> UInt32? {
        guard word.count > 2 else { return nil }
        var letters = 0
        var hash: UInt32 = 2_166_136_261
        for byte in word {
            // Bytes that go on a character of several are none of their own.
            if byte & 0xC0 != 0x80 { letters += 1 }
            if letters > 6 { break }
            hash = (hash ^ UInt32(byte)) &* 16_777_619
        }
        return functionWords.contains(hash: UInt64(hash)) ? nil : hash
    }

    private static let functionWords: WordSet = {
        let words = """
            the and that this with for are was were you your yours they them their there then than have has had not but all can could
            would should will just like what when where which who whom how why its his her hers she him our ours from out about into
            over under because been being does did doing done very really more most some any also only even much many too get got one
            thing things think know way make made said say says mean yes yeah well now here these those while still such other don't
            it's that's i'm you're they're i've can't isn't didn't doesn't wasn't won't wouldn't
            und der die das ist nicht ein eine den dem mit auch auf für les des https http www com org une est pas que qui pour dans los las una por con
            это как что так все его она они был была было быть если или уже для
            """
        var hashes: Set<UInt64> = []
        PageWords.forEachWord(in: words) { word in
            var hash: UInt32 = 2_166_136_261
            var letters = 0
            for byte in word {
                if byte & 0xC0 != 0x80 { letters += 1 }
                if letters > 6 { break }
                hash = (hash ^ UInt32(byte)) &* 16_777_619
            }
            hashes.insert(UInt64(hash))
            return true
        }
        return WordSet(hashes: hashes)
    }()
}

/// In how many posts of a page each word stands. Counters are shared by words of equal low bits, so that memory is bounded.
struct WordRarity: Sendable {
    private var counts = [UInt32](repeating: 0, count: 1 << 18)
    private var posts = 0

    init(_ bags: some Sequence<WordBag>) {
        for bag in bags {
            posts += 1
            for hash in bag.hashes { counts[slot(hash)] += 1 }
        }
    }

    /// How many posts hold the word.
    func count(_ hash: UInt32) -> Int { Int(counts[slot(hash)]) }

    /// About log2 of (posts / posts with the word), 0 for a word in all of them.
    func weight(_ hash: UInt32) -> Double {
        let ratio = Double(posts + 1) / Double(max(1, counts[slot(hash)]))
        return max(0, Double(ratio.exponent) + ratio.significand - 1)
    }

    /// The weight of all words that two posts share.
    func weight(ofShared a: WordBag, _ b: WordBag) -> Double {
        var sum = 0.0
        a.forEachShared(with: b) { sum += weight($0) }
        return sum
    }

    private func slot(_ hash: UInt32) -> Int { Int((hash ^ (hash >> 15)) & UInt32((1 << 18) - 1)) }
}
