// How a tag reads in HTML: its name, its attributes, its end, and what kind of element it opens.

/// Looks at tags in the bytes of HTML and changes nothing.
struct HTMLTagScan {
    let html: [UInt8]

    private static let mostAttributes = 100

    func byte(_ place: Int) -> UInt8 { place < html.count ? html[place] : 0 }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    func name(at start: Int) -> [UInt8] {
        var name: [UInt8] = []
        var place = start
        while place < html.count, name.count < 64 {
            let byte = html[place]
            if Self.isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<") { break }
            name.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            place += 1
        }
        return name
    }

    static func isAddress(_ name: [UInt8]) -> Bool {
        ["http:", "https:", "ftp:", "mailto:", "news:"].contains { name.starts(with: $0.utf8) }
    }

    /// Where a tag ends whose attributes start at `start`, and where it must be cut for having too many; nil where it never ends.
    func tag(_ start: Int) -> (end: Int, cut: Int?)? {
        var place = start
        var attributes = 0
        var cut: Int?
        while place < html.count {
            let byte = html[place]
            if byte == UInt8(ascii: ">") { return (place + 1, cut) }
            if Self.isSpace(byte) || byte == UInt8(ascii: "/") {
                place += 1
                continue
            }
            attributes += 1
            if attributes > Self.mostAttributes, cut == nil { cut = place }
            // The name; its first character may be an equals sign.
            place += 1
            while place < html.count, !Self.isSpace(html[place]), html[place] != UInt8(ascii: "="),
                html[place] != UInt8(ascii: ">"),
                html[place] != UInt8(ascii: "/")
            {
                place += 1
            }
            var value = place
            while Self.isSpace(self.byte(value)) { value += 1 }
            guard self.byte(value) == UInt8(ascii: "=") else { continue }
            value += 1
            while Self.isSpace(self.byte(value)) { value += 1 }
            let quote = self.byte(value)
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let end = html[min(value + 1, html.count)...].firstIndex(of: quote) else { return nil }
                place = end + 1
            } else {
                while value < html.count, !Self.isSpace(html[value]), html[value] != UInt8(ascii: ">") { value += 1 }
                place = value
            }
        }
        return nil
    }

    // MARK: Elements

    /// Elements whose content is no markup and is not seen.
    static func isRaw(_ name: [UInt8]) -> Bool { raw.contains(name) }
    private static let raw = Set(["script", "style", "title"].map { Array($0.utf8) })

    static func isVoid(_ name: [UInt8]) -> Bool { void.contains(name) }
    private static let void = Set(
        ["br", "img", "hr", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track", "param", "frame"]
            .map { Array($0.utf8) })
}
