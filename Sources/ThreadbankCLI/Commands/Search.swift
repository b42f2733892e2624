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
              own:bread           in what its author wrote; quoted:bread in what
                                  it quotes
              in:baking  source:mail  tag:howto  thread:12
              thread:{bread}      posts of threads that hold a post with bread
              after:2023-06  before:2024  date:2023-01..2023-06
              score:>10  score:5..20
              is:deleted          also removed, edited, missing, present,
                                  root, reply, inferred
              has:link  has:attachment

            Case and accents do not matter. Fields alone list posts, newest first.
            Deleted posts are found; -is:deleted hides them. Chinese, Japanese, Korean
            and Thai are found by any part of a word.

            EXAMPLES
              threadbank search '"self reliance"'
              threadbank search bread -knife after:2023
              threadbank search 'author:ann (bread OR cake)' --sort newest
              threadbank search is:deleted --count
              threadbank search bread --context 2
              threadbank search bread --threads --limit 3
              threadbank search --any how do I clean a bread knife
              threadbank search bread --facets --limit 0
              threadbank search --save bakers 'bread -knife in:baking'
              threadbank search @bakers after:2023
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>

    @Argument(
        help: ArgumentHelp("What to look for; several words are joined by a space.", valueName: "query"),
        completion: .custom(Completions.query))
    var query: [String] = []

    @Option(help: "The order of the hits: relevance (the default), newest, oldest or score.")
    var sort: SearchRequest.Sort?

    @Option(help: "How many hits to show at most.")
    var limit = 20

    @Option(help: "How many hits to leave out before them.")
    var offset = 0

    @Flag(help: "Print the number of hits alone.")
    var count = false

    @Flag(help: "Any of the words will do, as for a question; the rarer count for more.")
    var any = false

    @Flag(help: "Count the hits by author, forum, source, month and state too; in csv, the counts alone.")
    var facets = false

    @Flag(help: "Show how the query is answered, by which SQL and which plan, and do not search.")
    var explain = false

    @Option(help: ArgumentHelp("Keep the query under a name; `search @NAME` asks it again.", valueName: "name"))
    var save: String?

    @Flag(help: "List the searches that were kept.")
    var saved = false

    @Option(help: ArgumentHelp("Remove a search that was kept.", valueName: "name"), completion: .custom(Completions.searches))
    var unsave: String?

    @Flag(help: "Give the query to FTS5 as it is, in FTS5's own syntax.")
    var raw = false

    @Option(help: ArgumentHelp("Show n posts above each hit, and n replies to it.", valueName: "n"))
    var context: Int?

    @Flag(help: "Group the hits by thread, best first; --limit counts threads.")
    var threads = false

    func validate() throws {
        if let save, !SavedSearch.isName(save.droppingAt) {
            throw ValidationError("--save \(save): a search's name is letters, digits, `-`, `_` and `.`")
        }
        if save != nil, raw { throw ValidationError("--save keeps searches in threadbank's own language; leave out --raw") }
        if let context, context < 0 { throw ValidationError("--context \(context): give a number from 0 on") }
        if save != nil, query.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("--save keeps a query, and none was given")
        }
        if limit < 0 || offset < 0 { throw ValidationError("--limit and --offset are numbers from 0 on") }
    }

    func run() throws {
        let text = query.joined(separator: " ")
        if let save { return try keep(text, as: save) }
        if let unsave { return try archive.openArchive().removeSearch(unsave.droppingAt) }
        let reader = try archive.openReader()
        if saved {
            return ListPrinter.savedSearches.print(try reader.savedSearches().page, format: output.format, isQuiet: output.quiet)
        }
        let request = try request(text, reader)
        if !output.quiet { sayDeadStars(request.query) }
        if explain { return ExplanationPrinter(explanation: try reader.explain(request), format: output.format).print() }
        if threads, !count { return try HitThreadsPrinter.print(request, output, reader) }
        if text.hasPrefix("@"), !raw, !output.quiet, try reader.expanding(text) == nil {
            say(
                "no search is kept under \(text.prefix { !$0.isWhitespace }), so the words are looked for; --saved lists what is kept"
            )
        }
        let results = try reader.search(request)
        let unknown = results.total == 0 && !count ? try reader.unknownNames(in: request.query) : []
        let around = try context.map { try reader.surroundings(of: results.hits.map(\.id), count: $0) } ?? [:]
        // CSV is one table.
        let facetsAlone = output.format == .csv && results.facets != nil
        if !facetsAlone {
            SearchPrinter(results: results, format: output.format, isCount: count, context: around, unknown: unknown).print()
        }
        if let facets = results.facets {
            FacetPrinter(facets: facets, format: output.format, isBelow: count || !results.hits.isEmpty).print()
        }
        if facetsAlone, !results.hits.isEmpty, !output.quiet {
            say("the hits are left out, for CSV is one table; --format json holds both")
        }
        if output.format == .text, !count, !output.quiet { sayWhatIsNotShown(results, unknown) }
        if results.total == 0 { throw ExitStatus.nothingFound }
    }

    /// The query that was typed, or the one that was kept under a name, with what narrows it.
    private func request(_ text: String, _ reader: ArchiveReader) throws -> SearchRequest {
        let kept = raw ? nil : try reader.expanding(text)
        var parsed: SearchQuery = raw ? .raw(text) : try .parse(kept?.text ?? text)
        if any { parsed = parsed.withAnyWord }
        var request = SearchRequest(
            parsed, text: text, sort: sort ?? kept?.search.sort ?? .relevance, limit: limit, offset: offset, countOnly: count)
        request.withFacets = facets
        return request
    }

    private func keep(_ text: String, as name: String) throws {
        let archive = try archive.openArchive()
        // A kept search in it is taken as it is now, so that no two can wait for each other.
        var text = try archive.reader.expanding(text)?.text ?? text
        if any { text = try SearchQuery.parse(text).withAnyWord.description }
        let search = SavedSearch(name: name.droppingAt, query: text, sort: sort ?? .relevance)
        let before = try archive.save(search)
        if output.quiet { return }
        if let before, before != search {
            let sort = before.sort == .relevance ? "" : " --sort \(before.sort.rawValue)"
            say("kept in the place of: \(before.query.shortLine)\(sort)")
        } else {
            say("kept; threadbank search @\(search.name) asks it again")
        }
    }

    private func sayDeadStars(_ query: SearchQuery) {
        let stars = query.deadStars
        if stars.isEmpty { return }
        say(
            "\(stars.joined(separator: ", ")): a star goes on only behind the last word of a phrase; here the word stands for itself"
        )
    }

    private func wantsSeveralWords(_ query: String) -> Bool {
        ((try? SearchQuery.parse(query))?.positiveTexts.count ?? 0) > 1
    }

    private func sayWhatIsNotShown(_ results: SearchResults, _ unknown: [UnknownName]) {
        let shown = min(results.total, offset) + results.hits.count
        if results.total == 0 {
            if results.asksNothing {
                return say("\(results.query.shortLine): no letter or digit to look for; threadbank search '' lists all posts")
            }
            say("nothing found for \(results.query.shortLine)")
            for name in unknown { say(name.hint) }
            if let suggestion = results.suggestion { say("did you mean: \(suggestion)") }
            if results.suggestion == nil, unknown.isEmpty, !any, wantsSeveralWords(results.query) {
                say("--any finds posts with any of the words")
            }
        } else if limit == 0 {
            // Nothing was wanted but the counts.
            if !facets { say("\(results.total) found") }
        } else if results.hits.isEmpty {
            say("\(results.total) found, fewer than --offset \(offset) leaves out")
        } else if shown < results.total {
            say("\(results.hits.count) of \(results.total); --offset \(shown) shows more")
        }
    }
}

