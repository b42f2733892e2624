// The tokens of JSON, by their first byte, and which may follow which.

/// As much of the grammar as finds a fault soon after it happened. A member's key and an element are not told apart.
enum JSONToken: UInt8 {
    case start, openObject, closeObject, openArray, closeArray, comma, colon, string
    /// A number, true, false or null that may go on, and one that has ended.
    case word, wordEnd
    case space
    /// No byte of JSON outside of strings.
    case none

    @inline(__always)
    init(_ byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x0A: self = .space
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: ","): self = .comma
        case UInt8(ascii: ":"): self = .colon
        case UInt8(ascii: "{"): self = .openObject
        case UInt8(ascii: "}"): self = .closeObject
        case UInt8(ascii: "["): self = .openArray
        case UInt8(ascii: "]"): self = .closeArray
        // Also the letters of NaN and Infinity, as some writers have them.
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            self = .word
        default: self = .none
        }
    }

    @inline(__always)
    func mayFollow(_ previous: JSONToken) -> Bool { previous.followers & (1 << UInt16(rawValue)) != 0 }

    /// A bit for each token that may come next.
    @inline(__always)
    private var followers: UInt16 {
        switch self {
        case .start, .comma, .colon: Self.values
        case .openObject: 1 << Self.closeObject.rawValue | 1 << Self.string.rawValue
        case .openArray: Self.values | 1 << Self.closeArray.rawValue
        case .closeObject, .closeArray, .word, .wordEnd: Self.ends
        case .string: Self.ends | 1 << Self.colon.rawValue
        case .space, .none: 0
        }
    }

    /// `{`, `[`, a string, a word.
    private static let values: UInt16 = 0b1_1000_1010
    /// `}`, `]`, a comma.
    private static let ends: UInt16 = 0b0_0011_0100
}
