// Prints how hits are spread: bars for people, rows for programs. In JSON they are part of the search's own answer.

internal import ThreadbankCore

struct FacetPrinter {
    let facets: SearchFacets
    let format: OutputFormat
    /// Whether something stands above.
    var isBelow = false
    var style = Style.stdout

    /// How many values of a facet people are shown, the commonest.
    private static let most = 10
    /// Time has no commonest part that tells anything alone: beyond so many months people are shown years.
    private static let mostMonths = 24
    /// Nobody's archive has more years, but a wrong clock may have written any.
    private static let mostYears = 60

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
        facets.all.filter { !$0.values.isEmpty }.flatMap { name, values in
            name == "month" ? time(values) : commonest(values, name)
        }
    }

    private func commonest(_ values: [SearchFacets.Value], _ name: String) -> [String] {
        bars(name, values.prefix(Self.most), more: values.dropFirst(Self.most), "")
    }

    /// Months in their order; years where they are too many to be seen at once.
    private func time(_ months: [SearchFacets.Value]) -> [String] {
        if months.count <= Self.mostMonths { return bars("month", months[...], more: [], "") }
        var years: [SearchFacets.Value] = []
        for month in months {
            // A year is what stands before the month: it may have more digits than four, or a sign.
            let year = month.value.map { String($0.dropLast(3)) }
            if let last = years.last, last.value == year {
                years[years.count - 1].count += month.count
            } else {
                years.append(.init(year, month.count))
            }
        }
        return bars("year", years.suffix(Self.mostYears), more: years.dropLast(Self.mostYears), " before them")
    }

    private func bars(
        _ name: String, _ shown: ArraySlice<SearchFacets.Value>, more: ArraySlice<SearchFacets.Value>, _ where: String
    ) -> [String] {
        let highest = shown.map(\.count).max() ?? 1
        let digits = shown.map { String($0.count).count }.max() ?? 1
        var lines = ["", style.bold(name)]
        for value in shown {
            let text = value.value.map { $0.showingControls() } ?? (["month", "year"].contains(name) ? "undated" : "unknown")
            let label = text.cut(toWidth: 30)
            let pad = String(repeating: " ", count: max(0, 30 - label.displayWidth))
            let count = String(value.count)
            let bar = String(repeating: "█", count: max(1, value.count * 24 / max(1, highest)))
            lines.append("  \(label)\(pad) \(String(repeating: " ", count: digits - count.count))\(count) \(style.dim(bar))")
        }
        if !more.isEmpty {
            let posts = more.reduce(0) { $0 + $1.count }.counted("post")
            lines.append(style.dim("  \(more.count) more\(`where`), with \(posts)"))
        }
        return lines
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
