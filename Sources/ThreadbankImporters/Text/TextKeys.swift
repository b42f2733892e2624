// Keys of posts that have none of their own: their words, and their place among equals.

internal import ThreadbankCore

/// Hands out keys for the posts of one page in order. Equal words on one page are numbered from 1.
struct TextKeys {
    private let page: String
    private var seen: [String: Int] = [:]

    init(page: String) { self.page = page }

    /// `PAGE#HASH.N`: the first 128 bits of SHA-256 over the lower-case words, joined by single spaces.
    mutating func next(for wording: String) -> String {
        var digest = SHA256Hash()
        digest.update(Self.words(of: wording))
        let hash = String(digest.hex().prefix(32))
        let place = seen[hash, default: 0] + 1
        seen[hash] = place
        return "\(page)#\(hash).\(place)"
    }

    /// The UTF-8 of the text in lower case, white space collapsed.
    private static func words(of wording: String) -> [UInt8] {
        var words: [UInt8] = []
        words.reserveCapacity(wording.utf8.count)
        var isSpacePending = false
        for scalar in wording.lowercased().unicodeScalars {
            let isSpace = scalar.isASCII ? (9...13).contains(scalar.value) || scalar == " " : scalar.properties.isWhitespace
            if isSpace {
                isSpacePending = !words.isEmpty
                continue
            }
            if isSpacePending { words.append(0x20) }
            isSpacePending = false
            if scalar.isASCII { words.append(UInt8(scalar.value)) } else { words += Array(String(scalar).utf8) }
        }
        return words
    }
}
