// Text of scripts that put no spaces between words, cut into characters, so that any substring is a phrase.

internal import Foundation

extension Unicode.Scalar {
    /// Whether it belongs to a script without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), or to Korean, whose words
    /// carry endings. Their punctuation is not meant.
    var isSpaceless: Bool {
        switch value {
        case ..<0x0E00: false
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E50...0x0E59: true  // Thai
        case 0x0E81...0x0EDF: true  // Lao
        case 0x1000...0x109F, 0x1780...0x17D3, 0x17DC...0x17E9: true  // Burmese, Khmer
        case 0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF: true  // Hangul
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x302F, 0x3031...0x3035, 0x3038...0x303C: true  // radicals, numerals
        case 0x3041...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF: value != 0x30FB  // kana, bopomofo; not the middle dot
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF: true  // Han
        case 0xFF66...0xFFDC: true  // halfwidth kana and Hangul
        case 0x1AFF0...0x1B16F, 0x20000...0x3FFFD: true
        default: false
        }
    }

    /// Punctuation of East Asian writing.
    var isEastAsianPunctuation: Bool {
        switch value {
        case 0x3001...0x3004, 0x3008...0x3020, 0x3030, 0x303D...0x303F, 0x30FB, 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF01...0xFF0F,
            0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65:
            true
        case 0x0E2F, 0x0E4F, 0x0E5A...0x0E5B, 0x104A...0x104F, 0x17D4...0x17DB: true
        default: false
        }
    }
}

/// Cuts text into what the index of spaceless scripts (`posts_cjk`) holds.
///
/// Each spaceless character is a word. Between such a character and its neighbour, East Asian punctuation is a word too, and
/// any other punctuation or space is one gap, so that a phrase finds a substring and nothing else. Text of other scripts stays as it is. The
/// same text gives the same words for ever: the index can only forget a text that it is told again.
public enum SpacelessText {
    /// What the index holds of a post.
    public struct Words: Sendable, Equatable {
        /// The texts with a space around each spaceless character.
        public var title: String?
        public var body: String?
        /// The words of other scripts that touch a spaceless character.
        public var glued: String
    }

    /// Whether a text holds a character of a spaceless script.
    public static func occurs(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            // U+0E00 and all above begin with such a byte. Quotation marks do so too, so the characters are looked at then.
            guard bytes.contains(where: { $0 >= 0xE0 }) else { return false }
            return String(decoding: bytes, as: UTF8.self).unicodeScalars.contains(where: \.isSpaceless)
        }
    }

    /// The words of a post; nil where no spaceless character is in it.
    public static func words(title: String?, body: String?) -> Words? {
        guard title.map(occurs) == true || body.map(occurs) == true else { return nil }
        let (title, body) = (title.map(cut), body.map(cut))
        return Words(title: title?.text, body: body?.text, glued: (title?.glued ?? "") + (body?.glued ?? ""))
    }

    /// The words of one text, between spaces.
    public static func words(_ text: String) -> String { cut(text).text }

    private static func cut(_ text: String) -> (text: String, glued: String) {
        var cutter = Cutter()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars { cutter.add(scalar) }
        cutter.end()
        return (String(cutter.text), String(cutter.glued))
    }

    /// Stands before the number of a character that FTS5's tokenizer drops, and alone for a gap. No keyboard types it.
    private static let mark: Unicode.Scalar = "\u{E000}"

    private struct Cutter {
        var text = String.UnicodeScalarView()
        var glued = String.UnicodeScalarView()
        /// What stood last, but for punctuation and space.
        private var last = Kind.none
        /// The punctuation since then.
        private var punctuation: [Unicode.Scalar] = []
        private var hasGap = false
        /// The run of other scripts without a space in it, and whether it began behind a spaceless character.
        private var run = String.UnicodeScalarView()
        private var isGlued = false

        private enum Kind { case none, spaceless, other }

        mutating func add(_ scalar: Unicode.Scalar) {
            if scalar.isSpaceless {
                endRun(isGlued: !hasGap)
                endGap(before: .spaceless)
                put(scalar, asNumber: !scalar.isKnownToken)
                last = .spaceless
            } else if scalar.isEastAsianPunctuation {
                endRun(isGlued: false)
                hasGap = true
                punctuation.append(scalar)
                text.append(" ")
            } else if scalar.isWordCharacter, scalar != SpacelessText.mark {
                if last != .other || hasGap { endGap(before: .other) }
                if run.isEmpty { isGlued = last == .spaceless && !gapBehind }
                gapBehind = false
                text.append(scalar)
                run.append(scalar)
                last = .other
            } else {
                // Marks inside a word of another script belong to it; FTS5 sees to the rest.
                if !(last == .other && !hasGap && scalar.properties.generalCategory == .nonspacingMark) { hasGap = true }
                if scalar.isSearchSpace { endRun(isGlued: false) }
                text.append(scalar == "\0" || scalar == SpacelessText.mark ? " " : scalar)
                if !run.isEmpty { run.append(scalar) }
            }
        }

        mutating func end() {
            endRun(isGlued: false)
            if last == .spaceless, !punctuation.isEmpty { endGap(before: .none) }
        }

        /// Whether something stood between the last spaceless character and what is about to be put.
        private var gapBehind = false

        private mutating func endGap(before next: Kind) {
            gapBehind = hasGap
            if last == .spaceless || next == .spaceless {
                for scalar in punctuation { put(scalar, asNumber: true) }
                if punctuation.isEmpty, hasGap, last != .none, next != .none { put(nil, asNumber: false) }
                text.append(" ")
            }
            punctuation = []
            hasGap = false
        }

        private mutating func endRun(isGlued isGluedBehind: Bool) {
            if !run.isEmpty, isGlued || isGluedBehind {
                glued.append(contentsOf: run)
                glued.append(" ")
            }
            run = String.UnicodeScalarView()
        }

        private mutating func put(_ scalar: Unicode.Scalar?, asNumber: Bool) {
            text.append(" ")
            if let scalar, !asNumber {
                text.append(scalar)
            } else {
                text.append(SpacelessText.mark)
                if let scalar { text.append(contentsOf: String(scalar.value).unicodeScalars) }
            }
            text.append(" ")
        }
    }
}

extension Unicode.Scalar {
    /// Whether every version of FTS5's tokenizer takes it for a word character, and folds it to nothing else.
    fileprivate var isKnownToken: Bool {
        switch value {
        case 0x0E01...0x0E30, 0x0E32, 0x0E40...0x0E46: true
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC...0x30FE, 0x3400...0x4DB5, 0x4E00...0x9FA5, 0xAC00...0xD7A3: true
        default: false
        }
    }
}

extension SpacelessText {
    /// The pairs of neighbouring letters of spaceless scripts in a text and how often each occurs, the commonest first.
    public static func pairs(_ text: String) -> [(pair: String, count: Int)] {
        var counts: [String: Int] = [:]
        var last: Unicode.Scalar?
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars.prefix(50_000) {
            if scalar.isSpaceless, let last { counts["\(last)\(scalar)", default: 0] += 1 }
            last = scalar.isSpaceless ? scalar : nil
        }
        return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
