// `threadbank export`: posts out of the archive, in the interchange format.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write posts as lines of JSON, for other tools and other archives.",
        discussion: """
            One post a line, with everything that is known of it: how its parent is known, superseded texts, links. Importing the \
            lines into an empty archive gives the same archive. The last line tells that the file is whole.

            EXAMPLES
              threadbank export > everything.jsonl
              threadbank export --thread 3 > thread.jsonl
            """)

    @OptionGroup var archive: ArchiveOptions

    @Option(help: "The form: jsonl.")
    var format: OutputFormat = .jsonl

    @Option(help: "Only this thread: its number, or any post of it.")
    var thread: String?

    func validate() throws {
        guard format == .jsonl else {
            throw ValidationError("--format \(format.rawValue) cannot be exported yet; there is jsonl")
        }
    }

    func run() throws {
        let reader = try archive.openReader()
        let only = try thread.map { try reader.requireThread($0) }
        var out = Stdout()
        out.json(InterchangeLine.first)
        let count = try reader.exportPosts(of: only) { post in
            if out.isClosed { throw CancellationError() }
            out.json(InterchangeLine.post(post))
        }
        out.json(InterchangeLine.last(count))
        out.flush()
    }
}
