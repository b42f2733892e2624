// The text of one paragraph, heading or cell while it is collected.

/// Collects text and its marks, with white space collapsed as a browser does. ``MarkdownLine`` makes Markdown of it.
struct MarkdownLeaf {
    enum Mark: Hashable { case bold, italic, struck }

    enum Item: Equatable {
        /// Ranges are of ``bytes``.
        case text(Range<Int>)
        case code(Range<Int>)
        case open(Mark)
        case close(Mark)
        /// The place of a link's address.
        case openLink(Int)
        case closeLink
        case image(Range<Int>, Int)
        case lineBreak

        var isOpening: Bool {
            switch self {
            case .open, .openLink: true
            default: false
            }
        }

        var isContent: Bool {
            switch self {
            case .text, .code, .image: true
            default: false
            }
        }
    }

    private enum Space { case none, outside, inCode }

    private(set) var bytes: [UInt8] = []
    private(set) var items: [Item] = []
    private(set) var addresses: [String] = []
    /// Whether the current line shows anything.
    private(set) var hasLine = false
    /// Whether it shows anything at all.
    private(set) var hasContent = false
    private var space = Space.none
    private var isBreakPending = false

    // MARK: Content

    mutating func add(_ text: ArraySlice<UInt8>, isCode: Bool = false) {
        var place = text.startIndex
        while place < text.endIndex {
            let start = place
            while place < text.endIndex, text[place] > 0x20, text[place] != 0xC2, text[place] != 0xEF { place += 1 }
            if start < place { append(text[start..<place], isCode: isCode) }
            guard place < text.endIndex else { return }
            switch HTMLCharacter(text[place...]) {
            case .space(let length):
                addSpace(isCode: isCode)
                place += length
            case .unseen(let length): place += length
            case .other(let bytes, let length):
                append(bytes, isCode: isCode)
                place += length
            }
        }
    }

    private mutating func addSpace(isCode: Bool) {
        guard hasLine, space == .none else { return }
        if isCode, case .code? = items.last { space = .inCode } else { space = .outside }
    }

    private mutating func append(_ run: some Collection<UInt8>, isCode: Bool) {
        let isInside = space == .inCode && isCode
        if !isInside { settleSpace() }
        let start = bytes.count
        if isInside { bytes.append(0x20) }
        space = .none
        bytes += run
        hasLine = true
        hasContent = true
        extend(start..<bytes.count, isCode: isCode)
    }

    private mutating func extend(_ range: Range<Int>, isCode: Bool) {
        switch items.last {
        case .code(let last) where isCode && last.upperBound == range.lowerBound:
            items[items.count - 1] = .code(last.lowerBound..<range.upperBound)
        case .text(let last) where !isCode && last.upperBound == range.lowerBound:
            items[items.count - 1] = .text(last.lowerBound..<range.upperBound)
        default: items.append(isCode ? .code(range) : .text(range))
        }
    }

    /// Writes down the space or the line break that stands before what comes now, outside of marks that have only just been opened.
    private mutating func settleSpace() {
        guard space != .none || isBreakPending else { return }
        var marks: [Item] = []
        while let last = items.last, last.isOpening { marks.append(items.removeLast()) }
        if isBreakPending {
            if hasContent { items.append(.lineBreak) }
        } else {
            let start = bytes.count
            bytes.append(0x20)
            extend(start..<bytes.count, isCode: false)
        }
        items += marks.reversed()
        space = .none
        isBreakPending = false
    }

    mutating func addImage(_ alternative: String, address: String) {
        settleSpace()
        let start = bytes.count
        bytes += alternative.utf8
        items.append(.image(start..<bytes.count, addresses.count))
        addresses.append(address)
        hasLine = true
        hasContent = true
    }

    /// A new line begins, if this one shows anything.
    mutating func breakLine() {
        guard hasLine else { return }
        isBreakPending = true
        hasLine = false
        space = .none
    }

    // MARK: Marks

    mutating func open(_ mark: Mark) {
        // `</b><b>` is nothing.
        if items.last == .close(mark), space == .none { items.removeLast() } else { items.append(.open(mark)) }
    }

    mutating func close(_ mark: Mark) {
        if items.last == .open(mark) { items.removeLast() } else { items.append(.close(mark)) }
    }

    mutating func openLink(_ address: String) {
        items.append(.openLink(addresses.count))
        addresses.append(address)
    }

    mutating func closeLink() {
        if case .openLink? = items.last { items.removeLast() } else { items.append(.closeLink) }
    }
}
