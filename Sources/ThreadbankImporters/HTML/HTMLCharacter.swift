// Characters that a browser shows otherwise than they are written.

/// One character that is not simply itself.
enum HTMLCharacter {
    /// White space, a no-break space too, and its length.
    case space(Int)
    /// A soft hyphen or a byte order mark: they would only break words in two for the search.
    case unseen(Int)
    case other([UInt8], Int)

    /// The first character of a text that is not empty.
    init(_ text: ArraySlice<UInt8>) {
        let first = text[text.startIndex]
        let second = text.count > 1 ? text[text.startIndex + 1] : 0
        if first <= 0x20 {
            self = first == 0x20 || (0x09...0x0D).contains(first) ? .space(1) : .unseen(1)
        } else if first == 0xC2, second == 0xA0 {
            self = .space(2)
        } else if first == 0xC2, second == 0xAD {
            self = .unseen(2)
        } else if first == 0xC2, (0x80...0x9F).contains(second) {
            self = .other(Self.windows[Int(second) - 0x80], 2)
        } else if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .unseen(3)
        } else {
            self = .other([first], 1)
        }
    }

    /// Windows-1252, as which browsers read `&#128;` to `&#159;`.
    private static let windows: [[UInt8]] =
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars.map { Array(String($0).utf8) }
}
