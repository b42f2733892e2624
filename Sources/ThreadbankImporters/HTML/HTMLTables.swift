// Which tables hold data, and which only lay a page out.

/// A table holds data where it has two columns and two rows at least, and its cells hold nothing that a cell in Markdown cannot: no table,
/// list, quote, heading or preformatted text. Others are read as if they were not there: most tables in mails are such.
struct HTMLTables {
    /// The places of the events that open a table of data.
    private(set) var withData: Set<Int> = []

    fileprivate struct Table {
        var place: Int
        var isData: Bool
        var rows = 0
        var columns = 0
        var cells = 0
        var cellDepth = 0
    }

    init(_ page: HTMLEvents) {
        var tables: [Table] = []
        for (place, event) in page.events.enumerated() {
            switch event {
            case .open(.table, let attributes):
                if !tables.isEmpty { tables[tables.count - 1].isData = false }
                let isLayout = page.attributes.indices.contains(attributes) && page.attributes[attributes].isPresentation
                tables.append(Table(place: place, isData: !isLayout))
            case .close(.table):
                if let table = tables.popLast(), table.isData, table.rows > 1, table.columns > 1 { withData.insert(table.place) }
            case .open(let tag, _): if !tables.isEmpty { tables[tables.count - 1].open(tag) }
            case .close(let tag): if !tables.isEmpty { tables[tables.count - 1].close(tag) }
            case .text(let range):
                if let last = tables.last, last.cellDepth == 0, last.isData, page.text[range].contains(where: { $0 > 0x20 }) {
                    tables[tables.count - 1].isData = false
                }
            }
        }
    }
}

extension HTMLTables.Table {
    fileprivate mutating func open(_ tag: HTMLTag) {
        switch tag {
        case .row:
            rows += 1
            cells = 0
            if cellDepth > 0 { isData = false }
        case .cell, .headerCell:
            cells += 1
            columns = max(columns, cells)
            if cellDepth > 0 || rows == 0 { isData = false }
            cellDepth += 1
        case .caption: cellDepth += 1
        case .unorderedList, .orderedList, .item, .blockquote, .preformatted, .rule, .term, .definition: isData = false
        case _ where tag.headingLevel != nil: isData = false
        default: break
        }
    }

    fileprivate mutating func close(_ tag: HTMLTag) {
        if tag == .cell || tag == .headerCell || tag == .caption { cellDepth -= 1 }
    }
}

/// A table of data while it is read.
struct MarkdownTable {
    private var rows: [[[UInt8]]] = []
    /// Whether a cell or the caption is being read.
    var isInCell = false

    mutating func startRow() { rows.append([]) }

    mutating func add(_ cell: [UInt8]) {
        if rows.isEmpty { rows.append([]) }
        rows[rows.count - 1].append(cell)
    }

    /// Rows of pipes; the first that has cells is the head, as wide as the widest, for more than it has would not be shown.
    var block: [UInt8]? {
        let full = rows.filter { !$0.isEmpty }
        guard var head = full.first else { return nil }
        let columns = full.map(\.count).max() ?? 0
        head += [[UInt8]](repeating: [], count: columns - head.count)
        var lines = [Self.line(head), Array("|".utf8) + [[UInt8]](repeating: Array(" --- |".utf8), count: columns).joined()]
        lines += full.dropFirst().map(Self.line)
        return Array(lines.joined(separator: [0x0A]))
    }

    private static func line(_ cells: [[UInt8]]) -> [UInt8] {
        var line = Array("|".utf8)
        for cell in cells {
            line.append(0x20)
            line += cell
            line += cell.isEmpty ? Array("|".utf8) : Array(" |".utf8)
        }
        return line
    }
}
