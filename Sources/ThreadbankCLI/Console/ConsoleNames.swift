// What Tab completes in the console: dot commands, keywords, tables, views and columns.

internal import Threadbank

struct ConsoleNames: Sendable {
    private let objects: [String]
    private let columns: [String]

    /// Asks the archive for its names; what cannot be told is not completed.
    init(_ console: SQLConsole) {
        var (objects, columns): (Set<String>, Set<String>) = ([], [])
        _ = try? console.run(ConsoleSQL.names) { row throws(CancellationError) in
            if case .text(let object) = row[0] { objects.insert(object) }
            if case .text(let column) = row[1] { columns.insert(column) }
        }
        (self.objects, self.columns) = (objects.sorted(), columns.sorted())
    }

    static let commands = [".examples", ".format", ".help", ".quit", ".schema", ".tables", ".timer", ".views"]

    static let keywords = [
        "and", "as", "asc", "avg(", "between", "by", "case", "cast(", "coalesce(", "count(", "cross join", "date(", "datetime(",
        "desc",
        "distinct", "else", "end", "exists", "explain query plan", "from", "group by", "having", "in", "is null", "is not null",
        "join",
        "left join", "length(", "like", "limit", "lower(", "match", "max(", "min(", "not", "nulls last", "offset", "on", "or",
        "order by",
        "over (", "partition by", "recursive", "round(", "select", "strftime(", "substr(", "sum(", "then", "union all",
        "unixepoch(",
        "using", "values", "when", "where", "with",
    ]

    /// The candidates for the end of a text, and how many bytes of it they replace.
    func complete(_ text: String) -> (bytes: Int, words: [String]) {
        if text.hasPrefix("."), !text.contains(" ") { return (text.utf8.count, Self.commands.filter { $0.hasPrefix(text) }) }
        let isSchema = text.hasPrefix(".schema ")
        let ending = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let word = String(ending.reversed())
        let isColumn = text.dropLast(word.count).last == "."
        let bytes = word.utf8.count
        if word.isEmpty, !isColumn, !isSchema { return (0, []) }
        let names = isSchema ? objects : isColumn ? columns : objects + columns
        var found = names.filter { $0.lowercased().hasPrefix(word.lowercased()) }
        if !isSchema, !isColumn {
            let isUpper = word.contains(where: \.isUppercase)
            found += Self.keywords.filter { $0.hasPrefix(word.lowercased()) }.map { isUpper ? $0.uppercased() : $0 }
        }
        // The editor puts in what follows the word, so what was typed must stand at the start of each.
        return (bytes, Array(Set(found)).sorted().map { word + $0.dropFirst(word.count) })
    }
}
