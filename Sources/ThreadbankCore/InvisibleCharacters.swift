// The characters that nobody sees.

/// Characters that take no place, or an empty one, and are no white space (Unicode UTR #36, UTS #39).
public enum InvisibleCharacters {
    /// Whether a scalar value is that of a soft hyphen, joiner, zero-width or tag character, selector, mark of direction, filler, or a control of
    /// annotations, shorthand or music.
    public static func contains(_ value: UInt32) -> Bool {
        switch value {
        case ..<0xAD: false
        case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
            0x2060...0x206F,
            0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
