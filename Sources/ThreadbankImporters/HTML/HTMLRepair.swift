// What HTML must be rid of before libxml2 reads it: its parser of HTML 4 drops stray `<`, and takes time by the square on some texts.

/// Goes once over HTML and writes down what the parser may see.
///
/// Comments, scripts, styles and titles are left out. A `<` that opens no tag is text, and so is a tag that never ends or an address in
/// angle brackets: nothing that a person may have written is lost. Tags with hundreds of attributes lose the rest of them, end tags of
/// what is not open are left out, and a text of very many open elements is cut into pieces, so that time stays linear.
struct HTMLRepair {
    private let html: [UInt8]
    private let tags: HTMLTagScan
    private(set) var pieces: [[UInt8]] = []
    private var piece = HTMLRepair.opening
    private var position = 0
    /// Up to here `html` is written down or left out.
    private var written = 0
    /// How many of each element are open, by name, and altogether.
    private var open: [[UInt8]: Int] = [:]
    private var openCount = 0
    /// What is known not to come any more, so that it is looked for only once.
    private var hasNoMore: Set<[UInt8]> = []
    private var endlessTags = 0

    // So that text which stands first is not put into a paragraph of its own.
    private static let opening = Array("<body>".utf8)
    private static let references = ["&nbsp", "&amp", "&lt", "&gt", "&quot"].map { Array($0.utf8) }
    private static let mostOpen = 2000
    private static let longestPiece = 4 << 20

    init(_ html: String) {
        self.html = Array(html.utf8)
        tags = HTMLTagScan(html: self.html)
    }

    /// The pieces, each to be parsed by itself; one, but for huge texts.
    static func pieces(of html: String) -> [[UInt8]] {
        var repair = HTMLRepair(html)
        repair.run()
        return repair.pieces
    }

    private mutating func run() {
        piece.reserveCapacity(html.count + 64)
        while position < html.count {
            switch html[position] {
            case UInt8(ascii: "<"): tagOrText()
            case UInt8(ascii: "&"): reference()
            case 0: replace(1, with: [0xEF, 0xBF, 0xBD])
            default: position += 1
            }
            if piece.count + position - written > Self.longestPiece { cutInText() }
        }
        write(upTo: html.count)
        pieces.append(piece)
    }

    // MARK: Writing

    private mutating func write(upTo end: Int) {
        if written < end { piece += html[written..<end] }
        written = max(written, end)
    }

    private mutating func replace(_ length: Int, with bytes: [UInt8]) {
        write(upTo: position)
        piece += bytes
        position += length
        written = position
    }

    private mutating func leaveOut(upTo end: Int) {
        write(upTo: position)
        position = end
        written = end
    }

    private mutating func escapeOpening() { replace(1, with: Array("&lt;".utf8)) }

    private mutating func cut() {
        write(upTo: position)
        pieces.append(piece)
        piece = Self.opening
        open = [:]
        openCount = 0
    }

    /// Cuts a very long text where a character starts.
    private mutating func cutInText() {
        if position < html.count, html[position] & 0xC0 == 0x80 { return }
        cut()
    }

    // MARK: Markup

    private mutating func tagOrText() {
        let next = tags.byte(position + 1)
        if HTMLTagScan.isLetter(next) {
            startTag()
        } else if next == UInt8(ascii: "/"), HTMLTagScan.isLetter(tags.byte(position + 2)) {
            endTag()
        } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
            declaration()
        } else {
            escapeOpening()
        }
    }

    /// A numeric reference without a number is text; the parser would drop it. `&nbsp` is a reference without its semicolon, too.
    private mutating func reference() {
        guard tags.byte(position + 1) == UInt8(ascii: "#") else { return namedReference() }
        let isHex = tags.byte(position + 2) | 0x20 == UInt8(ascii: "x")
        let digit = tags.byte(position + (isHex ? 3 : 2))
        let isDigit = (0x30...0x39).contains(digit) || (isHex && (0x61...0x66).contains(digit | 0x20))
        if isDigit { position += 2 } else { replace(1, with: Array("&amp;".utf8)) }
    }

    private mutating func namedReference() {
        for name in Self.references where html[position...].starts(with: name) {
            let next = tags.byte(position + name.count)
            if next != UInt8(ascii: ";"), next != UInt8(ascii: "="), !MarkdownEscapes.isWord(next) {
                return replace(name.count, with: name + [UInt8(ascii: ";")])
            }
        }
        position += 1
    }

    private mutating func declaration() {
        let rest = html[position...]
        if rest.starts(with: "<!--".utf8) {
            // `<!-->` and `<!--->` are whole comments.
            if let end = firstEnd(of: ["-->", "--!>"], from: position + 2) { return leaveOut(upTo: end) }
        } else if rest.starts(with: "<![CDATA[".utf8) {
            return leaveOut(upTo: position + 9)
        } else if let end = firstEnd(of: [">"], from: position + 2) {
            return leaveOut(upTo: end)
        }
        escapeOpening()
    }

    /// The place after the first of the marks; nil where none comes.
    private mutating func firstEnd(of marks: [String], from start: Int) -> Int? {
        let key = Array(marks[0].utf8)
        if hasNoMore.contains(key) { return nil }
        let patterns = marks.map { Array($0.utf8) }
        var place = start
        while place < html.count {
            for pattern in patterns where html[place] == pattern[0] && html[place...].starts(with: pattern) {
                return place + pattern.count
            }
            place += 1
        }
        hasNoMore.insert(key)
        return nil
    }

    private mutating func startTag() {
        let name = tags.name(at: position + 1)
        // `<a@b.example>` and `<https://b.example>`: people's own angle brackets.
        if name.contains(UInt8(ascii: "@")) || name.contains(UInt8(ascii: ":")) && HTMLTagScan.isAddress(name) {
            return escapeOpening()
        }
        guard endlessTags < 64, let tag = tags.tag(position + 1 + name.count) else {
            endlessTags += 1
            return escapeOpening()
        }
        if HTMLTagScan.isRaw(name) { return rawText(name, from: tag.end) }
        // Elements of other vocabularies, as `<o:p>`, which the parser would take for its own.
        if name.contains(UInt8(ascii: ":")) { return leaveOut(upTo: tag.end) }
        if !HTMLTagScan.isVoid(name) {
            if openCount >= Self.mostOpen { cut() }
            open[name, default: 0] += 1
            openCount += 1
        }
        if let last = tag.cut {
            write(upTo: last)
            piece.append(UInt8(ascii: ">"))
            written = tag.end
        }
        position = tag.end
    }

    private mutating func endTag() {
        let name = tags.name(at: position + 2)
        guard let end = firstEnd(of: [">"], from: position + 2) else { return escapeOpening() }
        let isBreak = name == Array("br".utf8)
        guard isBreak || open[name, default: 0] > 0 else { return leaveOut(upTo: end) }
        if !isBreak {
            open[name, default: 1] -= 1
            openCount -= 1
        }
        position = end
    }

    private mutating func rawText(_ name: [UInt8], from start: Int) {
        var place = hasNoMore.contains(name) ? html.count : start
        while place < html.count {
            if html[place] == UInt8(ascii: "<"), tags.byte(place + 1) == UInt8(ascii: "/"), tags.name(at: place + 2) == name {
                return leaveOut(upTo: html[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.count)
            }
            place += 1
        }
        hasNoMore.insert(name)
        // A script that never ends is all the rest; of a title only the tag goes.
        leaveOut(upTo: name.first == UInt8(ascii: "t") ? start : html.count)
    }
}
