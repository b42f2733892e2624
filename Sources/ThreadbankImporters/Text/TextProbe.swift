// What is no text, though it may begin with letters: binary files, JSON, markup.

internal import ThreadbankCore

enum TextProbe {
    /// Whether the head is that of a known binary format, or full of zero bytes and other controls (UTF-16 is).
    static func isBinary(_ head: [UInt8]) -> Bool {
        if magics.contains(where: { head.starts(with: $0) }) { return true }
        // Control characters that no text of any encoding has: random bytes hold one in nine.
        let controls = head.count { $0 < 0x20 && !(0x07...0x0D).contains($0) && $0 != 0x1B }
        return controls > 8 && controls * 20 > head.count
    }

    /// A CSV that `export` wrote. It is for other programs: read as a page, it would be nonsense that looks like posts.
    static func isExportedTable(_ head: [UInt8]) -> Bool { head.starts(with: "post_id,thread_id,thread_title,".utf8) }

    /// An object, or an array as JSON writes it. "[deleted]", "[12:34] name" and "[1] a footnote" are text.
    static func isJSON(_ probe: InputProbe) -> Bool {
        switch probe.firstByte {
        case UInt8(ascii: "{"): true
        case UInt8(ascii: "["): isJSONArray(probe.head.drop { $0 != UInt8(ascii: "[") })
        default: false
        }
    }

    private static func isJSONArray(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        var depth = 0
        while rest.first == UInt8(ascii: "[") {
            // No text opens so many brackets.
            if depth == 64 { return true }
            rest = rest.dropFirst().drop(while: isSpace)
            depth += 1
        }
        guard let first = rest.first else { return true }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "\""): return true
        case UInt8(ascii: "]"): return rest.dropFirst().drop { isSpace($0) || $0 == UInt8(ascii: "]") }.isEmpty
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            let isWord = first >= UInt8(ascii: "a")
            let value = rest.prefix { isWord ? (0x61...0x7A).contains($0) : "+-.0123456789eE".utf8.contains($0) }
            if isWord, !["true", "false", "null"].contains(String(decoding: value, as: UTF8.self)) { return false }
            let behind = rest.dropFirst(value.count).drop(while: isSpace)
            if behind.first == UInt8(ascii: ",") { return true }
            return behind.first == UInt8(ascii: "]") && behind.dropFirst().drop { isSpace($0) || $0 == UInt8(ascii: "]") }.isEmpty
        default: return false
        }
    }

    /// A tag, a doctype, an XML declaration. A chat line "<name> hi" is text.
    static func isMarkup(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "<") else { return false }
        let behind = probe.head.drop { $0 != UInt8(ascii: "<") }.dropFirst()
        guard let first = behind.first else { return false }
        if first == UInt8(ascii: "!") || first == UInt8(ascii: "?") { return true }
        guard (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first) else { return false }
        let name = String(decoding: behind.prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }, as: UTF8.self).lowercased()
        if tags.contains(name) || name.contains(":") { return true }
        // Any other name is a tag where something is closed, here or further down.
        return zip(behind, behind.dropFirst()).contains { pair in
            pair == (0x3C, 0x2F) || pair == (0x2F, 0x3E) || pair == (0x3D, 0x22)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static let tags: Set<String> = [
        "html", "head", "body", "div", "p", "span", "table", "ul", "ol", "li", "a", "br", "img", "h1", "h2", "h3", "h4", "script",
        "style",
        "title", "meta", "link", "article", "section", "main", "header", "nav", "rss", "feed", "rdf", "mediawiki", "posts",
        "comments",
    ]

    private static let magics: [[UInt8]] = [
        Array("SQLite format 3\0".utf8), [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
        Array("BZh".utf8), [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0x7F, 0x45, 0x4C, 0x46],
        [0x89, 0x50, 0x4E, 0x47],
        Array("%PDF-".utf8), [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), [0x37, 0x7A, 0xBC, 0xAF],
    ]
}
