// A text as whoever reads it sees it: names in it may be escaped for Markdown, HTML, addresses or JSON.

/// The characters of a text, each with its place there, so that what is found in one spelling can be cut out of the text itself.
struct SpelledText {
    /// Unicode scalars.
    private(set) var scalars: [UInt32] = []
    /// The same without capitals.
    private(set) var folded: [UInt32] = []
    /// The byte of the text where each begins, and where the last one ends.
    private(set) var starts: [Int] = []
    private(set) var isASCII = true

    /// The text as it stands.
    init(_ text: String) {
        var place = 0
        for scalar in text.unicodeScalars {
            add(scalar.value, place)
            place += UTF8.width(scalar)
        }
        finish(place)
    }

    private init() {}

    private mutating func add(_ scalar: UInt32, _ place: Int) {
        scalars.append(scalar)
        starts.append(place)
    }

    private mutating func finish(_ end: Int) {
        starts.append(end)
        folded = scalars.map(Self.folded)
        isASCII = scalars.allSatisfy { $0 < 0x80 }
    }

    /// Without what nobody sees (``InvisibleCharacters``). nil where there is nothing of it.
    func visible() -> SpelledText? {
        guard !isASCII, scalars.contains(where: InvisibleCharacters.contains) else { return nil }
        var text = SpelledText()
        for (at, scalar) in scalars.enumerated() where !InvisibleCharacters.contains(scalar) { text.add(scalar, starts[at]) }
        text.finish(starts[scalars.count])
        return text
    }

    /// With escapes undone once: `\_`, `\u00eb`, `&amp;`, `&#x3c;`, `%20`. nil where there are none.
    func unescaped() -> SpelledText? {
        guard scalars.contains(where: { $0 == 0x5C || $0 == 0x26 || $0 == 0x25 }) else { return nil }
        var text = SpelledText()
        var (at, hasChanged) = (0, false)
        while at < scalars.count {
            let found =
                switch scalars[at] {
                case 0x5C: backslash(at)
                case 0x26: entity(at)
                case 0x25: percents(at)
                default: nil as (read: [(UInt32, Int)], end: Int)?
                }
            if let found {
                for (scalar, place) in found.read { text.add(scalar, starts[place]) }
                (at, hasChanged) = (found.end, true)
            } else {
                text.add(scalars[at], starts[at])
                at += 1
            }
        }
        text.finish(starts[scalars.count])
        return hasChanged ? text : nil
    }

    private func backslash(_ at: Int) -> (read: [(UInt32, Int)], end: Int)? {
        guard at + 1 < scalars.count else { return nil }
        let next = scalars[at + 1]
        if (0x21...0x2F).contains(next) || (0x3A...0x40).contains(next) || (0x5B...0x60).contains(next)
            || (0x7B...0x7E).contains(next)
        {
            return ([(next, at)], at + 2)
        }
        guard next == 0x75, let first = hexadecimal(at + 2, 4) else { return nil }
        if (0xD800..<0xDC00).contains(first), at + 7 < scalars.count, scalars[at + 6] == 0x5C, scalars[at + 7] == 0x75,
            let second = hexadecimal(at + 8, 4), (0xDC00..<0xE000).contains(second)
        {
            return ([(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), at)], at + 12)
        }
        return ([(first, at)], at + 6)
    }

    private func entity(_ at: Int) -> (read: [(UInt32, Int)], end: Int)? {
        let inner = scalars[(at + 1)...].prefix(10)
        guard let end = inner.firstIndex(of: 0x3B), end > at + 1 else { return nil }
        let name = String(String.UnicodeScalarView(inner[..<end].compactMap(Unicode.Scalar.init)))
        var value = Self.entities[name]
        if name.hasPrefix("#") {
            let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
            value = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        }
        return value.map { ([($0, at)], end + 1) }
    }

    /// Bytes of UTF-8, else of Latin 1.
    private func percents(_ start: Int) -> (read: [(UInt32, Int)], end: Int)? {
        var (bytes, at): ([UInt8], Int) = ([], start)
        while at < scalars.count, scalars[at] == 0x25, let byte = hexadecimal(at + 1, 2) {
            bytes.append(UInt8(byte))
            at += 3
        }
        if bytes.isEmpty { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (bytes.enumerated().map { (UInt32($1), start + 3 * $0) }, at)
        }
        var (read, place): ([(UInt32, Int)], Int) = ([], start)
        for scalar in text.unicodeScalars {
            read.append((scalar.value, place))
            place += 3 * UTF8.width(scalar)
        }
        return (read, at)
    }

    private func hexadecimal(_ start: Int, _ count: Int) -> UInt32? {
        guard start + count <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[start..<(start + count)] {
            switch scalar {
            case 0x30...0x39: value = value << 4 + (scalar - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 + (scalar | 0x20) - 0x57
            default: return nil
            }
        }
        return value
    }

    /// A scalar without its capitals, where that is one scalar too.
    static func folded(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return (0x41...0x5A).contains(value) ? value | 0x20 : value }
        guard let mapped = Unicode.Scalar(value)?.properties.lowercaseMapping.unicodeScalars, mapped.count == 1 else {
            return value
        }
        return mapped.first?.value ?? value
    }

    /// Those of HTML that names are spelled with.
    private static let entities: [String: UInt32] = {
        var values: [String: UInt32] = [
            "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0x20, "szlig": 0xDF, "shy": 0xAD,
            "zwnj": 0x200C, "zwj": 0x200D,
        ]
        let letters = """
            Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
            Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN
            """
        for (place, name) in letters.split(separator: " ").enumerated() {
            values[String(name)] = 0xC0 + UInt32(place)
            // The small letters stand 32 behind, in the same order; only the first letters of their names, or all, are small.
            let isWhole = name == "ETH" || name == "THORN" || name == "AElig"
            let small = isWhole ? name.lowercased() : name.prefix(1).lowercased() + name.dropFirst()
            if name != "times" { values[small] = 0xE0 + UInt32(place) }
        }
        values["yuml"] = 0xFF
        return values
    }()
}

/// What a character is to a word.
enum WordPart {
    /// None of it.
    case gap
    case letter
    /// A word by itself, as far as anybody can tell: of scripts that put no spaces between words, and pictures.
    case single

    init(_ scalar: UInt32) {
        switch scalar {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .letter
        case 0..<0x80, 0x3000...0x3003, 0x3008...0x3020, 0xFF00...0xFF0F: self = .gap
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2600...0x27BF, 0x2E80...0xD7FF, 0xF900...0xFAFF,
            0xFF66...0xFF9F, 0x1F000...0x1FAFF, 0x20000...0x3FFFF:
            self = .single
        default:
            switch Unicode.Scalar(scalar)?.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark,
                .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
                self = .letter
            default: self = .gap
            }
        }
    }
}
