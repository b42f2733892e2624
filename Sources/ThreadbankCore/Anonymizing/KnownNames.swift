// The names of people, ready to be found in texts.

internal import Foundation

/// Names by the first word of each.
struct KnownNames: Sendable {
    /// Where a name is taken for one.
    enum Manner: Sendable {
        /// Whatever its capitals: it can hardly be anything else.
        case always
        /// With the same capitals.
        case asWritten
        /// An everyday word: with a capital in the middle of a sentence.
        case insideSentences
        /// Where a sign says that it is a name: `@name`, `u/name`, an address.
        case onlyMarked
        /// An account: in a line that says whose words follow, `bob wrote:`.
        case attributed
    }

    struct Name: Sendable {
        /// Without capitals; each gap that holds white space is one space.
        let folded: [UInt32]
        let exact: [UInt32]
        /// Where its first word begins.
        let wordStart: Int
        let manner: Manner
        let pseudonym: String
        /// Whether up to three letters may follow, as cases and plurals are made: of names that are no plain English, and long enough that few
        /// other words begin so.
        let takesEndings: Bool
    }

    private var names: [UInt64: [Name]] = [:]
    /// Mail addresses, and the addresses of people's pages without scheme and last slash.
    private(set) var addresses: [String: String] = [:]

    var isEmpty: Bool { names.isEmpty && addresses.isEmpty }

    mutating func add(_ name: String, _ manner: Manner, _ pseudonym: String) {
        guard !name.isEmpty else { return }
        if let rest = Self.withoutScheme(name) {
            addresses[rest] = addresses[rest] ?? pseudonym
            return
        }
        if name.contains("@"), !name.contains(" ") { addresses[name.lowercased()] = pseudonym }
        var spellings = [name]
        // What an origin gives may itself be escaped.
        var text = SpelledText(name)
        while let plain = text.unescaped() {
            spellings.append(String(String.UnicodeScalarView(plain.scalars.compactMap(Unicode.Scalar.init))))
            text = plain
        }
        for spelling in spellings.flatMap({ Self.compositions($0) }) { add(spelled: spelling, manner, pseudonym) }
    }

    private mutating func add(spelled name: String, _ manner: Manner, _ pseudonym: String) {
        let exact = Self.shape(name.unicodeScalars.map(\.value))
        let folded = exact.map(SpelledText.folded)
        guard let start = folded.firstIndex(where: { WordPart($0) != .gap }) else { return }
        let last = folded.suffix(while: { WordPart($0) == .letter })
        let takesEndings = manner == .always && last.count >= 5 && last.contains { $0 >= 0x80 }
        let name = Name(
            folded: folded, exact: exact, wordStart: start, manner: manner, pseudonym: pseudonym, takesEndings: takesEndings)
        names[Self.hash(folded, start), default: []].append(name)
    }

    /// The longest first, so that `Ann Example` goes before `Ann`.
    mutating func sort() {
        for word in names.keys { names[word]?.sort { $0.folded.count > $1.folded.count } }
    }

    /// The names that begin with the word at a place.
    ///
    /// - parameter end: where the word ends; nil to look for it.
    func candidates(_ text: SpelledText, _ at: Int, upTo end: Int? = nil) -> [Name] {
        names.isEmpty ? [] : names[Self.hash(text.folded, at, end)] ?? []
    }

    /// By FNV-1a: a word of a text is looked up without making a string of it.
    private static func hash(_ folded: [UInt32], _ start: Int, _ end: Int? = nil) -> UInt64 {
        var (hash, at): (UInt64, Int) = (0xCBF2_9CE4_8422_2325, start)
        let end = end ?? folded.count
        repeat {
            hash = (hash ^ UInt64(folded[at])) &* 0x0000_0100_0000_01B3
            at += 1
        } while at < end && WordPart(folded[start]) == .letter && WordPart(folded[at]) == .letter
        return hash
    }

    /// `https://host/path/` as `host/path`, without capitals; nil where it is no address of the web.
    static func withoutScheme(_ text: String) -> String? {
        let text = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        return String(rest.hasSuffix("/") ? rest.dropLast() : rest)
    }

    /// Gaps that hold white space as one space each.
    private static func shape(_ scalars: [UInt32]) -> [UInt32] {
        var (shape, at): ([UInt32], Int) = ([], 0)
        while at < scalars.count {
            let end = scalars[at...].firstIndex { !isSeparator($0) } ?? scalars.count
            if scalars[at..<end].contains(where: isSpace) {
                if !shape.isEmpty, end < scalars.count { shape.append(0x20) }
                at = end
            } else {
                shape.append(scalars[at])
                at += 1
            }
        }
        return shape
    }

    /// What may stand in a text where a name has a space: line ends, marks of quoting and emphasis, and what addresses put there.
    static func isSeparator(_ scalar: UInt32) -> Bool {
        isSpace(scalar) || scalar == 0x2B || scalar == 0x5F || scalar == 0x2D || scalar == 0x2E || scalar == 0x3E
            || scalar == 0x2A
    }

    private static func isSpace(_ scalar: UInt32) -> Bool { (0x09...0x0D).contains(scalar) || scalar == 0x20 || scalar == 0xA0 }

    /// A letter with a mark may be one scalar or two, and what nobody sees may stand in a name or not.
    private static func compositions(_ name: String) -> [String] {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return [name] }
        let (composed, apart) = (name.precomposedStringWithCanonicalMapping, name.decomposedStringWithCanonicalMapping)
        var scalars: [[UInt32]] = []
        let all = [name, composed, apart]
        let visible = all.map { spelling in
            String(String.UnicodeScalarView(spelling.unicodeScalars.filter { !InvisibleCharacters.contains($0.value) }))
        }
        return (all + visible).filter { spelling in
            let own = spelling.unicodeScalars.map(\.value)
            defer { scalars.append(own) }
            return !scalars.contains(own)
        }
    }
}

extension [UInt32] {
    /// The longest end whose every scalar fits.
    fileprivate func suffix(while fits: (UInt32) -> Bool) -> ArraySlice<UInt32> {
        self[((lastIndex { !fits($0) } ?? -1) + 1)...]
    }
}
