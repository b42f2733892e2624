// `threadbank similar`: posts like one that is there.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Similar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Find posts of other threads that are like a post.",
        discussion: """
            Posts are alike that share its rarest words; what it quotes is not looked at.

            EXAMPLES
              threadbank similar p12
              threadbank similar p12 --limit 5 --format json
              threadbank similar p12 --same-thread
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>

    @Argument(help: ArgumentHelp("The post: its number, citation, URL or Message-ID.", valueName: "post"))
    var post: String

    @Option(help: "How many posts to show at most.")
    var limit = 20

    @Flag(help: "Search the post's own thread too.")
    var sameThread = false

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit is a number from 0 on") }
    }

    func run() throws {
        let reader = try archive.openReader()
        let results = try reader.similar(to: reader.requirePost(post), limit: limit, withThread: sameThread)
        SearchPrinter(results: results, format: output.format, isCount: false).print()
        if results.total == 0 {
            if output.format == .text, !output.quiet {
                say(results.asksNothing ? "\(results.query) has no words to compare by" : "nothing is like \(results.query)")
            }
            throw ExitStatus.nothingFound
        }
    }
}
