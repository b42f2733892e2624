// `threadbank stats`: what an archive holds, in numbers.

internal import ArgumentParser
internal import Threadbank

struct Stats: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count what the archive holds.",
        discussion: """
            Replies are counted by how their parent is known: stated by the origin, a mail header or by hand, or inferred. Missing posts
            are ghosts: something shows that they must exist, and no input held them. Bars show the posts of each month, or year where
            months are many, and the busiest authors and forums.

            EXAMPLES
              threadbank stats
              threadbank stats --format json | jq .replies.by_basis
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<AnswerFormats>

    func run() throws {
        let reader = try archive.openReader()
        OverviewPrinter(format: output.format).print(try reader.statistics(), try reader.activity())
    }
}
