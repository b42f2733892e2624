// Which words of a query stand in a text just as they were typed, and not only as their stems.

/// Tells "running" from "run" where the index does not: case and accents aside.
public struct ExactForms: Sendable {
    /// The words of each text, folded.
    private let texts: [[[UInt8]]]

    /// - parameter query: its wanted words and phrases are looked at, but no prefixes and no text of spaceless scripts.
    public init(_ query: SearchQuery) {
        texts = query.positiveTexts.compactMap { leaf in
            guard case .text(let text) = leaf, !text.isPrefix, !text.isSpaceless else { return nil }
            return text.words.map(NamePattern.folded)
        }
    }

    /// How many texts it looks for.
    public var count: Int { texts.count }

    /// How many of the texts have all their words in the title or body in just that form.
    public func count(title: String?, body: String?) -> Int {
        let columns = [title, body].compactMap { $0.map(NamePattern.folded) }
        return texts.count { words in words.allSatisfy { word in columns.contains { Self.holds($0, word) } } }
    }

    private static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, text.count >= word.count else { return false }
        var start = 0
        while start + word.count <= text.count {
            if text[start] == first, start == 0 || !isLetter(text[start - 1]),
                start + word.count == text.count || !isLetter(text[start + word.count]),
                text[start..<start + word.count].elementsEqual(word)
            {
                return true
            }
            start += 1
        }
        return false
    }

    /// Bytes above 0x7F belong to letters more often than not.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
    }
}
