// Keys of posts that have none of their own: their words, and their place among equals.

internal import ThreadbankCore

/// Hands out keys for the posts of one page in order. Equal words on one page are numbered from 1.
struct TextKeys {
    private let page: String
    private var seen: [String: Int] = [:]

    init(page: String) { self.page = page }

    /// `PAGE#HASH.N`: the first 128 bits of SHA-256 over the lower-case words, joined by single spaces.
    mutating func next(for wording: String) -> String {
        let words = wording.lowercased().split { $0.isWhitespace }.joined(separator: " ")
        let hash = String(SHA256Hash.hex(of: words).prefix(32))
        let place = seen[hash, default: 0] + 1
        seen[hash] = place
        return "\(page)#\(hash).\(place)"
    }
}