extension UnknownName {
    /// What is said where nothing has the name.
    var hint: String {
        let name = text.showingControls()
        let all = nearest.map { "\"\($0.oneLine.showingControls())\"" }.joined(separator: ", ")
        let near =
            nearest.isEmpty
            ? "; `\(kind.list)` lists what is there" : ". Near it: \(all)"
        let stars =
            kind == .author && !nearest.isEmpty && !text.contains("*")
            ? "; author:\(name.contains(" ") ? "\"\(name)*\"" : name + "*") asks for all that begin so" : ""
        return "no \(kind.rawValue) has the name \(name)\(near)\(stars)"
    }
}

extension NameKind {
    /// The command that lists what has names of the kind.
    fileprivate var list: String {
        switch self {
        case .author: "threadbank authors"
        case .forum: "threadbank stats"
        case .source: "threadbank info"
        case .tag: "threadbank sql 'select tag, count(*) from tags group by 1'"
        }
    }
}

extension String {
    /// People write `@name` where they mean the name.
    fileprivate var droppingAt: String { hasPrefix("@") ? String(dropFirst()) : self }
}

extension [SavedSearch] {
    fileprivate var page: ListPage<SavedSearch> { ListPage(total: count, items: self) }
}

extension ListPrinter where Item == SavedSearch {
    fileprivate static var savedSearches: Self {
        Self(
            name: "searches",
            columns: [.init(title: "name"), .init(title: "query"), .init(title: "sort")],
            row: { ["@" + $0.name, $0.query, $0.sort.rawValue] },
            members: { [("name", .string($0.name)), ("query", .string($0.query)), ("sort", .string($0.sort.rawValue))] })
    }
}
