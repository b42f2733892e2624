// The visible text of a page in lines, for the recovery of copied text.

internal import ThreadbankCore

/// Collects lines: what stands in a block of its own is one.
struct WebLines {
    private var lines: [String] = []
    private var line: [UInt8] = []

    /// - parameter most: where a page has more lines, nil is given.
    static func lines(of page: WebPage, most: Int) -> [String]? {
        var collector = WebLines()
        var place = 0
        var element = 0
        // Between the tags of two elements stand text and end tags.
        while element < page.elements.count {
            if collector.lines.count > most { return nil }
            let entry = page.elements[element]
            if Int(entry.tag) > place { collector.add(page.html[place..<Int(entry.tag)]) }
            if !inline.contains(entry.name) { collector.endLine() }
            place = max(place, Int(entry.start))
            if unseen.contains(entry.name) {
                place = max(place, Int(entry.stop))
                element = Int(entry.end)
            } else {
                element += 1
            }
        }
        if place < page.html.count { collector.add(page.html[place...]) }
        collector.endLine()
        return collector.lines.count > most ? nil : collector.lines
    }

    private mutating func endLine() {
        let text = WebText.decoded(line[...])
        if !text.isEmpty { lines.append(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
        line = []
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "<"), place + 1 < bytes.endIndex, bytes[place + 1] == 0x2F || bytes[place + 1] == 0x21 {
                let name = bytes[(place + 2)...].prefix { $0 > 0x20 && $0 != 0x3E }
                if bytes[place + 1] == 0x2F, !Self.inline.contains(WebName.hash(name)) { endLine() }
                place = bytes[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.endIndex
                continue
            }
            line.append(byte < 0x20 ? 0x20 : byte)
            place += 1
        }
    }

    private static let inline = WebName.set(
        "a abbr b bdi bdo big cite code em font i img ins kbd mark q s small span strong sub sup time tt u wbr var")
    private static let unseen = WebName.set("script style title noscript template select textarea option svg nav form")
}
