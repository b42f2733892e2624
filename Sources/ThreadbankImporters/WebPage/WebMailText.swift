// The text of a mail on a page: `pre` mostly, whose lines are kept as they are.

internal import ThreadbankCore

/// Reads texts of mails from the markup that archivers make of them.
struct WebMailText {
    private let page: WebPage
    private let cuts: [Int]

    init(_ page: WebPage, without cuts: [Int] = []) { (self.page, self.cuts) = (page, cuts) }

    /// Lines of `pre` as they are, those in `blockquote` with the marks of quoting that they had; of other markup Markdown.
    func text(of range: Range<Int>) throws -> (String, Markup) {
        let blocks = page.elements.indices.filter {
            range.contains(Int(page.elements[$0].start)) && page.elements[$0].name == Self.pre
        }
        if blocks.isEmpty {
            let isBare = page.html[range].prefix(20).first { $0 > 0x20 } != UInt8(ascii: "<")
            if isBare, page.first("pre#body") != nil { return (Self.lines(page.html[range]), .plain) }
        } else if let text = quoted(blocks, in: range) {
            return (text, .plain)
        }
        return (try HTMLMarkdown.markdown(of: page.markup(range, without: cuts)), .markdown)
    }

    /// The lines of blocks, where nothing else stands between them but quoting.
    private func quoted(_ blocks: [Int], in range: Range<Int>) -> String? {
        var lines: [Substring] = []
        var place = range.lowerBound
        for block in blocks where page.whole(block).lowerBound >= place {
            let whole = page.whole(block)
            guard isBlank(place..<whole.lowerBound) else { return nil }
            var depth = 0
            var above = page.parent(block)
            while let element = above, range.contains(Int(page.elements[element].tag)), depth < 50 {
                if page.elements[element].name == Self.blockquote { depth += 1 }
                above = page.parent(element)
            }
            let mark = String(repeating: "> ", count: depth)
            var text = Self.plain(page.html[page.content(block).clamped(to: range)])[...]
            // The line feeds behind the first tag and before the last one are markup.
            if text.first == "\n" { text.removeFirst() }
            if text.last == "\n" { text.removeLast() }
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                depth == 0 ? line : line.isEmpty ? mark.dropLast() : mark + line
            }
            place = min(whole.upperBound, range.upperBound)
        }
        guard isBlank(place..<range.upperBound) else { return nil }
        return Self.trimmed(lines)
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return true }
        let inside = cuts.filter { range.contains(Int(page.elements[$0].tag)) }
        return WebText.plain(Array(page.markup(range, without: inside).utf8)[...]).isEmpty
    }

    // MARK: Lines

    /// The text without tags, its lines kept but for blank ones at its start and end.
    static func lines(_ html: ArraySlice<UInt8>) -> String {
        trimmed(plain(html).split(separator: "\n", omittingEmptySubsequences: false))
    }

    static func trimmed(_ lines: [Substring]) -> String {
        let text = lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
        var rest = Substring(text)
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest.unicodeScalars.removeLast() }
        return String(rest)
    }

    /// The text without tags, entities decoded, all white space kept.
    private static func plain(_ html: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(html.count)
        var place = html.startIndex
        while place < html.endIndex {
            switch html[place] {
            case UInt8(ascii: "<"):
                if let end = html[place...].firstIndex(of: UInt8(ascii: ">")) {
                    place = end
                } else {
                    bytes.append(html[place])
                }
            case UInt8(ascii: "&"):
                if let end = html[place...].prefix(longestEntity).firstIndex(of: UInt8(ascii: ";")) {
                    bytes += character(html[place...end]).utf8
                    place = end
                } else {
                    bytes.append(html[place])
                }
            case 0x0D, 0: break
            case let byte: bytes.append(byte)
            }
            place += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Those that stand in every mail are known here: a parser for each would take long.
    private static func character(_ entity: ArraySlice<UInt8>) -> String {
        let name = String(decoding: entity.dropFirst().dropLast(), as: UTF8.self)
        if let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ", "#160": " "][name] {
            return known
        }
        if name.first == "#", let number = UInt32(name.dropFirst()), number > 0x1F, let scalar = Unicode.Scalar(number),
            !(0x7F...0x9F).contains(number)
        {
            return String(Character(scalar))
        }
        return WebText.decoded(entity)
    }

    private static let longestEntity = 12
    private static let pre = WebName.hash("pre")
    private static let blockquote = WebName.hash("blockquote")
}
