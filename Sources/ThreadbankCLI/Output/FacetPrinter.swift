// Prints how hits are spread: bars for people, rows for programs. In JSON they are part of the search's own answer.

internal import ThreadbankCore

struct FacetPrinter {
    let facets: SearchFacets
    let format: OutputFormat
    /// Whether something stands above.
    var isBelow = false
    var style = Style.stdout

    /// How many values of a facet people are shown.
    private static let most = 10

    func print() {
        var out = Stdout()
        switch format {
        case .csv:
            out.line("facet,value,count\r")
            for (name, values) in facets.all {
                for value in values { out.line("\(name),\((value.value ?? "").csvField),\(value.count)\r") }
            }
        case .jsonl: out.json(.object([("facets", facets.json)]))
        case .text: for line in isBelow ? lines : Array(lines.dropFirst()) { out.line(line) }
        default: break
        }
    }

    private var lines: [String] {
        facets.all.filter { !$0.values.isEmpty }.flatMap { name, values -> [String] in
            let shown = name == "month" ? Array(values.suffix(Self.most * 2)) : Array(values.prefix(Self.most))
            let highest = shown.map(\.count).max() ?? 1
            let digits = shown.map { String($0.count).count }.max() ?? 1
            var lines = ["", style.bold(name)]
            for value in shown {
                let text = value.value.map { $0.showingControls() } ?? (name == "month" ? "undated" : "unknown")
                let label = text.cut(toWidth: 30)
                let pad = String(repeating: " ", count: max(0, 30 - label.displayWidth))
                let count = String(value.count)
                let bar = String(repeating: "█", count: max(1, value.count * 24 / max(1, highest)))
                lines.append("  \(label)\(pad) \(String(repeating: " ", count: digits - count.count))\(count) \(style.dim(bar))")
            }
            if shown.count < values.count { lines.append(style.dim("  \(values.count - shown.count) more")) }
            return lines
        }
    }
}

extension SearchFacets {
    var json: JSON {
        .object(
            all.map { name, values in
                (name, .array(values.map { .object([("value", JSON($0.value)), ("count", .integer(Int64($0.count)))]) }))
            })
    }
}
