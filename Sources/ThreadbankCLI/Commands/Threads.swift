// `threadbank threads`: what there is to read.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Threads: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "threads",
        abstract: "List threads.",
        discussion: """
            A thread's date is that of its opening post, or of its first dated post where that is missing; undated threads match no
            date. Ghosts are not counted as posts. Names are compared whole, without regard to the case of A–Z. An author in brackets
            is the first that is known, where the opening post's is not.

            EXAMPLES
              threadbank threads                                   the newest first
              threadbank threads --sort posts --limit 10           the longest
              threadbank threads --forum asklemmy --after 2023-06  begun then or later
              threadbank threads --author alice --format csv       alice took part in them
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>
    @OptionGroup var page: PageOptions

    @Option(
        help: ArgumentHelp("Only of this forum: its name or key.", valueName: "name"), completion: .custom(Completions.forums))
    var forum: String?

    @Option(
        help: ArgumentHelp("Only of this source: its kind or name.", valueName: "name"),
        completion: .custom(Completions.sources))
    var source: String?

    @Option(
        help: ArgumentHelp("Only those in which this author posted.", valueName: "name"),
        completion: .custom(Completions.authors))
    var author: String?

    @Option(help: ArgumentHelp("Begun at the start of this date or later: 2023, 2023-01, 2023-01-31.", valueName: "date"))
    var after: DateArgument?

    @Option(help: ArgumentHelp("Begun before the start of this date.", valueName: "date"))
    var before: DateArgument?

    @Option(help: "newest, oldest, posts (the most first), or latest (the newest last post first).")
    var sort: ThreadListRequest.Sort = .newest

    func run() throws {
        let reader = try archive.openReader()
        var request = ThreadListRequest()
        (request.forum, request.source, request.author) = (forum, source, author)
        (request.after, request.before, request.sort) = (after?.start, before?.start, sort)
        (request.limit, request.offset) = (page.limit(for: output.format), page.offset)
        let found = try reader.threads(request)
        ListPrinter.threads.print(found, format: output.format, isQuiet: output.quiet)
        guard found.total == 0 else { return }
        if let unknown = try reader.unknownName(in: request) { throw ThreadbankError(.notFound, unknown) }
        if forum != nil || source != nil || author != nil || after != nil || before != nil {
            throw ThreadbankError(.notFound, "no thread is all of that; leave out an option")
        }
    }
}
