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
        guard rest[..<end].contains(0) else { return rest }
        return rest[..<end].map { $0 == 0 ? UInt8(ascii: "?") : $0 } + rest[end...]
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

    /// All bytes of an input that is one message; nil where it is longer than any message.
    static func whole(_ input: any ImportInput) throws -> [UInt8]? {
        var all: [UInt8] = []
        while let chunk = try input.next() {
            if all.count + chunk.count > MailSplitter.longest { return nil }
            all += chunk
        }
        return all
    }
}
