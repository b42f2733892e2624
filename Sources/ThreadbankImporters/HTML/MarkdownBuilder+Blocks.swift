// Quotes, lists, headings and other blocks of a page.

/// A list while it is read.
struct MarkdownList {
    var isOrdered: Bool
    var number: Int
    /// Whether an item is open: a list in it needs no indent of its own.
    var isInItem = false
    /// Whether it stands in another list but in no item of it, and was given an indent for that.
    var hasIndent = false

    /// The next item's mark; Markdown knows numbers of nine digits.
    var marker: String { isOrdered ? "\(min(max(number, 0), 999_999_999)). " : "- " }
}

extension MarkdownBuilder {
    mutating func startBlock() {
        endParagraph()
        writer.leave(.blank)
    }

    mutating func startBlock(_ tag: HTMLTag, _ attributes: HTMLAttributes = HTMLAttributes()) {
        // A cell is one line.
        if table != nil { if tag.isBlock { leaf.breakLine() } } else { open(tag, attributes) }
    }

    mutating func endBlock(_ tag: HTMLTag) {
        if table != nil { if tag.isBlock { leaf.breakLine() } } else { close(tag) }
    }

    private mutating func open(_ tag: HTMLTag, _ attributes: HTMLAttributes) {
        switch tag {
        case .paragraph, .table: startBlock()
        case .division, .row, .cell, .headerCell, .caption, .summary: leaf.breakLine()
        case .term:
            endParagraph()
            writer.leave(.blank)
        case .blockquote:
            startBlock()
            writer.openQuote()
        case .rule:
            startBlock()
            // Dashes would make a heading of what stands above, and `- ---` is no item.
            writer.write(Array("***".utf8))
            writer.leave(.blank)
        case .unorderedList, .orderedList: startList(isOrdered: tag == .orderedList, number: attributes.number ?? 1)
        case .item: startItem(attributes.number)
        case .definition:
            endParagraph()
            writer.leaveForItem()
            writer.openItem("- ")
        default:
            guard let level = tag.headingLevel else { return }
            startBlock()
            heading = level
        }
    }

    private mutating func close(_ tag: HTMLTag) {
        switch tag {
        case .paragraph, .table, .summary: startBlock()
        case .division, .row, .cell, .headerCell, .caption: leaf.breakLine()
        case .term: endParagraph()
        case .blockquote:
            endParagraph()
            writer.close()
            writer.leave(.blank)
        case .unorderedList, .orderedList:
            endParagraph()
            if lists.popLast()?.hasIndent == true { writer.close() }
            writer.leave(lists.last?.isInItem == true ? .item : .blank)
        case .item, .definition:
            endParagraph()
            writer.close()
            writer.leave(.item)
            if tag == .item, !lists.isEmpty { lists[lists.count - 1].isInItem = false }
        default:
            guard tag.headingLevel != nil else { return }
            startBlock()
            heading = nil
        }
    }

    private mutating func startList(isOrdered: Bool, number: Int) {
        endParagraph()
        let outer = lists.last
        // Only a list that starts with 1 may follow upon a line of text.
        writer.leave(outer != nil && (!isOrdered || number == 1) ? .line : .blank)
        var list = MarkdownList(isOrdered: isOrdered, number: number)
        if let outer, !outer.isInItem {
            list.hasIndent = true
            writer.leaveForItem()
            writer.openItem(String(repeating: " ", count: outer.isOrdered ? 3 : 2))
        }
        lists.append(list)
    }

    private mutating func startItem(_ number: Int?) {
        endParagraph()
        writer.leaveForItem()
        guard !lists.isEmpty else { return writer.openItem("- ") }
        let last = lists.count - 1
        if let number { lists[last].number = number }
        writer.openItem(lists[last].marker)
        lists[last].isInItem = true
        if lists[last].number < Int.max { lists[last].number += 1 }
    }
}
