// The SQL console: statements and dot commands from a terminal, answers until `.quit`.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore

/// Reads statements, of several lines until a `;`, and prints their answers. What fails is said, and the console goes on; Ctrl-C stops
/// the statement that runs, or forgets the one that is typed.
final class Console {
    private let console: SQLConsole
    private let guardian: SQLGuardian
    private let limits: SQLConsole.Limits
    private let values: [String: String]
    private let isQuiet: Bool
    private var format: OutputFormat
    private var hasTimer = false
    private var isDone = false

    init(
        _ console: SQLConsole, _ guardian: SQLGuardian, format: OutputFormat, limits: SQLConsole.Limits, values: [String: String],
        isQuiet: Bool
    ) {
        self.console = console
        self.guardian = guardian
        self.format = format
        self.limits = limits
        self.values = values
        self.isQuiet = isQuiet
    }

    func run() {
        let names = ConsoleNames(console)
        let editor = LineEditor { names.complete($0) }
        if !isQuiet { put("\(console.path.showingControls())\n.help tells more, .examples shows what can be asked, .quit ends") }
        var splitter = SQLSplitter()
        while !isDone {
            switch editor.read(splitter.isPending ? "...> " : "sql> ") {
            case .end:
                put("")
                return
            case .abandoned: splitter = SQLSplitter()
            case .line(let line):
                editor.remember(line)
                let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
                if !splitter.isPending, let first = words.first, first.hasPrefix(".") {
                    command(first, Array(words.dropFirst()))
                    continue
                }
                // No statement begins with these, and every other console ends with one of them.
                if !splitter.isPending,
                    ["exit", "quit", "exit;", "quit;"].contains(line.lowercased().filter { !$0.isWhitespace })
                {
                    return
                }
                // What is left behind a `;` of the line before is no line of the statement.
                for statement in splitter.add(line + "\n") { ask(String(statement.drop { $0.isWhitespace })) }
                if splitter.pendingBytes > SQLConsole.longestStatement {
                    say("a statement is longer than \(SQLConsole.longestStatement) bytes; it is forgotten")
                    splitter = SQLSplitter()
                }
            }
        }
    }

    private func put(_ line: String) {
        var out = Stdout()
        out.line(line)
        out.flush()
    }

    // MARK: Statements

    private func ask(_ sql: String) {
        guard let printer = rowPrinter(format) else { return }
        guardian.begin()
        defer { guardian.end() }
        let started = ContinuousClock.now
        do {
            let outcome = try console.run(
                sql, parameters: values, ignoringOtherParameters: true, limits: limits, columns: { printer.begin($0) },
                row: { row throws(CancellationError) in
                    printer.add(row)
                    if printer.isClosed { throw CancellationError() }
                })
            printer.end()
            if outcome.truncated { say("cut at \(limits.rows) rows; raise it with --max-rows, or say LIMIT") }
            if format == .text, !isQuiet { say("\(outcome.rows.counted("row"))") }
        } catch  where error.code == .interrupted {
            say("stopped")
        } catch {
            say("\(error)")
        }
        _ = guardian.wasInterrupted
        if hasTimer {
            say("\((ContinuousClock.now - started).formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow)))")
        }
    }

    // MARK: Commands

    private func command(_ name: String, _ arguments: [String]) {
        // As in sqlite3, the beginning of a command will do where it is that of one alone.
        let typed = name.lowercased()
        let meant = (ConsoleNames.commands + [".exit"]).filter { $0.hasPrefix(typed) }
        switch (meant.count == 1 ? meant[0] : typed, arguments.first) {
        case (".help", _): put(Self.help)
        case (".quit", _), (".exit", _): isDone = true
        case (".tables", _): ask(ConsoleSQL.objects("table"))
        case (".views", _): ask(ConsoleSQL.objects("view"))
        case (".schema", nil): schema(ConsoleSQL.schema)
        case (".schema", let object?): schema(ConsoleSQL.schema(of: object))
        case (".timer", let word?) where ["on", "off"].contains(word): hasTimer = word == "on"
        case (".timer", _): put("the timer is \(hasTimer ? "on" : "off"); .timer on, .timer off")
        case (".format", let word?) where ["text", "json", "jsonl", "csv"].contains(word):
            format = OutputFormat(rawValue: word) ?? format
        case (".format", _): put("answers are \(format.rawValue); .format text, json, jsonl or csv")
        case (".examples", nil):
            for (index, example) in SQLExamples.all.enumerated() {
                put("\(index + 1 < 10 ? " " : "")\(index + 1)  \(example.question)")
            }
            put("\n.examples 3 shows the third and runs it")
        case (".examples", let number?):
            guard let place = Int(number), SQLExamples.all.indices.contains(place - 1) else {
                return say("there are examples 1 to \(SQLExamples.all.count)")
            }
            put(SQLExamples.all[place - 1].sql + "\n")
            ask(SQLExamples.all[place - 1].sql)
        default:
            let hint = meant.isEmpty ? ".help lists them" : "did you mean \(meant.joined(separator: " or "))?"
            say("\(name): there is no such command; \(hint)")
        }
    }

    private func schema(_ sql: String) {
        var found = false
        do {
            try console.run(sql) { row throws(CancellationError) in
                if case .text(let text)? = row.first {
                    found = true
                    put(text.showingControls(keepingNewlines: true) + ";")
                }
            }
        } catch { say("\(error)") }
        if !found { say("there is no such table or view; .tables and .views list them") }
    }

    static let help = """
        Statements end with ; and may take several lines. Nothing can be changed.
          .tables            the tables               .views      the views, made for people
          .schema [NAME]     how they are made        .examples [N]  questions to ask; N runs one
          .format FORM       text, json, jsonl, csv   .timer on|off  how long each takes
          .quit              ends, as Ctrl-D does     Tab         completes names and keywords
        Ctrl-C stops a statement. Times are Unix seconds; posts.created_at has an index.
        """
}

enum ConsoleSQL {
    /// Names of tables or views, but for those in which SQLite and FTS5 keep their own.
    static func objects(_ kind: String) -> String {
        """
        SELECT name, (SELECT count(*) FROM pragma_table_xinfo(m.name)) AS columns FROM sqlite_master m
         WHERE type = '\(kind)' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'posts!_fts!_%' ESCAPE '!' ORDER BY name
        """
    }

    static let schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'view') ORDER BY type, name"

    static func schema(of name: String) -> String {
        let text = name.replacing("'", with: "''").replacing(";", with: "")
        return """
            SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (lower(name) = lower('\(text)') OR lower(tbl_name) = lower('\(text)'))
             ORDER BY type DESC, name
            """
    }

    static let names = """
        SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
         WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.name NOT LIKE 'posts!_fts!_%' ESCAPE '!'
        """
}
