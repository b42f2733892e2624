// Content-Length in mbox: believed only where a message really ends there.

internal import ThreadbankCore

enum MailLength {
    /// The end of the message at `start` by its `Content-Length`; nil where it has none, or where neither a separator nor the end of
    /// the file stands there.
    static func end(_ window: inout ByteWindow, _ start: inout Int, longest: Int) throws -> Int? {
        guard let headersEnd = try headersEnd(&window, &start), let length = length(window.bytes[start..<headersEnd]),
            length <= longest
        else { return nil }
        let headers = headersEnd - start
        while headers + length + MailSeparator.reach > window.count - start, !window.isAtEnd {
            start -= try window.fill(keepingFrom: start)
        }
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

    /// Where the blank line behind the headers begins; nil where they do not end soon.
    private static func headersEnd(_ window: inout ByteWindow, _ start: inout Int) throws -> Int? {
        while window.count - start < 1 << 16, !window.isAtEnd { start -= try window.fill(keepingFrom: start) }
        let head = window.bytes[start..<min(window.count, start + 1 << 16)]
        guard head.contains(where: { $0 == UInt8(ascii: "L") || $0 == UInt8(ascii: "l") }) else { return nil }
        let end = MailBytes.headersEnd(head)
        return end < head.endIndex ? end : nil
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
