// What around a name says that it is one, whatever the name.

/// The lines that say whose words follow: `On Monday, bob wrote:`, `bob (Robert) writes:`, `schrieb bob:`.
enum Attribution {
    /// Whether a name at a place is that of whom such a line speaks.
    ///
    /// - parameter folded: the text without capitals.
    static func isAround(_ place: Range<Int>, in folded: [UInt32]) -> Bool {
        var at = place.upperBound
        let line = folded[at...].prefix(120).prefix { $0 != 0x0A }
        if line.first == 0x3A { return verbs.contains(word(endingBefore: place.lowerBound, in: folded)) }
        at = skippingSpace(at, in: line)
        // The name behind the account, or the account behind the name.
        if at < line.endIndex, let close = [0x28: 0x29, 0x3C: 0x3E, 0x5B: 0x5D][line[at]] as UInt32?,
            let end = line[at...].firstIndex(of: close)
        {
            at = skippingSpace(end + 1, in: line)
        }
        let verb = line[at...].prefix { WordPart($0) == .letter }
        return verbs.contains(text(verb)) && line[verb.endIndex...].contains(0x3A)
    }

    private static func skippingSpace(_ start: Int, in line: ArraySlice<UInt32>) -> Int {
        line[start...].firstIndex { $0 != 0x20 } ?? line.endIndex
    }

    private static func word(endingBefore end: Int, in folded: [UInt32]) -> String {
        guard end > 0, folded[end - 1] == 0x20 else { return "" }
        let start = folded[..<(end - 1)].lastIndex { WordPart($0) != .letter }.map { $0 + 1 } ?? 0
        return text(folded[start..<(end - 1)])
    }

    private static func text(_ scalars: ArraySlice<UInt32>) -> String {
        String(String.UnicodeScalarView(scalars.prefix(20).compactMap(Unicode.Scalar.init)))
    }

    private static let verbs: Set<String> = [
        "wrote", "writes", "said", "says", "schrieb", "schreibt", "écrit", "écrivait", "escribió", "scrive", "scritto",
        "escreveu",
        "skrev", "schreef", "пишет", "писал", "писала", "napisał", "napisała", "kirjoitti",
    ]
}

/// What Arabic and Hebrew write before a word without a space: "and", "the", "to", "in".
enum SemiticPrefix {
    /// Whether one to three letters of such stand between a word's beginning and a place inside of it.
    static func ends(before place: Int, in scalars: [UInt32]) -> Bool {
        guard (0x0590...0x06FF).contains(scalars[place]) else { return false }
        var at = place
        while at > 0, place - at <= 3, WordPart(scalars[at - 1]) == .letter { at -= 1 }
        return (1...3).contains(place - at) && scalars[at..<place].allSatisfy(letters.contains)
    }

    private static let letters: Set<UInt32> = Set(
        "\u{627}\u{628}\u{633}\u{641}\u{643}\u{644}\u{648}\u{5D1}\u{5D4}\u{5D5}\u{5DB}\u{5DC}\u{5DE}\u{5E9}".unicodeScalars.map(
            \.value))
}
