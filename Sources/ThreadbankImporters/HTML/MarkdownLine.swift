// From the collected text of a paragraph, heading or cell to its Markdown.

/// Writes one ``MarkdownLeaf``: marks only where Markdown will take them for marks, text escaped only where it would be taken for more.
struct MarkdownLine {
    enum Kind { case paragraph, heading, cell }

    private let leaf: MarkdownLeaf
    private let kind: Kind
    private let isTyped: Bool
    private let items: [MarkdownLeaf.Item]
    private let escapes: MarkdownEscapes
    private var done: [UInt8] = []
    private var line: [UInt8] = []
    private var isInLink = false
    /// Whether the word at the end of `line` holds an address, up to `watched`.
    private var isInAddress = false
    private var watched = 0

    /// - parameter isTyped: whether `>` and list marks at the start of a line mean what they mean in Markdown.
    /// - returns: nothing where the leaf shows nothing.
    static func render(_ leaf: MarkdownLeaf, _ kind: Kind, isTyped: Bool) -> [UInt8] {
        guard leaf.hasContent else { return [] }
        var line = MarkdownLine(leaf, kind, isTyped: isTyped)
        return line.run()
    }

    private init(_ leaf: MarkdownLeaf, _ kind: Kind, isTyped: Bool) {
        self.leaf = leaf
        self.kind = kind
        self.isTyped = isTyped
        items = leaf.itemsThatHold
        var marks: Set<UInt8> = []
        for item in items {
            switch item {
            case .open(.bold), .open(.italic): marks.insert(UInt8(ascii: "*"))
            case .open(.struck): marks.insert(UInt8(ascii: "~"))
            case .code: marks.insert(UInt8(ascii: "`"))
            default: break
            }
        }
        escapes = MarkdownEscapes(leaf, items: items, marks: marks)
    }

    private mutating func run() -> [UInt8] {
        line.reserveCapacity(leaf.bytes.count + leaf.bytes.count / 8 + 16)
        var place = 0
        while place < items.count {
            switch items[place] {
            case .text(let range): write(range, isLast: place == items.count - 1)
            case .code(let range): writeCode(range)
            case .open(let mark), .close(let mark): line += Self.written(mark)
            case .openLink(let address):
                if let text = textShown(at: place, as: leaf.addresses[address]) {
                    line += text
                    place += 2
                } else {
                    bracket()
                    isInLink = true
                }
            case .closeLink:
                line.append(UInt8(ascii: "]"))
                closeAddress(addressBefore(place))
                isInLink = false
            case .image(let range, let address):
                line.append(UInt8(ascii: "!"))
                bracket(after: true)
                let outer = isInLink
                isInLink = true
                write(range, isLast: false)
                isInLink = outer
                line.append(UInt8(ascii: "]"))
                closeAddress(leaf.addresses[address])
            case .lineBreak: endLine()
            }
            place += 1
        }
        finishLine()
        return done
    }

    private static func written(_ mark: MarkdownLeaf.Mark) -> [UInt8] {
        switch mark {
        case .bold: [UInt8(ascii: "*"), UInt8(ascii: "*")]
        case .italic: [UInt8(ascii: "*")]
        case .struck: [UInt8(ascii: "~"), UInt8(ascii: "~")]
        }
    }

    // MARK: Lines

    private mutating func endLine() {
        guard kind == .paragraph else { return line.append(0x20) }
        line += [0x20, 0x20]
        finishLine()
        done.append(0x0A)
    }

    private mutating func finishLine() {
        switch kind {
        case .paragraph:
            let place = MarkdownLineStart.place(in: line, isFirst: done.isEmpty, isTyped: isTyped)
            if let place { line.insert(UInt8(ascii: "\\"), at: place) }
        case .heading:
            // `# C #` would lose its last character.
            let text = line.reversed().drop { $0 == UInt8(ascii: "#") }
            let count = line.count - text.count
            if count > 0, text.first == nil || text.first == 0x20 { line.insert(UInt8(ascii: "\\"), at: line.count - count) }
        case .cell: break
        }
        done += line
        line = []
        watched = 0
        isInAddress = false
    }

    // MARK: Links

    /// The address, or the text of a mail address, where the link at `place` says no more than that.
    private func textShown(at place: Int, as address: String) -> [UInt8]? {
        guard place + 2 < items.count, case .text(let range) = items[place + 1], items[place + 2] == .closeLink,
            MarkdownAddress.isShown(leaf.bytes[range], address: address)
        else { return nil }
        if let last = line.last, MarkdownEscapes.isWord(last) || last == UInt8(ascii: "<") { return nil }
        var next = place + 3
        while next < items.count, case .close = items[next] { next += 1 }
        if next < items.count {
            switch items[next] {
            case .lineBreak: break
            case .text(let after):
                let rest = leaf.bytes[after].drop { ".,;:!?)".utf8.contains($0) }
                guard rest.isEmpty || rest.first == 0x20 else { return nil }
            default: return nil
            }
        }
        return address.hasPrefix("mailto:") ? Array(leaf.bytes[range]) : Array(address.utf8)
    }

