// Content-Length in mbox: believed only where a message really ends there.

internal import ThreadbankCore

enum MailLength {
    /// The end of the message at `start` by its `Content-Length`; nil where it has none, or where neither a separator nor the end of
    /// the file stands there.
    ///
    /// - parameter next: the next separator behind `start`; its headers end before. Both move with the window.
    static func end(_ window: inout ByteWindow, _ start: inout Int, _ next: inout Int, longest: Int) throws -> Int? {
        guard let (headers, length) = told(window.bytes[start..<min(next, start + 1 << 16)]), length <= longest else {
            return nil
        }
        let whole = next - start
        while headers + length + MailSeparator.reach > window.count - start, !window.isAtEnd {
            start -= try window.fill(keepingFrom: start)
        }
        next = start + whole
        var end = window.lineEnd(start + headers) + 1 + length
        guard end <= window.count else { return nil }
        // Behind the body a line may be left blank.
        for _ in 0..<3 {
            if end == window.count { return end }
            if MailSeparator.mbox.matches(window.bytes[end...], isBehindBlank: true) {
                return end == 0 || window.bytes[end - 1] == 0x0A ? end : nil
            }
            if window.bytes[end] == 0x0D { end += 1 }
            guard end < window.count, window.bytes[end] == 0x0A else { return nil }
            end += 1
        }
        return nil
    }

    /// How long the headers are, and what they say of the body.
    private static func told(_ message: ArraySlice<UInt8>) -> (headers: Int, length: Int)? {
        let end = MailBytes.headersEnd(message)
        guard end < message.endIndex, let length = length(message[..<end]) else { return nil }
        return (end - message.startIndex, length)
    }

    private static func length(_ headers: ArraySlice<UInt8>) -> Int? {
        let name = Array("content-length:".utf8)
        for line in headers.split(separator: 0x0A) where line.count > name.count && line.count < 60 {
            guard zip(line, name).allSatisfy({ $0 | 0x20 == $1 || $0 == $1 }) else { continue }
            let digits = line.dropFirst(name.count).drop { $0 == 0x20 || $0 == 0x09 }.prefix { (0x30...0x39).contains($0) }
            return Int(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }
}
