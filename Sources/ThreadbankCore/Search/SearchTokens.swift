// Which characters make words, as the archive's index sees it.

extension Unicode.Scalar {
    /// Whether FTS5's tokenizer `unicode61` takes it for part of a word: letters, digits and private characters.
    var isWordCharacter: Bool {
        if isASCII { return properties.isAlphabetic || (0x30...0x39).contains(value) }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .privateUse:
            true
        default: false
        }
    }

    /// White space, and the control characters, which nobody means to search for.
    var isSearchSpace: Bool { value <= 0x20 || value == 0x7F || (!isASCII && properties.isWhitespace) }

    /// The straight quotation mark and the curved ones that keyboards put in its place.
    var isSearchQuote: Bool {
        switch value {
        case 0x22, 0x201C, 0x201D, 0x201E, 0x201F, 0xFF02: true
        default: false
        }
    }
}

extension Sequence<Unicode.Scalar> {
    /// How many words they hold; each character of a spaceless script is one.
    var wordCount: Int {
        var count = 0
        var isInside = false
        for scalar in self {
            if scalar.isSpaceless {
                count += 1
                isInside = false
                continue
            }
            let isWord = scalar.isWordCharacter
            if isWord, !isInside { count += 1 }
            isInside = isWord || (isInside && scalar.properties.generalCategory == .nonspacingMark)
        }
        return count
    }

    /// The text with one space for any white space, and none at its ends.
    var spaced: String {
        var text = String.UnicodeScalarView()
        var isPending = false
        for scalar in self {
            if scalar.isSearchSpace {
                isPending = !text.isEmpty
            } else {
                if isPending { text.append(" ") }
                isPending = false
                text.append(scalar)
            }
        }
        return String(text)
    }
}
