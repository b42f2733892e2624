// From the elements of a page to blocks of Markdown.

/// Walks over a page once, without recursion, and writes its blocks.
struct MarkdownBuilder {
    private let page: HTMLEvents
    private let tables: HTMLTables
    private let isTyped: Bool
    var writer = MarkdownWriter()
    var leaf = MarkdownLeaf()
    var lists: [MarkdownList] = []
    var heading: Int?
    var pre = PreformattedText()
    var table: MarkdownTable?
    private var codeDepth = 0
    /// Marks and links that are open, outermost first: each once. They are closed at a paragraph's end and opened again in the next.
    private var inlines: [Inline] = []
    /// Of all elements that may be such: whether they are in `inlines`.
    private var counts: [Bool] = []

    enum Inline: Equatable {
        case mark(MarkdownLeaf.Mark)
        case link(String)
    }

    private init(_ page: HTMLEvents, isTyped: Bool) {
        self.page = page
        self.isTyped = isTyped
        tables = HTMLTables(page)
    }

    static func markdown(of page: HTMLEvents, isTyped: Bool) -> [UInt8] {
        var builder = MarkdownBuilder(page, isTyped: isTyped)
        for place in page.events.indices {
            switch page.events[place] {
            case .text(let range): builder.add(page.text[range])
            case .open(let tag, let attributes):
                let isThere = page.attributes.indices.contains(attributes)
                builder.start(
                    tag, isThere ? page.attributes[attributes] : HTMLAttributes(), isData: builder.tables.withData.contains(place)
                )
            case .close(let tag): builder.end(tag)
            }
        }
        builder.endParagraph()
        return builder.writer.text
    }

    /// The Markdown of text without any markup.
    static func markdown(ofText text: [UInt8], isTyped: Bool) -> [UInt8] {
        var leaf = MarkdownLeaf()
        leaf.add(text[...])
        return MarkdownLine.render(leaf, .paragraph, isTyped: isTyped)
    }

    // MARK: Text

    private mutating func add(_ text: ArraySlice<UInt8>) {
        if pre.isOpen { pre.add(text) } else { leaf.add(text, isCode: codeDepth > 0) }
    }

    /// Whatever stood here is at its end: the next text starts a paragraph of its own, in a cell a line.
    mutating func endParagraph() {
        if table?.isInCell == true { return leaf.breakLine() }
        guard let line = takeLeaf(heading == nil ? .paragraph : .heading) else { return }
        writer.write([UInt8](repeating: UInt8(ascii: "#"), count: heading ?? 0) + (heading == nil ? [] : [0x20]) + line)
    }

    /// The Markdown of the text so far; nil where it shows nothing. What is open in it goes on in the next.
    private mutating func takeLeaf(_ kind: MarkdownLine.Kind) -> [UInt8]? {
        guard leaf.hasContent else { return nil }
        for inline in inlines.reversed() { close(inline) }
        let line = MarkdownLine.render(leaf, kind, isTyped: isTyped)
        leaf = MarkdownLeaf()
        for inline in inlines { open(inline) }
        return line
    }

    // MARK: Elements

    private mutating func start(_ tag: HTMLTag, _ attributes: HTMLAttributes, isData: Bool) {
        switch tag {
        case .bold: startInline(.mark(.bold))
        case .italic: startInline(.mark(.italic))
        case .struck: startInline(.mark(.struck))
        case .anchor: startInline(MarkdownAddress.cleaned(attributes.address).map { .link($0) })
        case .code: if pre.isOpen { pre.name(attributes.classes) } else { codeDepth += 1 }
        case .image: addImage(attributes)
        case .quotation: add([UInt8(ascii: "\"")])
        case .preformatted:
            endParagraph()
            pre.open(classes: attributes.classes)
        case .lineBreak where pre.isOpen: pre.breakLine()
        case .lineBreak: breakLine()
        case _ where pre.isOpen: if tag.isBlock { pre.startLine() }
        case .table where isData:
            startBlock()
            table = MarkdownTable()
        case .row where table != nil: table?.startRow()
        case .cell where table != nil, .headerCell where table != nil, .caption where table != nil: table?.isInCell = true
        case .term, .summary:
            startBlock(tag)
            startInline(.mark(.bold))
        default: startBlock(tag, attributes)
        }
    }

    private mutating func end(_ tag: HTMLTag) {
        switch tag {
        case .bold, .italic, .struck, .anchor: endInline()
        case .code: if !pre.isOpen { codeDepth = max(0, codeDepth - 1) }
        case .quotation: add([UInt8(ascii: "\"")])
        case .preformatted:
            guard let block = pre.close() else { return }
            writer.leave(.blank)
            writer.write(block)
            writer.leave(.blank)
        case _ where pre.isOpen: if tag.isBlock { pre.startLine() }
        case .table where table != nil:
            if let block = table?.block { writer.write(block) }
            table = nil
            writer.leave(.blank)
        case .row where table != nil: break
        case .cell where table != nil, .headerCell where table != nil:
            let cell = takeLeaf(.cell)
            table?.add(cell ?? [])
            table?.isInCell = false
        case .caption where table != nil:
            table?.isInCell = false
            endParagraph()
            writer.leave(.blank)
        case .term, .summary:
            endInline()
            endBlock(tag)
        default: endBlock(tag)
        }
    }

    private mutating func breakLine() {
        if leaf.hasLine || table?.isInCell == true || heading != nil { return leaf.breakLine() }
        if leaf.hasContent {
            endParagraph()
            writer.leave(.blank)
        }
    }

    private mutating func addImage(_ attributes: HTMLAttributes) {
        let alternative = attributes.alternative ?? ""
        let isSmall = attributes.isDot || ["avatar", "emoji"].contains { attributes.classes.contains($0) }
        if !isSmall, !pre.isOpen, codeDepth == 0, let address = MarkdownAddress.cleaned(attributes.address) {
            leaf.addImage(alternative.split(whereSeparator: \.isWhitespace).joined(separator: " "), address: address)
        } else {
            add(Array(alternative.utf8)[...])
        }
    }

    // MARK: Marks and links

    private mutating func startInline(_ inline: Inline?) {
        var isNew = inline != nil && !pre.isOpen
        switch inline {
        case .link?: isNew = isNew && !inlines.contains { if case .link = $0 { true } else { false } }
        case .mark?: isNew = isNew && codeDepth == 0 && !inlines.contains { $0 == inline }
        case nil: break
        }
        counts.append(isNew)
        guard isNew, let inline else { return }
        inlines.append(inline)
        open(inline)
    }

    private mutating func endInline() {
        guard counts.popLast() == true, let inline = inlines.popLast() else { return }
        close(inline)
    }

    private mutating func open(_ inline: Inline) {
        switch inline {
        case .mark(let mark): leaf.open(mark)
        case .link(let address): leaf.openLink(address)
        }
    }

    private mutating func close(_ inline: Inline) {
        switch inline {
        case .mark(let mark): leaf.close(mark)
        case .link: leaf.closeLink()
        }
    }
}
