// The rows of an SQL answer in the forms that programs read: JSON, JSON lines, CSV. The table for people is TextTable.

internal import Threadbank
internal import ThreadbankCore

/// Prints answers row by row; nothing is held back longer than the form needs.
protocol RowPrinter: AnyObject {
    /// Whether nobody reads stdout any more.
    var isClosed: Bool { get }
    /// A new answer begins.
    func begin(_ columns: [String])
    func add(_ row: [SQLValue])
    /// The answer is complete. After a failure this is not called, so that what was printed does not look whole.
    func end()
}

/// The printer of a form; nil for forms that rows do not have.
func rowPrinter(_ format: OutputFormat) -> (any RowPrinter)? {
    switch format {
    case .text: TextTable()
    case .json: JSONRows(asLines: false)
    case .jsonl: JSONRows(asLines: true)
    case .csv: CSVRows()
    default: nil
    }
}

/// One array of objects an answer, an object a line; or the objects alone.
final class JSONRows: RowPrinter {
    private var out = Stdout()
    private let asLines: Bool
    private var keys: [String] = []
    private var isFirst = true

    init(asLines: Bool) { self.asLines = asLines }

    var isClosed: Bool { out.isClosed }

    func begin(_ columns: [String]) {
        keys = SQLConsole.uniqueNames(columns)
        isFirst = true
    }

    func add(_ row: [SQLValue]) {
        if !asLines { out.write(isFirst ? "[\n" : ",\n") }
        isFirst = false
        out.json(.object(zip(keys, row).map { ($0, $1.json) }), newline: asLines)
    }

    func end() {
        if !asLines { out.write(isFirst ? "[]\n" : "\n]\n") }
        out.flush()
    }
}

/// RFC 4180: a header line, CRLF, quotes where they are needed.
final class CSVRows: RowPrinter {
    private var out = Stdout()

    var isClosed: Bool { out.isClosed }

    func begin(_ columns: [String]) { line(columns.map { Self.field($0) }) }

    func add(_ row: [SQLValue]) { line(row.map { $0 == .null ? "" : Self.field($0.csv) }) }

    func end() { out.flush() }

    /// A line with one empty field would look like no line at all.
    private func line(_ fields: [String]) { out.write((fields == [""] ? "\"\"" : fields.joined(separator: ",")) + "\r\n") }

    /// An empty text is quoted: nothing at all stands for NULL.
    private static func field(_ text: String) -> String {
        text.isEmpty ? "\"\"" : text.csvField
    }
}
