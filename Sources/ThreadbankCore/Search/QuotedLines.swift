// Which lines of a body are somebody else's words, for `own:`, `quoted:` and what `show` says of quotations.

/// Takes a body apart into what its author wrote and what is quoted.
///
/// In Markdown, quoted is what stands in lines that begin with `>`. A plain text is read as a mail (``MailBody``): there the lines that say whose
/// words follow, and what a list adds to every mail, are neither.
public struct QuotedLines: Sendable, Equatable {
    /// What the author wrote; a signature too. Parts are joined by a line with ``barrier``, a word that nobody searches for, so that no
    /// phrase reaches over what was cut out.
    public var own: String { ownParts.joined(separator: Self.barrier) }
    public var quoted: String { quotations.joined(separator: Self.barrier) }
    /// What is quoted, one text for lines that stand together, without the marks at their beginnings.
    public private(set) var quotations: [String] = []
    private var ownParts: [String] = []

    /// What a preview of a body begins with: what its author wrote, and the body itself where that is nothing. Where a quotation was left out
    /// between two parts, `…` stands.
    ///
    /// - parameter markup: as in ``init(_:_:)``.
    public static func preview(_ body: String, _ markup: Markup? = nil) -> String {
        // A preview is short, and who quotes more than this first has no word of theirs near the beginning.
        let start = body.utf8.count <= longestLead ? body : String(body.unicodeScalars.prefix(longestLead))
        if isPlainlyOwn(start, markup) { return body }
        var texts = QuotedLines(start, markup).ownParts
        if markup == .plain {
            // A signature is no word on anything.
            texts = MailBody.parts(of: start).filter { $0.kind == .own }.map { String(start[$0.range]) }
        }
        texts = texts.map { text in
            let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
            return String(String.UnicodeScalarView(scalars.reversed().drop { $0.properties.isWhitespace }.reversed()))
        }
        // `[...]` says that something was left out, and nothing else.
        let own = texts.filter { $0.unicodeScalars.contains { $0.isWordCharacter || $0.value > 0x7F && $0 != "…" } }
            .joined(separator: " … ")
        return own.isEmpty ? body : own
    }

    /// How many characters of a body a preview may need to be made of.
    public static let longestLead = 4_000

    static let barrier = "\n\u{E001}\n"

    /// - parameter markup: nil where it is not known, which counts as Markdown.
    public init(_ body: String, _ markup: Markup? = nil) {
        if markup == .plain { readMail(body) } else { readMarkdown(body) }
    }

    /// Whether a look at the bytes is enough to know that nothing is quoted or left out, so that all of the body is its author's own. False
    /// says nothing.
    public static func isPlainlyOwn(_ body: String, _ markup: Markup? = nil) -> Bool {
        var body = body
        return body.withUTF8 { bytes in
            if bytes.contains(UInt8(ascii: ">")) { return false }
            return markup != .plain || !mayHoldMailParts(bytes)
        }
    }

    /// Whether a line begins with what draws a rule, or speaks of a subscription: all marks of a mail's parts but `>` do one of these.
    private static func mayHoldMailParts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let telling = Array("subscri".utf8)
        var isLineStart = true
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"): isLineStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\r"): continue
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="):
                if isLineStart { return true }
            default:
                isLineStart = false
                guard byte | 0x20 == telling[0], place + telling.count <= bytes.count else { continue }
                if telling.indices.allSatisfy({ bytes[place + $0] | 0x20 == telling[$0] }) { return true }
            }
        }
        return false
    }

    private mutating func readMail(_ body: String) {
        for part in MailBody.parts(of: body) {
            var scalars = body[part.range].unicodeScalars
            if scalars.last == "\n" { scalars.removeLast() }
            let text = String(scalars)
            switch part.kind {
            case .own, .signature: ownParts.append(text)
            case .quote: quotations.append(Self.lines(of: text).map { String(Self.withoutMarks($0)) }.joined(separator: "\n"))
            case .attribution, .footer: continue
            }
        }
    }

    private mutating func readMarkdown(_ body: String) {
        var current: [Substring] = []
        var isQuoted = false
        func close(_ parts: inout QuotedLines) {
            let text = current.joined(separator: "\n")
            if !current.isEmpty { if isQuoted { parts.quotations.append(text) } else { parts.ownParts.append(text) } }
            current = []
        }
        for line in Self.lines(of: body) {
            let isQuote = line.drop { $0 == " " || $0 == "\t" }.first == ">"
            if isQuote != isQuoted {
                close(&self)
                isQuoted = isQuote
            }
            current.append(isQuote ? Self.withoutMarks(line) : Substring(line))
        }
        close(&self)
    }

    /// By scalars: a line's end with an accent on it is one Swift character.
    private static func lines(of text: String) -> [String.UnicodeScalarView.SubSequence] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Without `>` and spaces at the start, and without the letters that some put before it: `Ann> `.
    private static func withoutMarks(_ line: String.UnicodeScalarView.SubSequence) -> Substring {
        var rest = line.drop { $0 == " " || $0 == "\t" }
        let letters = rest.prefix { ("A"..."Z").contains($0) }
        if letters.count <= 4, rest.dropFirst(letters.count).first == ">" { rest = rest.dropFirst(letters.count) }
        return Substring(rest.drop { $0 == ">" || $0 == " " || $0 == "\t" })
    }
}
