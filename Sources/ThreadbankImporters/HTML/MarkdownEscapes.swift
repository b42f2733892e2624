// Which characters of a text Markdown would take for its own, so that they must be escaped: as few as will do.

/// What is known of the characters of one paragraph that pair with another of their kind: `*`, `_`, `~` and backticks. They are escaped
/// only where one that may open stands before one that may close, so that `2 * 3`, `snake_case` and a lone `*` stay as they are.
struct MarkdownEscapes {
    /// The kinds that must be escaped.
    private(set) var paired: Set<UInt8> = []
    private var opened: Set<UInt8> = []

    /// - parameter marks: the kinds that the paragraph's own marks use.
    init(_ leaf: MarkdownLeaf, items: [MarkdownLeaf.Item], marks: Set<UInt8>) {
        paired = marks
        for case .text(let range) in items {
            let text = leaf.bytes[range]
            var place = text.startIndex
            while place < text.endIndex {
                let byte = text[place]
                guard Self.isPairing(byte) else {
                    place = byte == UInt8(ascii: ":") ? Self.endOfAddress(text, place) ?? place + 1 : place + 1
                    continue
                }
                let run = Self.run(text, place)
                let (opens, closes) = Self.sides(text, run)
                if closes, opened.contains(byte) { paired.insert(byte) }
                if opens { opened.insert(byte) }
                place = run.upperBound
            }
        }
    }

    static func isPairing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "`")
    }

    /// The run of equal characters that starts at `place`.
    static func run(_ text: ArraySlice<UInt8>, _ place: Int) -> Range<Int> {
        var end = place
        while end < text.endIndex, text[end] == text[place] { end += 1 }
        return place..<end
    }

    /// Whether a run may open and whether it may close what it marks, by CommonMark's rules of flanking.
    static func sides(_ text: ArraySlice<UInt8>, _ run: Range<Int>) -> (opens: Bool, closes: Bool) {
        let byte = text[run.lowerBound]
        if byte == UInt8(ascii: "`") { return (true, true) }
        let before = CharacterKind(endOf: text[..<run.lowerBound])
        let after = CharacterKind(startOf: text[run.upperBound...])
        let isLeft = after != .space && (after != .mark || before != .word)
        let isRight = before != .space && (before != .mark || after != .word)
        guard byte == UInt8(ascii: "_") else { return (isLeft, isRight) }
        return (isLeft && (!isRight || before == .mark), isRight && (!isLeft || after == .mark))
    }

    /// The place after an address in running text, whose `://` stands at `place`: nothing pairs in it.
    static func endOfAddress(_ text: ArraySlice<UInt8>, _ place: Int) -> Int? {
        guard text[place...].starts(with: "://".utf8), place > text.startIndex, isWord(text[place - 1]) else { return nil }
        var end = place + 3
        while end < text.endIndex, text[end] > 0x20, text[end] != UInt8(ascii: "<"), text[end] != UInt8(ascii: "`") { end += 1 }
        return end
    }

    /// Whether a text starts with what Markdown takes for a character reference: `&copy;`, `&#39;`.
    static func isReference(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "&") else { return false }
        let rest = text.dropFirst().prefix(34)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > rest.startIndex else { return false }
        return rest[..<end].enumerated().allSatisfy { isWord($1) && $1 < 0x80 || $0 == 0 && $1 == UInt8(ascii: "#") }
            && rest[..<end] != [UInt8(ascii: "#")]
    }

    static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    static func isPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isWord(byte) }
}

/// What CommonMark tells apart beside a run of marks. The end of a text counts as a mark where a paragraph goes on, so that a character
/// beside what is not known is rather escaped.
enum CharacterKind {
    case space
    case mark
    case word

    /// The kind of the first character.
    init(startOf text: ArraySlice<UInt8>) {
        guard let first = text.first else {
            self = .mark
            return
        }
        self.init(first, String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first)
    }

    /// The kind of the last character.
    init(endOf text: ArraySlice<UInt8>) {
        guard let last = text.last else {
            self = .mark
            return
        }
        self.init(last, last < 0x80 ? nil : String(decoding: text.suffix(4), as: UTF8.self).unicodeScalars.last)
    }

    private init(_ byte: UInt8, _ scalar: @autoclosure () -> Unicode.Scalar?) {
        if byte < 0x80 {
            self = byte <= 0x20 ? .space : MarkdownEscapes.isWord(byte) ? .word : .mark
            return
        }
        switch scalar()?.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: self = .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            self = .mark
        default: self = .word
        }
    }
}
