// `threadbank authors`: who wrote what there is to read.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Authors: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "authors",
        abstract: "List authors.",
        discussion: """
            EXAMPLES
              threadbank authors                         those with the most posts first
              threadbank authors --name ali --sort name  whose name or key holds "ali"
              threadbank authors --sort latest --format json
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>
    @OptionGroup var page: PageOptions

    @Option(help: ArgumentHelp("Only those whose name, display name or key holds this.", valueName: "text"))
    var name: String?

    @Option(help: ArgumentHelp("Only of this source: its kind or name.", valueName: "name"))
    var source: String?

    @Option(help: "posts (the most first), name, or latest (the newest last post first).")
    var sort: AuthorListRequest.Sort = .posts

    func run() throws {
        let reader = try archive.openReader()
        var request = AuthorListRequest()
        (request.name, request.source, request.sort) = (name, source, sort)
        (request.limit, request.offset) = (page.limit(for: output.format), page.offset)
        let found = try reader.authors(request)
        ListPrinter.authors.print(found, format: output.format, isQuiet: output.quiet)
        guard found.total == 0 else { return }
        if let unknown = try reader.unknownName(in: request) { throw ThreadbankError(.notFound, unknown) }
        if name != nil || source != nil { throw ThreadbankError(.notFound, "no author is all of that; leave out an option") }
    }
}
