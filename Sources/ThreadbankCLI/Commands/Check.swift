// `threadbank check`: proves that the archive is sound.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the archive, and say what is wrong.",
        discussion: """
            Checks SQLite's structures, that no table, index or view is missing, the foreign keys, that search index, packed columns and posts agree, that replies are a forest, \
            that every post stands in its root's thread, and the counts. Exit 1 where a fault is found.

            EXAMPLES
              threadbank check
              threadbank check --format json
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<AnswerFormats>

    func run() throws {
        let results = try archive.openReader().check()
        let isSound = results.allSatisfy(\.faults.isEmpty)
        var out = Stdout()
        if output.format == .json {
            let checks = results.map { result -> JSON in
                .object([
                    ("subject", JSON(result.subject)), ("ok", .bool(result.faults.isEmpty && result.skipped == nil)),
                    ("faults", .array(result.faults.map { .string($0) })), ("skipped", JSON(result.skipped)),
                ])
            }
            out.json(.object([("format_version", 1), ("ok", .bool(isSound)), ("checks", .array(checks))]))
        } else {
            for result in results {
                out.line(
                    "\(result.subject): \(result.skipped.map { "not checked: \($0)" } ?? (result.faults.isEmpty ? "ok" : "FAULT"))"
                )
                for fault in result.faults { out.line("    \(fault.showingControls())") }
            }
        }
        out.flush()
        if !isSound { throw ExitStatus.nothingFound }
    }
}
