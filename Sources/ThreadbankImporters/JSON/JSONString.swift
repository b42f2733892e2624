// Strings of JSON, decoded as they stand in real files.

/// Decodes a string's escapes. What `JSONDecoder` refuses is read all the same: raw control characters, and invalid UTF-8 or half of a
/// surrogate pair as U+FFFD. U+0000 becomes U+FFFD, as no text of an archive holds it.
enum JSONString {
    /// The place after the string that starts at `start`; nil where it is cut.
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var place = start + 1
        while true {
            place = JSONByte.endOfPlainText(bytes, from: place)
            guard place < bytes.count else { return nil }
            if bytes[place] == UInt8(ascii: "\"") { return place + 1 }
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
    }

    /// The text of a string in its quotation marks.
    static func text(of quoted: some Collection<UInt8>) -> String {
        quoted.withContiguousStorageIfAvailable { text(of: $0) } ?? Array(quoted).withUnsafeBufferPointer { text(of: $0) }
    }

    private static func text(of quoted: UnsafeBufferPointer<UInt8>) -> String {
        guard quoted.count > 2 else { return "" }
        let inner = UnsafeBufferPointer(rebasing: quoted[1..<quoted.count - 1])
        guard inner.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 }) else {
            return String(decoding: inner, as: UTF8.self)
        }
        // An escape is never shorter than what it stands for.
        var decoded: [UInt8] = []
        decoded.reserveCapacity(inner.count)
        var place = 0
        while place < inner.count {
            let byte = inner[place]
            if byte == UInt8(ascii: "\\") {
                appendEscape(inner, &place, to: &decoded)
            } else {
                if byte == 0 { decoded += replacement } else { decoded.append(byte) }
                place += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let replacement = Array("\u{FFFD}".utf8)

    /// Decodes the escape at `place` and passes it. What is no escape stands for itself.
    private static func appendEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, to decoded: inout [UInt8]) {
        guard place + 1 < bytes.count else {
            place += 1
            return decoded.append(UInt8(ascii: "\\"))
        }
        let simple: UInt8
        switch bytes[place + 1] {
        case UInt8(ascii: "n"): simple = 0x0A
        case UInt8(ascii: "r"): simple = 0x0D
        case UInt8(ascii: "t"): simple = 0x09
        case UInt8(ascii: "b"): simple = 0x08
        case UInt8(ascii: "f"): simple = 0x0C
        case UInt8(ascii: "u"): return appendCodePoint(bytes, &place, to: &decoded)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = bytes[place + 1]
        default:
            decoded.append(UInt8(ascii: "\\"))
            simple = bytes[place + 1]
        }
        decoded.append(simple)
        place += 2
    }

    private static func appendCodePoint(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, to decoded: inout [UInt8]) {
        guard let unit = codeUnit(bytes, place) else {
            decoded += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
            place += 2
            return
        }
        place += 6
        var code = unit
        if (0xD800..<0xDC00).contains(unit), let low = codeUnit(bytes, place), (0xDC00..<0xE000).contains(low) {
            code = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            place += 6
        }
        guard code != 0, let scalar = Unicode.Scalar(code) else {
            decoded += replacement
            return
        }
        decoded += UTF8.encode(scalar).map { Array($0) } ?? replacement
    }

    /// The number in `\uXXXX` at `place`.
    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt32? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for digit in bytes[place + 2..<place + 6] {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }
}
