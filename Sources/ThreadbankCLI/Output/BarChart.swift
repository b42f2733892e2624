// Numbers as bars on a terminal.

internal import ThreadbankCore

/// One bar a line: a label, the bar, the number.
struct BarChart {
    var style = Style.plain
    var width = 80
    /// Labels are cut to so many columns.
    var widestLabel = 24

    private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    func lines(_ rows: [(label: String, count: Int)]) -> [String] {
        let most = rows.reduce(1) { max($0, $1.count) }
        let labels = rows.map { $0.label.showingControls().cut(toWidth: widestLabel) }
        let labelWidth = labels.reduce(0) { max($0, $1.displayWidth) }
        let numberWidth = String(most).count
        let room = max(8, width - labelWidth - numberWidth - 4)
        return zip(labels, rows).map { label, row in
            "\(label.padded(toWidth: labelWidth))  \(style.cyan(Self.bar(row.count, of: most, room))) \(row.count)"
        }
    }

    /// In eighths of a column; what is there has at least one.
    private static func bar(_ count: Int, of most: Int, _ room: Int) -> String {
        guard count > 0 else { return "" }
        let eighths = max(1, Int((Double(count) / Double(most) * Double(room) * 8).rounded()))
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }
}

/// The bars of `stats`: posts by month, or by year where months are many; the busiest authors and forums.
struct ActivityPrinter {
    var style = Style.plain
    var width = 80
    private static let mostMonths = 36

    func text(_ activity: ArchiveActivity) -> String {
        let chart = BarChart(style: style, width: min(width, 100))
        var lines: [String] = []
        func section(_ title: String, _ rows: [(label: String, count: Int)]) {
            if !rows.isEmpty { lines += ["", style.bold(title)] + chart.lines(rows) }
        }
        let months = activity.everyMonth(atMost: Self.mostMonths)
        if let months {
            section("posts by month", months)
        } else {
            let years = Dictionary(grouping: activity.months) { String($0.month.prefix(4)) }
            section(
                "posts by year", years.map { (label: $0, count: $1.reduce(0) { $0 + $1.posts }) }.sorted { $0.label < $1.label })
        }
        section("busiest authors", activity.authors.map { (label: $0.name, count: $0.posts) })
        section("busiest forums", activity.forums.map { (label: $0.name, count: $0.posts) })
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    static func members(_ activity: ArchiveActivity) -> [(String, JSON)] {
        func list(_ items: [ArchiveActivity.Named]) -> JSON {
            .array(items.map { .object([("name", .string($0.name)), ("posts", JSON($0.posts))]) })
        }
        return [
            ("months", .array(activity.months.map { .object([("month", .string($0.month)), ("posts", JSON($0.posts))]) })),
            ("busiest_authors", list(activity.authors)), ("busiest_forums", list(activity.forums)),
        ]
    }
}

extension ArchiveActivity {
    /// The months from the first to the last, those without a post too; nil where they are more than `most`.
    func everyMonth(atMost most: Int) -> [(label: String, count: Int)]? {
        guard let first = months.first.flatMap({ Self.number($0.month) }),
            let last = months.last.flatMap({ Self.number($0.month) })
        else { return [] }
        guard last - first < most else { return nil }
        let known = Dictionary(months.map { ($0.month, $0.posts) }) { $0 + $1 }
        return (first...max(first, last)).map { number in
            let (year, month) = (String(number / 12), number % 12 + 1)
            let label = String(repeating: "0", count: max(0, 4 - year.count)) + "\(year)-\(month < 10 ? "0" : "")\(month)"
            return (label, known[label] ?? 0)
        }
    }

    private static func number(_ month: String) -> Int? {
        guard let year = Int(month.prefix(4)), let month = Int(month.suffix(2)) else { return nil }
        return year * 12 + month - 1
    }
}
