// Plain text of small pieces of markup: names, dates, titles.

internal import ThreadbankCore

enum WebText {
    /// The text without tags, in one line, entities decoded.
    static func plain(_ html: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(html.count, 256))
        var place = html.startIndex
        var isSpacePending = false
        var hasReference = false
        while place < html.endIndex {
            let byte = html[place]
            if byte == UInt8(ascii: "<"), let end = tagEnd(html, place) {
                let name = html[(place + 1)...].prefix { $0 > 0x20 && $0 != 0x3E }
                // Tags of a line part no words; those of blocks do.
                if !inline.contains(WebName.hash(name.first == 0x2F ? name.dropFirst() : name)) {
                    isSpacePending = !bytes.isEmpty
                }
                place = end
                continue
            }
            place += 1
            if byte <= 0x20 {
                isSpacePending = !bytes.isEmpty
                continue
            }
            if isSpacePending { bytes.append(0x20) }
            isSpacePending = false
            if byte == UInt8(ascii: "&") { hasReference = true }
            bytes.append(byte)
        }
        return hasReference ? decoded(bytes[...]) : clean(bytes[...])
    }

    /// The text of an attribute's value.
    static func decoded(_ value: ArraySlice<UInt8>) -> String {
        let text = clean(value)
        guard value.contains(UInt8(ascii: "&")) else { return text }
        let plain = (try? HTMLText.decodingEntities(text)) ?? text
        return trimmed(plain.replacing("\u{A0}", with: " "))
    }

    private static func clean(_ value: ArraySlice<UInt8>) -> String {
        trimmed(String(decoding: value.contains(0) ? value.filter { $0 != 0 }[...] : value, as: UTF8.self))
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first, first.properties.isWhitespace { rest.unicodeScalars.removeFirst() }
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest.unicodeScalars.removeLast() }
        return String(rest)
    }

    private static func tagEnd(_ html: ArraySlice<UInt8>, _ place: Int) -> Int? {
        guard place + 1 < html.endIndex else { return html.endIndex }
        let next = html[place + 1]
        guard next == 0x2F || next == 0x21 || (0x61...0x7A).contains(next | 0x20) else { return nil }
        return html[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.endIndex
    }

    private static let inline = WebName.set(
        "a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strong sub sup tt u wbr")
}
