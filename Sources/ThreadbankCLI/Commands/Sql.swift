// `threadbank sql`: read-only SQL, one statement or a script from stdin.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore

struct Sql: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Ask the archive in SQL. Nothing can be changed or harmed.",
        discussion: """
            One statement of SQLite's SQL, or without QUERY a script of several from
            stdin, each ended by `;`. On a terminal, without QUERY, a console: history,
            Tab for names, .examples for questions to ask, .help. Only reading is allowed: SELECT, VALUES, WITH,
            EXPLAIN, and PRAGMAs that tell of the schema. 'x' is a text and "x" a column.

            Two views are made for people: post_details (a row a post, with names,
            dates, parent and URL) and thread_summaries. Beneath are the tables posts,
            threads, authors, forums, sources, replies (whom a post answers, and how
            that is known), reply_claims, links, inferences, tags, attachments,
            post_revisions, post_aliases, post_forums and imports, and the full-text
            index posts_fts. Times are Unix seconds in UTC; posts.created_at has an
            index, the ISO dates of the views have none.

            Write :name in the statement and give --param name=value. A value is bound
            as a number where JSON would write it so (7, -1.5, 2e3), else as text.

            The exit code is 0 for an answer without rows too, and 2 where the SQL is
            refused, fails, or takes longer than --timeout.

            EXAMPLES
              threadbank sql "select * from thread_summaries limit 10"
              threadbank sql "select state, count(*) from posts group by 1"
              threadbank sql --format csv "select author, count(*) as posts
                from post_details group by 1 order by 2 desc"
              threadbank sql "select id, title from threads where title like :words" \\
                --param words=%solar%
              threadbank sql "select rowid, snippet(posts_fts, 0, '[', ']', '…', 12)
                from posts_fts where posts_fts match 'battery' order by rank limit 5"
              threadbank sql "select datetime(created_at, 'unixepoch') as at, body
                from posts where created_at >= unixepoch('2024-01-01') limit 5"
              threadbank sql "select basis, round(avg(confidence), 2) from replies
                group by 1" --format json
              threadbank sql "select name, type from pragma_table_info('posts')"
              threadbank sql --format jsonl --max-rows 1000000 < report.sql
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>

    @Argument(help: "One statement; without it a console on a terminal; with -, statements of stdin.")
    var query: String?

    @Option(
        name: .customLong("param"),
        help: ArgumentHelp("A value for :NAME, @NAME or $NAME; may be repeated.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(help: ArgumentHelp("How long a statement may work, in seconds.", valueName: "s"))
    var timeout: Double = 10

    @Option(help: ArgumentHelp("How many rows of a statement are shown.", valueName: "n"))
    var maxRows: Int = 10_000

    func validate() throws {
        _ = try values()
        guard timeout > 0, timeout <= 1e9 else { throw ValidationError("--timeout \(timeout): give a number of seconds above 0") }
        guard maxRows > 0 else { throw ValidationError("--max-rows \(maxRows): give a number above 0") }
    }

    func run() throws {
        let isScript = query == nil || query == "-"
        let isConsole = query == nil && isatty(STDIN_FILENO) == 1
        guard let printer = rowPrinter(output.format) else { return }
        let console = try SQLConsole(path: archive.path)
        let guardian = SQLGuardian(console)
        defer { guardian.stop() }
        if isConsole {
            guardian.end()
            let limits = SQLConsole.Limits(seconds: timeout, rows: maxRows)
            // There Ctrl-C stops a statement, and the console ends in good order all the same.
            let values = try values()
            return Console(console, guardian, format: output.format, limits: limits, values: values, isQuiet: output.quiet).run()
        } else if let query, !isScript {
            _ = try ask(query, console, printer, isScript: false)
        } else {
            try runScript(console, printer)
        }
        if guardian.wasInterrupted { throw ThreadbankError(.interrupted, "interrupted") }
    }

    /// The values of `--param` by name.
    private func values() throws -> [String: String] {
        var values: [String: String] = [:]
        for parameter in parameters {
            guard let sign = parameter.firstIndex(of: "="), sign > parameter.startIndex else {
                throw ValidationError("--param \(parameter): write it as NAME=VALUE")
            }
            let name = parameter[..<sign]
            let bare = String(":@$".contains(parameter[parameter.startIndex]) ? name.dropFirst() : name)
            if values.updateValue(String(parameter[parameter.index(after: sign)...]), forKey: bare) != nil {
                throw ValidationError("--param \(bare): is given twice")
            }
        }
        return values
    }

    /// Runs one statement and prints its answer.
    ///
    /// - returns: the names of the parameters that it uses.
    private func ask(_ sql: String, _ console: SQLConsole, _ printer: any RowPrinter, isScript: Bool) throws -> Set<String> {
        let outcome = try console.run(
            sql, parameters: values(), ignoringOtherParameters: isScript, limits: .init(seconds: timeout, rows: maxRows),
            columns: { printer.begin($0) },
            row: { row throws(CancellationError) in
                printer.add(row)
                if printer.isClosed { throw CancellationError() }
            })
        printer.end()
        if outcome.truncated, !output.quiet { say("threadbank: cut at \(maxRows) rows; raise it with --max-rows") }
        return outcome.parameters
    }

    /// Runs the statements of stdin one after the other, each as soon as it is complete; the first that fails is the last.
    private func runScript(_ console: SQLConsole, _ printer: any RowPrinter) throws {
        var splitter = SQLSplitter()
        var used: Set<String> = []
        var count = 0
        func run(_ statement: String) throws {
            count += 1
            do {
                used.formUnion(try ask(statement, console, printer, isScript: true))
            } catch let error as ThreadbankError {
                throw ThreadbankError(error.code, "stdin, statement \(count): \(error)", underlying: error.underlying)
            }
        }
        while !printer.isClosed {
            let bytes = FileHandle.standardInput.availableData
            if bytes.isEmpty { break }
            for statement in splitter.add(bytes) where !printer.isClosed { try run(statement) }
            if splitter.pendingBytes > SQLConsole.longestStatement {
                throw ThreadbankError(
                    .limit, "stdin: a statement is longer than \(SQLConsole.longestStatement) bytes; end it with `;`")
            }
        }
        if let last = splitter.finish(), !printer.isClosed { try run(last) }
        if count == 0 {
            throw ThreadbankError(.query, "stdin: there is no statement in it; try \"select * from thread_summaries\"")
        }
        let unknown = try Set(values().keys).subtracting(used).sorted()
        if !unknown.isEmpty, !printer.isClosed {
            throw ThreadbankError(.query, "--param \(unknown.joined(separator: ", ")): no statement of stdin uses it")
        }
    }
}
