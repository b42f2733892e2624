// Text that somebody posted, as HTML: every character of it is text and nothing else.

extension String {
    /// The text for an element or a quoted attribute. Works on bytes: a `<` with an accent on it is one Swift character, and still a
    /// `<` to whoever reads HTML. Control characters, which HTML forbids, become U+FFFD.
    var htmlEscaped: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count + 16)
        var before: UInt8 = 0
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case 0x09, 0x0A: bytes.append(byte)
            case 0..<0x20, 0x7F: bytes += "\u{FFFD}".utf8
            // The second byte of C1, U+0080 to U+009F.
            case 0x80..<0xA0 where before == 0xC2:
                bytes.removeLast()
                bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
            before = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name or title on one line: without line ends, and without the characters that turn the direction of what follows.
    var htmlLine: String {
        var line = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x2028, 0x2029: line.append(" ")
            case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: line.append(scalar)
            }
        }
        return String(line).htmlEscaped
    }

    /// A name among other words of a line: its own direction, and none for what stands beside it.
    var htmlName: String { "<bdi>\(htmlLine)</bdi>" }

    /// Whether it is an address that a page may lead to: of the web or of mail, and nothing that a browser would run.
    var isSafeLink: Bool {
        let start = utf8.prefix(8).map { $0 | 0x20 }
        return ["http://", "https://", "mailto:"].contains { start.starts(with: $0.utf8.map { $0 | 0x20 }) }
            && utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}

/// A plain text as HTML: its lines as they stand (the style keeps them), its web addresses as links.
enum PlainHTML {
    static func html(_ text: String) -> String {
        var html = "<div class=\"plain\">"
        var rest = text[...]
        while let start = nextLink(rest) {
            html += String(rest[..<start]).htmlEscaped
            let link = end(of: rest[start...])
            let address = String(link).htmlEscaped
            html += "<a href=\"\(address)\">\(address)</a>"
            rest = rest[link.endIndex...]
        }
        return html + String(rest).htmlEscaped + "</div>\n"
    }

    private static func nextLink(_ text: Substring) -> Substring.Index? {
        var from = text.startIndex
        while let place = text.utf8[from...].firstIndex(of: UInt8(ascii: "h")) {
            let rest = text.utf8[place...]
            if rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) {
                return place
            }
            from = text.utf8.index(after: place)
        }
        return nil
    }

    /// The address at the start of a text: printable ASCII without quotation marks, and without the punctuation behind it.
    private static func end(of text: Substring) -> Substring {
        let bytes = text.utf8
        var end = bytes.firstIndex { $0 <= 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x3C || $0 == 0x3E } ?? bytes.endIndex
        while end > bytes.startIndex {
            let last = bytes.index(before: end)
            guard ".,;:!?)'*]".utf8.contains(bytes[last]) else { break }
            end = last
        }
        return text[..<end]
    }
}
