// Which lines of a body are somebody else's words, for `own:` and `quoted:`.

/// Takes a body apart into what its author wrote and what is quoted: lines that begin with `>`, in mail as in Markdown.
public struct QuotedLines: Sendable, Equatable {
    /// Parts are joined by a line with ``barrier``, a word that nobody searches for, so that no phrase reaches over what was cut out.
    public var own: String
    public var quoted: String

    static let barrier = "\n\u{E001}\n"

    public init(_ body: String) {
        var parts: [Bool: [String]] = [:]
        var current: [Substring] = []
        var isQuoted = false
        func close() {
            if !current.isEmpty { parts[isQuoted, default: []].append(current.joined(separator: "\n")) }
            current = []
        }
        // By scalars: a line's end with an accent on it is one Swift character.
        for line in body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = line.drop { $0 == " " || $0 == "\t" }
            let isQuote = start.first == ">"
            if isQuote != isQuoted {
                close()
                isQuoted = isQuote
            }
            current.append(Substring(isQuote ? start.drop { $0 == ">" || $0 == " " || $0 == "\t" } : line))
        }
        close()
        own = parts[false, default: []].joined(separator: Self.barrier)
        quoted = parts[true, default: []].joined(separator: Self.barrier)
    }
}
