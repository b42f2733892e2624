// How many columns a text takes on a terminal, for everything that aligns, wraps or cuts.

extension String {
    /// The columns that a terminal gives to this text, which holds no control characters (``showingControls(keepingNewlines:)``).
    ///
    /// East Asian wide characters and emoji take two, combining marks and joiners none (Unicode UAX #11).
    var displayWidth: Int {
        if isNarrow { return unicodeScalars.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// The text where it fits into `width` columns, else as many whole characters as fit before `ending`.
    ///
    /// `"reliance".cut(toWidth: 5)` is `"reli…"`. An ending that does not fit is left out.
    func cut(toWidth width: Int, ending: String = "…") -> String {
        // A character of UTF-8 has at least one byte a column, so most texts need no counting.
        if utf8.count <= width { return self }
        let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if !isPlain, fits(width) { return self }
        let mark = ending.displayWidth <= width ? ending : ""
        if isPlain { return String(self[..<utf8.index(startIndex, offsetBy: max(0, width - mark.displayWidth))]) + mark }
        var room = max(0, width - mark.displayWidth)
        var end = startIndex
        while end < endIndex {
            room -= self[end].displayWidth
            if room < 0 { break }
            end = index(after: end)
        }
        return self[..<end] + mark
    }

    /// The text with spaces to `width` columns: behind it, or before it where `right` is true. A wider text stays as it is.
    func padded(toWidth width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - displayWidth))
        return right ? space + self : self + space
    }

    /// ``displayWidth`` without measuring a long text beyond `width`.
    private func fits(_ width: Int) -> Bool {
        var room = width
        for character in self {
            room -= character.displayWidth
            if room < 0 { return false }
        }
        return true
    }

    /// Whether each scalar is one character of one column: everything before the combining marks, but for controls.
    private var isNarrow: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            || unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x300 && !$0.isC1 }
    }
}

extension Character {
    /// The columns of one character as people see it: 0, 1 or 2, more only where a script joins several letters into one.
    var displayWidth: Int {
        if let ascii = asciiValue, ascii >= 0x20 { return ascii < 0x7F ? 1 : 0 }
        var sum = 0
        var isEmoji = false
        for (index, scalar) in unicodeScalars.enumerated() {
            let width = scalar.displayWidth
            // A flag, a family, a skin tone, or a sign with the emoji selector: one picture, however many scalars.
            if index == 0, scalar.properties.isEmoji { isEmoji = width == 2 }
            if index > 0, scalar.value == 0xFE0F, sum == 1 { isEmoji = true }
            sum += width
        }
        return isEmoji ? 2 : sum
    }
}

extension Unicode.Scalar {
    fileprivate var isC1: Bool { value >= 0x7F && value < 0xA0 }

    fileprivate var displayWidth: Int {
        if value < 0x300 { return value < 0x20 || isC1 ? 0 : 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        case 0x1160...0x11FF, 0xD7B0...0xD7FB: return 0  // Hangul vowels and finals join the initial before them
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
            0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
            return 2
        default: return properties.isEmojiPresentation ? 2 : 1
        }
    }
}
