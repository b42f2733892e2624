// `threadbank tag`: one's own tags on posts and threads.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Tag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Hang tags of yours on posts and threads.",
        discussion: """
            Your tags are found by `search tag:NAME`, as the origin's are, and told apart
            from those: show and export name them by themselves. They stay through imports,
            and go with `export` and `import` to another archive. Without arguments all of
            them are listed.

            EXAMPLES
              threadbank tag p12 toread          a post; so may a bare number
              threadbank tag t3 howto garden     the whole thread
              threadbank tag p12 toread --remove
              threadbank tag                     what is tagged
              threadbank search 'tag:toread'
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>

    @Argument(help: "A post (12, p12, its URL, a citation) or a thread (t3).")
    var target: String?

    @Argument(help: "The tags.", completion: .custom(Completions.tags))
    var tags: [String] = []

    @Flag(help: "Take the tags away; without any, all of the target's.")
    var remove = false

    func validate() throws {
        if target != nil, tags.isEmpty, !remove { throw ValidationError("name a tag, or --remove to take all away") }
    }

    func run() throws {
        try MarkWork(kind: .tag, archive: archive, output: output).run(target, tags, remove: remove)
    }
}

/// What `tag` and `note` do alike.
struct MarkWork {
    let kind: Mark.Kind
    let archive: ArchiveOptions
    let output: OutputOptions<ListFormats>

    func run(_ name: String?, _ texts: [String], remove: Bool) throws {
        guard let name else { return try list() }
        let archive = try archive.openArchive()
        let target: MarkTarget =
            name.hasPrefix("t") && DiscussionThread.ID(text: name) != nil
            ? .thread(try archive.reader.requireThread(name)) : .post(try archive.reader.requirePost(name))
        let count = try remove ? archive.unmark(target, kind, texts.isEmpty ? nil : texts) : archive.mark(target, kind, texts)
        if remove, count == 0 { throw ThreadbankError(.notFound, "\(name): there is no such \(kind.rawValue)") }
        if !output.quiet { say("\(target.place): \(count.counted(kind.rawValue)) \(remove ? "taken away" : "added")") }
    }

    private func list() throws {
        let marks = try archive.openReader().marks(kind)
        let style = Style.stdout
        ListPrinter<PlacedMark>(
            name: "\(kind.rawValue)s",
            columns: [.init(title: "on"), .init(title: "since"), .init(title: kind.rawValue)],
            row: { [$0.place, PostLine(style: style).date($0.mark.madeAt), $0.mark.text] },
            members: { placed in
                [
                    ("text", .string(placed.mark.text)), ("scope", .string(placed.mark.scope.rawValue)),
                    ("post_id", .integer(placed.post.rawValue)), ("thread_id", .integer(placed.thread.rawValue)),
                    ("made", JSON(Timestamp.text(placed.mark.madeAt))),
                ]
            }
        ).print(ListPage(total: marks.count, items: marks), format: output.format, isQuiet: output.quiet)
    }
}

extension MarkTarget {
    /// The post or thread that was meant: people may have written a bare number for it.
    fileprivate var place: String {
        switch self {
        case .post(let id): id.description
        case .thread(let id): id.description
        }
    }
}

extension PlacedMark {
    fileprivate var place: String { mark.scope == .thread ? thread.description : post.description }
}