    private func addressBefore(_ place: Int) -> String {
        for item in items[..<place].reversed() {
            if case .openLink(let address) = item { return leaf.addresses[address] }
        }
        return ""
    }

    private mutating func closeAddress(_ address: String) {
        line.append(UInt8(ascii: "("))
        line += MarkdownAddress.written(address)
        line.append(UInt8(ascii: ")"))
    }

    /// Opens a link's text; a `!` of the text before it must not make an image of it.
    private mutating func bracket(after isImage: Bool = false) {
        if !isImage, line.last == UInt8(ascii: "!") { line.insert(UInt8(ascii: "\\"), at: line.count - 1) }
        line.append(UInt8(ascii: "["))
    }

    // MARK: Text

    private mutating func writeCode(_ range: Range<Int>) {
        let code = leaf.bytes[range]
        if code.contains(UInt8(ascii: "<")), followsAddress() { line.append(0x20) }
        var (longest, run) = (0, 0)
        for byte in code {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = [UInt8](repeating: UInt8(ascii: "`"), count: longest + 1)
        let isPadded = code.first == UInt8(ascii: "`") || code.last == UInt8(ascii: "`")
        line += fence
        if isPadded { line.append(0x20) }
        for byte in code {
            if kind == .cell, byte == UInt8(ascii: "|") { line.append(UInt8(ascii: "\\")) }
            line.append(byte)
        }
        if isPadded { line.append(0x20) }
        line += fence
    }

    private mutating func write(_ range: Range<Int>, isLast: Bool) {
        let text = leaf.bytes[range]
        var place = text.startIndex
        var addressEnd = place
        while place < text.endIndex {
            let byte = text[place]
            if byte >= 0x80 || !Self.isSpecial[Int(byte)] {
                line.append(byte)
                place += 1
                continue
            }
            if byte == UInt8(ascii: ":"), place >= addressEnd, let end = MarkdownEscapes.endOfAddress(text, place) {
                addressEnd = end
            }
            if MarkdownEscapes.isPairing(byte) {
                let run = MarkdownEscapes.run(text, place)
                let sides = MarkdownEscapes.sides(text, run)
                let isEscaped = escapes.paired.contains(byte) && (sides.opens || sides.closes) && place >= addressEnd
                for _ in run {
                    if isEscaped { line.append(UInt8(ascii: "\\")) }
                    line.append(byte)
                }
                place = run.upperBound
                continue
            }
            if mustEscape(text[place...], isLast: isLast) {
                if byte == UInt8(ascii: "<"), followsAddress() { line.append(0x20) }
                line.append(UInt8(ascii: "\\"))
            }
            line.append(byte)
            place += 1
        }
    }

    /// Whether the first character must be escaped.
    private func mustEscape(_ text: ArraySlice<UInt8>, isLast: Bool) -> Bool {
        let rest = text.dropFirst()
        switch text.first {
        case UInt8(ascii: "\\"): return rest.first.map(MarkdownEscapes.isPunctuation) ?? true
        case UInt8(ascii: "<"):
            guard let next = rest.first else { return !isLast }
            return (0x61...0x7A).contains(next | 0x20) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
                || next == UInt8(ascii: "?")
        case UInt8(ascii: "&"): return MarkdownEscapes.isReference(text)
        case UInt8(ascii: "["), UInt8(ascii: "]"): return isInLink
        case UInt8(ascii: "("): return line.last == UInt8(ascii: "]")
        case UInt8(ascii: "|"): return kind == .cell
        default: return false
        }
    }

    /// Whether an address in running text stands right before. Renderers take it to go on up to the next space or `<`, through backslashes
    /// and backticks, so that neither makes text of a `<` there: a space does.
    private mutating func followsAddress() -> Bool {
        while watched < line.count {
            let byte = line[watched]
            if byte == 0x20 { isInAddress = false }
            let before = line[max(0, watched - 3)..<watched]
            if byte == UInt8(ascii: "/"), before.suffix(2).elementsEqual(":/".utf8) { isInAddress = true }
            if byte == UInt8(ascii: "."), before.elementsEqual("www".utf8) { isInAddress = true }
            watched += 1
        }
        return isInAddress
    }

    private static let isSpecial: [Bool] = (0..<128).map { "\\`*_~<&[](|:".utf8.contains(UInt8($0)) }
}
