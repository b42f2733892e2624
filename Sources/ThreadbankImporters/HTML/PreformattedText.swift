// Text whose white space counts.

/// Collects the content of `<pre>`, and makes a fenced block of it.
struct PreformattedText {
    private var depth = 0
    private var text: [UInt8] = []
    private var language: [UInt8] = []

    var isOpen: Bool { depth > 0 }

    mutating func open(classes: String) {
        depth += 1
        name(classes)
    }

    /// The block, where this was the outermost and shows anything.
    mutating func close() -> [UInt8]? {
        depth -= 1
        guard depth <= 0 else { return nil }
        defer { self = PreformattedText() }
        return block
    }

    /// Takes the language from the classes of the element or of a `<code>` in it.
    mutating func name(_ classes: String) {
        for name in classes.split(whereSeparator: \.isWhitespace) where language.isEmpty {
            for prefix in ["language-", "lang-"] where name.hasPrefix(prefix) {
                let found = name.utf8.dropFirst(prefix.utf8.count)
                let isName = found.allSatisfy { MarkdownEscapes.isWord($0) && $0 < 0x80 || "+#._-".utf8.contains($0) }
                if isName, found.count < 32, !["auto", "none", "nohighlight", "plaintext"].contains(String(found) ?? "") {
                    language = Array(found)
                }
            }
        }
    }

    mutating func add(_ added: ArraySlice<UInt8>) {
        var place = added.startIndex
        while place < added.endIndex {
            let byte = added[place]
            if byte == 0x0D {
                if place + 1 >= added.endIndex || added[place + 1] != 0x0A { text.append(0x0A) }
                place += 1
            } else if byte == 0xC2 || byte == 0xEF {
                switch HTMLCharacter(added[place...]) {
                case .space(let length):
                    text.append(0x20)
                    place += length
                case .unseen(let length): place += length
                case .other(let bytes, let length):
                    text += bytes
                    place += length
                }
            } else {
                text.append(byte)
                place += 1
            }
        }
    }

    mutating func breakLine() { text.append(0x0A) }

    /// A new line begins, if this one shows anything.
    mutating func startLine() { if let last = text.last, last != 0x0A { text.append(0x0A) } }

    private var block: [UInt8]? {
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        let isBlank = { (line: ArraySlice<UInt8>) in line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        while let last = lines.last, isBlank(last) { lines.removeLast() }
        while let first = lines.first, isBlank(first) { lines.removeFirst() }
        guard !lines.isEmpty else { return nil }
        var (longest, run) = (2, 0)
        for byte in text {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = [UInt8](repeating: UInt8(ascii: "`"), count: longest + 1)
        return fence + language + [0x0A] + lines.joined(separator: [0x0A]) + [0x0A] + fence
    }
}
