// Bytes of a text part to text, whatever charset they claim to be in.

internal import Foundation

enum MailCharset {
    /// The text of the bytes. What is valid UTF-8 is taken as that, whatever the label says, for no other charset looks like it by
    /// chance; else the label counts, and windows-1252 where it is missing or unknown.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>, charset: String?) -> String {
        let label = charset?.lowercased() ?? ""
        if isShifting(label), let text = convert(bytes, from: label) { return text }
        let valid = Validity(of: bytes)
        if valid.isASCII || valid.isUTF8 && !(valid.isShort && isMultibyte(label)) {
            return String(decoding: bytes, as: UTF8.self)
        }
        if label.hasPrefix("utf-8") || label == "utf8", valid.brokenCount * 20 < valid.wideCount {
            // A little of it is broken, as by a cut in the middle of a character.
            return String(decoding: bytes, as: UTF8.self)
        }
        return convert(bytes, from: name(label)) ?? convert(bytes, from: "WINDOWS-1252") ?? String(decoding: bytes, as: UTF8.self)
    }

    /// Charsets whose bytes are ASCII and mean something else.
    private static func isShifting(_ label: String) -> Bool {
        ["iso-2022", "hz", "utf-7", "utf-16", "utf-32", "unicode-1-1-utf-7", "ucs-2", "csiso2022"].contains {
            label.hasPrefix($0)
        }
    }

    /// Charsets of two bytes a character, of which a few may look like UTF-8.
    private static func isMultibyte(_ label: String) -> Bool {
        ["gb", "big5", "euc", "shift", "sjis", "ks_c", "cp949", "johab", "x-sjis"].contains { label.hasPrefix($0) }
    }

    /// The name by which iconv knows a charset; the smaller ones as those that hold them and more, as browsers read them.
    private static func name(_ label: String) -> String {
        switch label {
        case "", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso8859-1", "8bit", "7bit", "utf-8", "utf8": "WINDOWS-1252"
        case "gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936": "GB18030"
        case "ks_c_5601-1987", "euc-kr", "ks_c_5601": "CP949"
        case "iso-8859-9": "WINDOWS-1254"
        case "shift_jis", "shift-jis", "x-sjis", "sjis": "CP932"
        case "big5": "BIG5-HKSCS"
        default: label
        }
    }

    /// nil where iconv does not know the charset. What it cannot read becomes U+FFFD.
    private static func convert(_ bytes: UnsafeBufferPointer<UInt8>, from charset: String) -> String? {
        guard let converter = iconv_open("UTF-8", charset), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var left = bytes.count
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 2)
        var buffer = [CChar](repeating: 0, count: 1 << 14)
        while left > 0 {
            let (result, written, fault) = buffer.withUnsafeMutableBufferPointer { buffer in
                var output = buffer.baseAddress
                var room = buffer.count
                let result = iconv(converter, &input, &left, &output, &room)
                return (result, buffer.count - room, errno)
            }
            text.append(contentsOf: buffer[..<written].lazy.map { UInt8(bitPattern: $0) })
            guard result == -1 else { continue }
            if fault == E2BIG { continue }
            text += [0xEF, 0xBF, 0xBD]
            input = input.map { $0 + 1 }
            left -= 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// How far bytes are UTF-8.
    private struct Validity {
        private(set) var isASCII = true
        /// Whole characters beyond ASCII, and bytes that are part of none.
        private(set) var wideCount = 0
        private(set) var brokenCount = 0
        private var longCount = 0

        var isUTF8: Bool { brokenCount == 0 }
        /// Whether nothing but a few characters of two bytes speaks for it.
        var isShort: Bool { longCount == 0 && wideCount < 8 }

        init(of bytes: UnsafeBufferPointer<UInt8>) {
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    index += 1
                    continue
                }
                isASCII = false
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                let isStart = (0xC2...0xF4).contains(byte) && index + length <= bytes.count
                if isStart, (1..<length).allSatisfy({ bytes[index + $0] & 0xC0 == 0x80 }) {
                    wideCount += 1
                    if length > 2 { longCount += 1 }
                    index += length
                } else {
                    brokenCount += 1
                    index += 1
                }
            }
        }
    }
}
