// A message's bytes before they are parsed.

internal import ThreadbankCore

enum MailBytes {
    /// The message without what no parser should see: a byte order mark, blank lines and `From ` lines before the headers, and zero
    /// bytes in them, which end a string in C.
    static func cleaned(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            let isBlank = line.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard isBlank || line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8) else { break }
            rest = rest[line.endIndex...].dropFirst()
        }
        let end = headersEnd(rest)
        let isWhole = rest[..<end].last == 0x0A && end < rest.endIndex
        if isWhole, !rest[..<end].contains(0), isAllHeaders(rest[..<end]) { return rest }
        var lines = rest[..<end].split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return mended(lines)[...] + rest[end...]
    }

    /// Whether each line is a header or goes on with one, so that nothing is to be mended: nearly all mails are so.
    private static func isAllHeaders(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            if !isOfHeader(rest[..<end]) { return false }
            rest = rest[end...].dropFirst()
        }
        return true
    }

    /// Headers that a parser reads to their end: a line that is none, among others, is left out; where only such lines follow, the
    /// body begins without a blank line before it.
    private static func mended(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
        let last = lines.lastIndex { MailSeparator.isHeader($0) } ?? -1
        let end = lines[(last + 1)...].firstIndex { !isOfHeader($0) } ?? lines.count
        var result: [UInt8] = []
        for line in lines[..<end] where !line.isEmpty && isOfHeader(line) {
            result += line.lazy.map { $0 == 0 ? UInt8(ascii: "?") : $0 }
            result.append(0x0A)
        }
        if end < lines.count { result.append(0x0A) }
        for line in lines[end...] { result += line + [0x0A] }
        return result
    }

    /// A header, or a line that goes on with one.
    private static func isOfHeader(_ line: ArraySlice<UInt8>) -> Bool {
        line.isEmpty || line.first == 0x20 || line.first == 0x09 || MailSeparator.isHeader(line)
    }

    /// Whether a message ends within its headers: a file that was cut, where the last line may lack its end.
    static func isCut(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.last != 0x0A && headersEnd(bytes) == bytes.endIndex }

    /// Where the blank line behind the headers begins; the end where there is none.
    static func headersEnd(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex
        while let end = bytes[index...].firstIndex(of: 0x0A) {
            let next = end + 1
            if next >= bytes.endIndex { break }
            if bytes[next] == 0x0A || bytes[next] == 0x0D { return next }
            index = next
        }
        return bytes.endIndex
    }
}

extension MailBytes {
    /// Without a byte order mark and white space at the start.
    static func skippingBlank(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        return rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }

    /// All bytes of an input that is one message, or what is good of them; nil where it is longer than any message.
    static func whole(_ input: any ImportInput) throws -> [UInt8]? {
        var all: [UInt8] = []
        do {
            while let chunk = try input.next() {
                if all.count + chunk.count > MailSplitter.longest { return nil }
                all += chunk
            }
        } catch let error as ImportError {
            if all.isEmpty || input.failure == nil { throw error }
        }
        return all
    }
}
