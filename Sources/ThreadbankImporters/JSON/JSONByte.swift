// What single bytes of a JSON text mean.

/// Classes of bytes, and the inner loop over the text of strings.
enum JSONByte {
    static func opens(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// Whether the bytes are a text in its quotation marks, a number, true, false or null.
    static func isScalar(_ bytes: [UInt8]) -> Bool {
        switch bytes.first ?? 0 {
        case UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: ["null", "true", "false", "NaN", "Infinity"].contains { bytes.elementsEqual($0.utf8) }
        }
    }

    /// The place of the next quotation mark, backslash or U+000A at or after `start`; the count where there is none. Eight bytes at a
    /// time, by the test for a zero byte in a word (H. S. Warren, Hacker's Delight, 6-1).
    @inline(__always)
    static func endOfPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        let raw = UnsafeRawBufferPointer(bytes)
        while place + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let found =
                zeroes(word ^ 0x2222_2222_2222_2222) | zeroes(word ^ 0x5C5C_5C5C_5C5C_5C5C) | zeroes(word ^ 0x0A0A_0A0A_0A0A_0A0A)
            if found != 0 {
                // The lowest mark is exact; those above it may be carried over from it.
                return place + UInt64(littleEndian: found).trailingZeroBitCount / 8
            }
            place += 8
        }
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x0A { return place }
            place += 1
        }
        return place
    }

    /// The place of the next backslash or control character (up to U+001F) at or after `start`; nil where there is none.
    static func controlOrBackslash(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var place = start
        let raw = UnsafeRawBufferPointer(bytes)
        while place + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let controls = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            if controls | zeroes(word ^ 0x5C5C_5C5C_5C5C_5C5C) != 0 { break }
            place += 8
        }
        while place < bytes.count {
            if bytes[place] < 0x20 || bytes[place] == UInt8(ascii: "\\") { return place }
            place += 1
        }
        return nil
    }

    /// The high bit of each byte that is zero.
    @inline(__always)
    private static func zeroes(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }
}
