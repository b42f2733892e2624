// Addresses of links and images: which may stand in Markdown, and how.

/// An address as Markdown writes it between parentheses.
enum MarkdownAddress {
    private static let schemes: Set<String> = [
        "http", "https", "ftp", "mailto", "news", "nntp", "tel", "irc", "ircs", "xmpp", "matrix", "gemini", "gopher", "magnet",
        "git",
        "ssh", "svn", "geo", "sms",
    ]

    /// The address without what browsers leave out; nil where it would run something, hold the thing itself, or lead nowhere.
    static func cleaned(_ address: String?) -> String? {
        guard let address else { return nil }
        let bytes = address.utf8.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        let trimmed = bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        guard let first = trimmed.first, first != UInt8(ascii: "#") else { return nil }
        if let end = trimmed.firstIndex(where: { [0x3A, 0x2F, 0x3F, 0x23].contains($0) }), trimmed[end] == UInt8(ascii: ":"),
            !schemes.contains(String(decoding: trimmed[..<end], as: UTF8.self).lowercased())
        {
            return nil
        }
        return String(decoding: trimmed, as: UTF8.self)
    }

    /// Whether the address stands for itself in running text, and is what the text says, whole or cut short with dots.
    static func isShown(_ text: ArraySlice<UInt8>, address: String) -> Bool {
        let bytes = Array(address.utf8)
        if address.hasPrefix("mailto:") { return bytes.dropFirst(7).elementsEqual(text) && !bytes.contains(UInt8(ascii: "?")) }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else { return false }
        var shown = text
        for dots in ["...", "…"]
        where shown.count > dots.utf8.count + 12 && shown.suffix(dots.utf8.count).elementsEqual(dots.utf8) {
            shown = shown.dropLast(dots.utf8.count)
        }
        guard shown.count == text.count ? bytes.elementsEqual(text) : bytes.starts(with: shown) else { return false }
        guard let last = bytes.last, MarkdownEscapes.isWord(last) || last == UInt8(ascii: "/") || last == UInt8(ascii: ")") else {
            return false
        }
        return isBalanced(bytes) && bytes.allSatisfy { $0 > 0x20 && !unfit.contains($0) }
    }

    /// Characters at which renderers may end an address in running text.
    private static let unfit: Set<UInt8> = Set("<>\"`\\^{}|[]".utf8)

    private static func isBalanced(_ bytes: [UInt8]) -> Bool {
        var depth = 0
        for byte in bytes {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth < 0 || depth > 8 { return false }
        }
        return depth == 0
    }

    /// The address with what would end it written otherwise.
    static func written(_ address: String) -> [UInt8] {
        let bytes = Array(address.utf8)
        let keepsParentheses = isBalanced(bytes)
        var written: [UInt8] = []
        written.reserveCapacity(bytes.count)
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: ")"): written += keepsParentheses ? [byte] : escaped(byte)
            case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "`"):
                written += escaped(byte)
            case UInt8(ascii: "&") where MarkdownEscapes.isReference(bytes[place...]): written += "&amp;".utf8
            default: written.append(byte)
            }
        }
        return written
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
    }
}
