// Lists for people: aligned columns, cut to the terminal's width.

/// Rows of text under a head. Numbers stand to the right; the last column takes what room is left.
struct ColumnTable {
    struct Column {
        var title: String
        var isNumber = false
        /// The most columns of the terminal that it takes.
        var widest = Int.max
    }

    let columns: [Column]
    var style = Style.plain
    var width = 80

    /// Writes the head and the rows. Control characters are made visible; a cell is one line.
    func write(_ rows: [[String]], to emit: (String) -> Void) {
        guard !rows.isEmpty else { return }
        let rows = rows.map { $0.map { $0.showingControls() } }
        let widths = fitted(
            columns.indices.map { index in
                min(columns[index].widest, rows.reduce(columns[index].title.displayWidth) { max($0, $1[index].displayWidth) })
            })
        emit(style.bold(line(columns.map(\.title), widths)) + "\n")
        for row in rows { emit(line(row, widths) + "\n") }
    }

    /// The last column says the most: those that may be cut give way, the widest first, until it has some room.
    private func fitted(_ widths: [Int]) -> [Int] {
        guard let last = widths.last else { return widths }
        var widths = widths
        let others = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        var missing = min(last, Self.roomOfLast) + others - width
        while missing > 0 {
            let narrower = columns.indices.dropLast().filter { columns[$0].widest < .max && widths[$0] > Self.narrowest }
            guard let widest = narrower.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            missing -= 1
        }
        return widths
    }

    private static let roomOfLast = 40
    private static let narrowest = 8

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for index in cells.indices {
            let cell = cells[index].cut(toWidth: widths[index])
            let isLast = index == cells.count - 1
            text +=
                isLast && !columns[index].isNumber ? cell : cell.padded(toWidth: widths[index], right: columns[index].isNumber)
            if !isLast { text += "  " }
        }
        return text.cut(toWidth: width)
    }
}
