// `threadbank sql`: read-only SQL, one statement or a script from stdin.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore

struct Sql: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the archive in SQL. Nothing can be changed or harmed.",
        discussion: """
            One statement of SQLite's SQL, or without QUERY a script of several from stdin, each ended by `;`. Only reading is
            allowed: SELECT, VALUES, WITH, EXPLAIN, and PRAGMAs that tell of the schema. Columns are misspelt loudly: "a" is a
            column, 'a' a text.

            Made for people are the views post_details (a row a post, names and dates resolved) and thread_summaries. Beneath
            are the tables posts, threads, authors, forums, sources, replies (who answers whom), reply_claims, links,
            inferences, tags, attachments, post_revisions, post_aliases, post_forums and imports. posts_fts is the full-text
            index. Times are Unix seconds in UTC: filter on posts.created_at, which has an index.

            A value of --param is bound as a number where it is written like one in JSON (7, -1.5, 2e3), else as text.

            The exit code is 0 for an answer without rows too, 2 where SQL is refused, fails or reaches the time limit.

            EXAMPLES
              threadbank sql "select * from thread_summaries order by latest desc limit 10"
              threadbank sql "select state, count(*) as posts from posts group by 1" --format json
              threadbank sql "select author, count(*) as posts from post_details group by 1 order by 2 desc"
              threadbank sql "select id, title from threads where title like :words" --param "words=%solar%"
              threadbank sql "select p.id, snippet(posts_fts, 1, '[', ']', '…', 12) from posts_fts
                              join posts p on p.id = posts_fts.rowid where posts_fts match 'battery'"
              threadbank sql "select basis, count(*), round(avg(confidence), 2) from replies group by 1"
              threadbank sql "select name, type from pragma_table_info('posts')"
              threadbank sql --format csv --max-rows 1000000 < report.sql > report.csv
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "One statement; without it, or with -, statements are read from stdin.")
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
        try output.require(.text, .json, .jsonl, .csv)
        _ = try values()
        guard timeout > 0, timeout <= 1e9 else { throw ValidationError("--timeout \(timeout): give a number of seconds above 0") }
        guard maxRows > 0 else { throw ValidationError("--max-rows \(maxRows): give a number above 0") }
    }

    func run() throws {
        let isScript = query == nil || query == "-"
        if isScript, isatty(STDIN_FILENO) == 1 {
            throw ThreadbankError(
                .query, "sql: no query; try threadbank sql \"select * from thread_summaries\", or give a script on stdin")
        }
        guard let printer = rowPrinter(output.format) else { return }
        let console = try SQLConsole(path: archive.path)
        let guardian = SQLGuardian(console)
        defer { guardian.stop() }
        if let query, !isScript {
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
