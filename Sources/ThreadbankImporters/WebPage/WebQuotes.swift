// Quotations in the markup of a post: which elements hold them, how they become quotations of the text, and which posts they name.

internal import ThreadbankCore

/// The quotations in a part of a page.
struct WebQuotes {
    private let page: WebPage
    /// The elements that hold quotations, outer before inner: `blockquote`, and what forums without that element use.
    private let blocks: [Int]

    init(_ page: WebPage, in range: Range<Int>) {
        self.page = page
        var blocks: [Int] = []
        for element in range {
            if page.elements[element].name == Self.blockquote {
                blocks.append(element)
            } else if page.elements[element].classStart < page.elements[element].classStop
                || page.elements[element].name == Self.cell,
                Self.others.matches(page, element), !Self.isPart(element, of: blocks, page)
            {
                blocks.append(element)
            }
        }
        self.blocks = blocks
    }

    private static let blockquote = WebName.hash("blockquote")
    private static let cell = WebName.hash("td")
    private static let cite = WebName.hash("cite")
    private static let anchor = WebName.hash("a")
    private static let rows = WebName.set("tbody thead tr td th")
    /// Of phpBB 2 and Invision Board, of vBulletin 4, of phpBB's subsilver2, and of vBulletin 3.
    private static let others: WebSelector =
        "td.quote, td#QUOTE, div.quote, div.quotemain, div.bbcode_quote, div.quotecontent, div[id^=post_message_] td.alt2"

    /// Whether an element stands for the same quotation as a `blockquote` in or around it.
    private static func isPart(_ element: Int, of blocks: [Int], _ page: WebPage) -> Bool {
        if page.elements[element].name == cell { return false }
        let inside = page.descendants(of: element).prefix(40)
        if inside.contains(where: { page.elements[$0].name == blockquote }) { return true }
        return blocks.last.map { page.elements[$0].name == blockquote && page.isInside(element, $0) } ?? false
    }

    var isEmpty: Bool { blocks.isEmpty }

    // MARK: Text

    /// What has to change in the markup for the quotations to be read as such.
    var edits: [WebPage.Edit] {
        var edits: [WebPage.Edit] = []
        for block in blocks {
            let name = page.elements[block].name
            if name == Self.cell {
                edits += unfolded(block)
            } else if name != Self.blockquote {
                edits += page.renamed(block, "blockquote")
            }
        }
        // Who is quoted stands in a line of its own; an arrow to the quoted post is no word of anybody's.
        for block in blocks {
            let heads = page.descendants(of: block).prefix(20).filter { page.elements[$0].name == Self.cite }
            for head in heads.prefix(1) {
                edits += page.renamed(head, "p")
                edits += page.descendants(of: head).filter { page.elements[$0].name == Self.anchor && isArrow($0) }
                    .map { WebPage.Edit(range: page.whole($0), text: "") }
            }
        }
        return edits
    }

    private func isArrow(_ anchor: Int) -> Bool {
        let text = page.text(anchor, limit: 500)
        return text.utf8.count < 12 && !text.contains { $0.isLetter || $0.isNumber }
    }

    /// A quotation in a table of its own, whose first cell says who is quoted, without the table.
    private func unfolded(_ cell: Int) -> [WebPage.Edit] {
        guard let table = page.ancestor(of: cell, named: "table") else { return page.renamed(cell, "blockquote") }
        let parts = page.descendants(of: table).filter { Self.rows.contains(page.elements[$0].name) }
            .filter { page.ancestor(of: $0, named: "table") == table }
        // In a table of many cells it is one among others.
        guard parts.count <= 8 else { return [] }
        return page.renamed(table, "blockquote")
            + parts.flatMap { page.renamed($0, page.elements[$0].name == Self.cell && $0 != cell ? "p" : "div") }
    }

    // MARK: Names

    /// What the quotations name of the posts that they are from, in order: attributes, fragments of links, and what forums leave of their
    /// codes ("link=topic=12.msg34#msg34").
    var names: [String] {
        var names: [String] = []
        for (place, block) in blocks.prefix(100).enumerated() {
            for name in ["data-post-id", "data-source", "data-message-id", "cite"] {
                if let value = page.attribute(name, of: block), !value.isEmpty { names.append(value) }
            }
            let inner = blocks.dropFirst(place + 1).first ?? .max
            for element in page.descendants(of: block).prefix(60) where element < inner {
                if page.elements[element].name == Self.anchor {
                    if let id = page.attribute("data-post-id", of: element) { names.append(id) }
                    if let address = page.attribute("href", of: element), address.contains("#") { names.append(address) }
                } else if page.elements[element].name == Self.cite {
                    names += page.text(element, limit: 1000).split(separator: " ").filter { $0.contains("#") }.map(String.init)
                }
            }
        }
        return names
    }
}
