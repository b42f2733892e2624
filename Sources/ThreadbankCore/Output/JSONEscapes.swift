// Where a JSON text needs escapes, found eight bytes at a time: nearly all text needs none.

/// What RFC 8259 section 7 asks for; DEL and C1 are escaped too, so that no terminal obeys them.
enum JSONEscapes {
    /// The next character from `start` on that is to be escaped: where it stands, how many bytes it has, and what stands for it.
    static func next(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> (place: Int, length: Int, escaped: String)? {
        var place = start
        while true {
            place = suspect(in: utf8, from: place)
            guard place < utf8.count else { return nil }
            if let escaped = escaped(utf8, at: place) { return (place, utf8[place] == 0xC2 ? 2 : 1, escaped) }
            place += 1
        }
    }

    /// The next byte that may need an escape.
    private static func suspect(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        let raw = UnsafeRawBufferPointer(utf8)
        while place + 8 <= utf8.count, !holdsSuspect(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)) { place += 8 }
        while place < utf8.count, !isSuspect(utf8[place]) { place += 1 }
        return place
    }

    /// Tests the eight bytes of a word at once ("Determine if a word has a byte less than n" and "… equal to n", Sean Anderson,
    /// graphics.stanford.edu/~seander/bithacks.html).
    private static func holdsSuspect(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        let isBelowSpace = (word &- ones &* 0x20) & ~word
        let isOther =
            zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x7F) | zeros(word ^ ones &* 0xC2)
        return (isBelowSpace | isOther) & (ones &* 0x80) != 0
    }

    private static func isSuspect(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xC2
    }

    private static func escaped(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> String? {
        let byte = utf8[place]
        return switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20, 0x7F: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        case 0xC2 where place + 1 < utf8.count && utf8[place + 1] < 0xA0: "\\u00" + String(utf8[place + 1], radix: 16)
        default: nil
        }
    }
}
