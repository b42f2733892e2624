// `threadbank search`: ranked full-text search.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Search: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find posts by words, phrases and fields, the best first.",
        discussion: """
            WORDS
              bread knife         both words, in a post's title or body
              "bread knife"       these words in this order
              bread OR cake       either; parentheses group
              bread -knife        without it; also -"a phrase", -author:bob
              brea*               words that begin so
              bread NEAR/5 knife  at most five words between them
            FIELDS
              author:ann by:jos*  the author; * is any ending
              title:bread         in the post's own title
              in:baking  source:mail  tag:howto  thread:12
              after:2023-06  before:2024  date:2023-01..2023-06
              score:>10  score:5..20
              is:deleted          also removed, edited, missing, present,
                                  root, reply, inferred
              has:link  has:attachment

            Case and accents do not matter. Fields alone list posts, newest first.
            Deleted posts are found; -is:deleted hides them.

            EXAMPLES
              threadbank search '"self reliance"'
              threadbank search bread -knife after:2023
              threadbank search 'author:ann (bread OR cake)' --sort newest
              threadbank search is:deleted --count
              threadbank search bread --context 2
              threadbank search bread --threads --limit 3
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp("What to look for; several words are joined by a space.", valueName: "query"),
        completion: .custom(Completions.query))
    var query: [String] = []

    @Option(help: "The order of the hits: relevance, newest, oldest or score.")
    var sort: SearchRequest.Sort = .relevance

    @Option(help: "How many hits to show at most.")
    var limit = 20

    @Option(help: "How many hits to leave out before them.")
    var offset = 0

    @Flag(help: "Print the number of hits alone.")
    var count = false

    @Flag(help: "Give the query to FTS5 as it is, in FTS5's own syntax.")
    var raw = false

    @Option(help: ArgumentHelp("Show n posts above each hit, and n replies to it.", valueName: "n"))
    var context: Int?

    @Flag(help: "Group the hits by thread, best first; --limit counts threads.")
    var threads = false

    func validate() throws {
        if let context, context < 0 { throw ValidationError("--context \(context): give a number from 0 on") }
        if limit < 0 || offset < 0 { throw ValidationError("--limit and --offset are numbers from 0 on") }
    }

    func run() throws {
        try output.require(.text, .json, .jsonl, .csv)
        let text = query.joined(separator: " ")
        let request = SearchRequest(
            raw ? .raw(text) : try .parse(text), text: text, sort: sort, limit: limit, offset: offset, countOnly: count)
        let reader = try archive.openReader()
        if threads, !count { return try HitThreadsPrinter.print(request, output, reader) }
        let results = try reader.search(request)
        let around = try context.map { try reader.surroundings(of: results.hits.map(\.id), count: $0) } ?? [:]
        SearchPrinter(results: results, format: output.format, isCount: count, context: around).print()
        if output.format == .text, !count, !output.quiet { sayWhatIsNotShown(results) }
        if results.total == 0 { throw ExitStatus.nothingFound }
    }

    private func sayWhatIsNotShown(_ results: SearchResults) {
        let shown = min(results.total, offset) + results.hits.count
        if results.total == 0 {
            say("nothing found for \(results.query)")
        } else if results.hits.isEmpty {
            say("\(results.total) found, none of them shown: --offset \(offset) --limit \(limit)")
        } else if shown < results.total {
            say("\(results.hits.count) of \(results.total); --offset \(shown) shows more")
        }
    }
}
