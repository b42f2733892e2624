// Bytes to lines: any bytes make text.

enum TextLines {
    /// The lines of a text, without their ends (LF, CRLF, CR). A byte order mark is dropped; bytes that are no UTF-8, and U+0000,
    /// become U+FFFD; other control characters stay.
    static func lines(of bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var index = start
        var hasNull = false

        func line(_ range: Range<Int>) -> String {
            guard hasNull else { return String(decoding: bytes[range], as: UTF8.self) }
            return String(decoding: bytes[range].flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self)
        }
        while index < bytes.count {
            switch bytes[index] {
            case 0x0A, 0x0D:
                lines.append(line(start..<index))
                if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
                start = index + 1
                hasNull = false
            case 0: hasNull = true
            default: break
            }
            index += 1
        }
        if start < bytes.count { lines.append(line(start..<bytes.count)) }
        return lines
    }
}
