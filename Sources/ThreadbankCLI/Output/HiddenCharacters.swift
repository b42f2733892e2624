// Which characters that nobody sees may pass to a terminal: those that a script or a picture needs where they stand.

internal import ThreadbankCore

/// Tells of invisible characters whether they do what they are made for.
///
/// Joiners belong between pictures and in scripts whose letters join, selectors behind a sign that has another look, tags in a flag, soft
/// hyphens between letters, the zero-width space between words of scripts that write none. Elsewhere they hide words, or make two names
/// look alike (Unicode UTR #36, UTS #39, UTS #51), and are shown as control characters are.
struct HiddenCharacters {
    private let scalars: String.UnicodeScalarView
    private let before: Unicode.Scalar?
    private let after: Unicode.Scalar?

    /// - parameters:
    ///   - before: what stands before the text, where it is a part of another.
    ///   - after: what stands behind it.
    init(_ scalars: String.UnicodeScalarView, before: Unicode.Scalar? = nil, after: Unicode.Scalar? = nil) {
        (self.scalars, self.before, self.after) = (scalars, before, after)
    }

    /// Whether the scalar might be one that is not seen; the place decides.
    static func mayBe(_ scalar: Unicode.Scalar) -> Bool { InvisibleCharacters.contains(scalar.value) }

    /// Whether it stands where it hides something or nothing wants it.
    func hides(at place: String.Index) -> Bool {
        let before = place > scalars.startIndex ? scalars[scalars.index(before: place)] : self.before
        let next = scalars.index(after: place)
        let after = next < scalars.endIndex ? scalars[next] : self.after
        switch scalars[place].value {
        case 0xAD: return !(before?.isWritten ?? false) || !(after?.isWritten ?? false)
        case 0x34F: return !(before?.isWritten ?? false) || before?.isASCII ?? true
        case 0x115F, 0x1160: return !(before?.isJamo ?? false) && !(after?.isJamo ?? false)
        case 0x180B...0x180F: return !(before?.isMongolian ?? false)
        case 0x200B: return !(before?.hasNoSpaces ?? false)
        case 0x200C: return !(before?.joins ?? false)
        case 0x200D:
            if let before, let after, before.isPicture, after.isPicture { return false }
            return !(before?.joins ?? false) && !(!Self.isHidden(before) && after?.joins ?? false)
        case 0xFE0E, 0xFE0F:
            guard let before, before.properties.isEmoji else { return true }
            // Digits are pictures only on a key.
            return before.isASCII && after?.value != 0x20E3
        case 0xFE00...0xFE0D: return !(before?.hasVariants ?? false) && !(before == "0" && scalars[place].value == 0xFE00)
        case 0xE0100...0xE01EF: return !(before?.properties.isIdeographic ?? false)
        case 0xE0020...0xE007F: return !isInFlag(place)
        default: return true
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(mayBe) ?? false }

    /// The flags of England, Scotland and their like: a black flag, three to six letters or digits as tags, and the tag that ends them.
    private func isInFlag(_ place: String.Index) -> Bool {
        var start = place
        var steps = 0
        while start > scalars.startIndex, (0xE0020...0xE007E).contains(scalars[start].value) || start == place, steps < 8 {
            start = scalars.index(before: start)
            steps += 1
        }
        guard scalars[start].value == 0x1F3F4 else { return false }
        let tags = scalars[scalars.index(after: start)...].prefix(7)
        let letters = tags.prefix { (0xE0061...0xE007A).contains($0.value) || (0xE0030...0xE0039).contains($0.value) }
        return letters.count >= 3 && tags.dropFirst(letters.count).first?.value == 0xE007F && steps <= letters.count + 1
    }
}

extension Unicode.Scalar {
    /// A letter, mark or digit.
    fileprivate var isWritten: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .enclosingMark, .decimalNumber:
            !HiddenCharacters.mayBe(self)
        default: false
        }
    }

    /// The visible letters that Korean syllables are made of.
    fileprivate var isJamo: Bool {
        switch value {
        case 0x1100...0x115E, 0x1161...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7FB: true
        default: false
        }
    }

    fileprivate var isMongolian: Bool { (0x1807...0x180A).contains(value) || (0x1820...0x18AA).contains(value) }

    /// Of a script whose letters join or stack, so that a joiner or non-joiner changes how they look: Arabic and its like, the scripts of
    /// India and its neighbours.
    fileprivate var joins: Bool {
        switch value {
        case 0x0600...0x109F, 0x1700...0x1CFF, 0xA800...0xAAFF, 0xABC0...0xABFF, 0xFB50...0xFDFF, 0xFE70...0xFEFE,
            0x10A00...0x11FFF, 0x1E900...0x1E95F:
            isWritten
        default: false
        }
    }

    /// Of a script that writes no space between words: Thai, Lao, Tibetan, Burmese, Khmer, and those of their neighbours.
    fileprivate var hasNoSpaces: Bool {
        switch value {
        case 0x0E00...0x109F, 0x1700...0x17FF, 0x1950...0x1AAF, 0x1B00...0x1B7F, 0xA980...0xA9FF, 0xAA60...0xAADF:
            !HiddenCharacters.mayBe(self)
        default: false
        }
    }

    /// A picture, or what ends one.
    fileprivate var isPicture: Bool {
        !isASCII && (properties.isEmoji || value == 0xFE0F) || (0xE007F...0xE007F).contains(value)
    }

    /// Mathematical signs, East Asian characters and others that have standardized variants.
    fileprivate var hasVariants: Bool {
        switch value {
        case 0x1000...0x109F, 0x2190...0x2BFF, 0x3000...0x9FFF, 0xA840...0xA87F, 0xAA60...0xAA7F, 0xF900...0xFAFF,
            0xFF01...0xFF9F, 0x10AC0...0x10AFF, 0x13000...0x1345F, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
