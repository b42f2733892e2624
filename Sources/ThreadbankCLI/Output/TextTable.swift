// The rows of an SQL answer as a table for people.

internal import Foundation
internal import Threadbank

/// A table with aligned columns, cut to the terminal's width; into a file or pipe nothing is cut. Where there are more columns than the terminal
/// has room for, each row is a list of them, a line a column.
///
/// The widths come from the first rows, which are held back for that; the rest is printed as it comes.
final class TextTable: RowPrinter {
    /// How much is held back at most: rows, and bytes of text.
    private static let most = (rows: 1_000, bytes: 4_000_000)
    /// Where nothing is cut, one long text must not push all others aside: beyond this a text stands out of line.
    private static let widestColumn = 80
    /// With less room than this for each, columns tell nothing any more.
    private static let narrowestColumn = 6
    private static let gap = "  "

    private struct Cell {
        var text: String
        var isNull = false
        var isNumber = false
    }

    private var out = Stdout()
    private let style: Style
    /// The columns of the terminal; nil where nothing is cut.
    private let screen: Int?
    private var isFirstAnswer = true
    private var header: [String] = []
    private var held: [[Cell]] = []
    private var heldBytes = 0
    private var layout: [(width: Int, right: Bool)] = []
    /// Where each row is a list: how many were printed.
    private var listed: Int?

    init(style: Style = .stdout, screen: Int? = Terminal.isTerminal ? Terminal.width : nil) {
        self.style = style
        self.screen = screen
    }

    var isClosed: Bool { out.isClosed }

    func begin(_ columns: [String]) {
        if !isFirstAnswer { out.line() }
        isFirstAnswer = false
        header = columns.map { shown($0) }
        (held, heldBytes, layout, listed) = ([], 0, [], nil)
    }

    func add(_ row: [SQLValue]) {
        let cells = row.map { cell($0) }
        if layout.isEmpty {
            held.append(cells)
            heldBytes += cells.reduce(0) { $0 + $1.text.utf8.count }
            if held.count >= Self.most.rows || heldBytes >= Self.most.bytes { release() }
        } else {
            print(cells)
        }
    }

    func end() {
        if layout.isEmpty { release() }
        out.flush()
    }

    /// Prints the header and what was held back, now that the widths can be told.
    private func release() {
        guard !header.isEmpty else { return }
        layout = header.indices.map { column in
            let cells = held.map { $0[column] }
            let width = cells.reduce(header[column].displayWidth) { max($0, $1.text.displayWidth) }
            let values = cells.filter { !$0.isNull }
            return (width, !values.isEmpty && values.allSatisfy { $0.isNumber })
        }
        if let screen, !held.isEmpty, !Self.hasRoom(for: layout.map(\.width), on: screen) {
            listed = 0
            for row in held { print(row) }
            held = []
            return
        }
        let widths = Self.fit(layout.map(\.width), into: screen.map { $0 - Self.gap.count * (header.count - 1) })
        for column in layout.indices { layout[column].width = widths[column] }
        print(header.map { Cell(text: $0) }, marked: style.bold)
        print(layout.map { Cell(text: String(repeating: "─", count: $0.width)) }, marked: style.dim)
        for row in held { print(row) }
        held = []
    }

    private func print(_ cells: [Cell], marked mark: ((String) -> String)? = nil) {
        if let listed { return list(cells, number: listed + 1) }
        var line = ""
        var used = 0
        for (column, cell) in cells.enumerated() {
            let (width, right) = layout[column]
            var text = screen == nil ? cell.text : cell.text.cut(toWidth: width)
            // Nothing follows the last column that its spaces would align.
            if right || column < cells.count - 1 { text = text.padded(toWidth: width, right: right) }
            if column > 0 { text = Self.gap + text }
            // Where there are no rows, the narrowest columns may be too many for the screen.
            if let screen { text = text.cut(toWidth: max(0, screen - used)) }
            used += text.displayWidth
            line += mark.map { $0(text) } ?? (cell.isNull ? style.dim(text) : text)
        }
        out.line(line)
    }

    /// Prints a row as a list.
    private func list(_ cells: [Cell], number: Int) {
        let screen = screen ?? Self.widestColumn
        let width = min(header.reduce(0) { max($0, $1.displayWidth) }, screen / 2)
        let head = "── \(number) "
        out.line(style.dim(head + String(repeating: "─", count: max(0, screen - head.count))))
        for (name, cell) in zip(header, cells) {
            let text = cell.text.cut(toWidth: screen - width - Self.gap.count)
            out.line(
                style.bold(name.cut(toWidth: width).padded(toWidth: width)) + Self.gap + (cell.isNull ? style.dim(text) : text))
        }
        listed = number
    }

    private static func hasRoom(for widths: [Int], on screen: Int) -> Bool {
        widths.count < 2 || widths.reduce(gap.count * (widths.count - 1)) { $0 + min($1, narrowestColumn) } <= screen
    }

    /// The widths, the widest made narrower until all fit into `room`; a column keeps a few columns at least.
    private static func fit(_ widths: [Int], into room: Int?) -> [Int] {
        guard let room else { return widths.map { min($0, widestColumn) } }
        guard widths.reduce(0, +) > room else { return widths }
        // Narrow columns keep what they need, the others share what is left: from the narrowest up.
        var left = room
        var fitted = widths
        for (position, column) in widths.indices.sorted(by: { widths[$0] < widths[$1] }).enumerated() {
            fitted[column] = min(widths[column], max(4, left / (widths.count - position)))
            left -= fitted[column]
        }
        return fitted
    }

    private func cell(_ value: SQLValue) -> Cell {
        switch value {
        case .null: Cell(text: "NULL", isNull: true)
        case .integer, .real: Cell(text: value.csv, isNumber: true)
        case .text(let text): Cell(text: shown(text))
        case .blob(let bytes): Cell(text: "(\(bytes.count) bytes)")
        }
    }

    /// Of a long text no more is looked at than a screen could show.
    private func shown(_ text: String) -> String { (screen.map { String(text.prefix($0 + 1)) } ?? text).showingControls() }
}
