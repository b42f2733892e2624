// `threadbank thread`: a discussion as a tree.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

/// Not called `Thread`, which is Foundation's.
struct ThreadCommand: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "thread",
        abstract: "Read a discussion as a tree.",
        discussion: """
            Every post shows its author, date, state, score and number. A parent that was inferred is marked with its confidence and
            what it was inferred from: "~0.72 (a mention)". Ghosts, posts that must exist and were never seen, are "[missing]".

            In json, "posts" of the thread is a count without ghosts; the list of posts holds them. Each post has "depth", and
            "replies" with the numbers of the replies that are listed. A thread that became part of another answers under that one.

            With --min-confidence, a post whose parent was inferred with less hangs from the opening post (in a chat log: from the
            message that opens its conversation), in every format: in json its "parent_id" is that post's, "basis" and "confidence"
            are null. Parents that are stated, or set by hand, stay.

            EXAMPLES
              threadbank thread 1                         the whole tree
              threadbank thread 1 --focus p12             one post, and what it hangs in
              threadbank thread 1 --depth 1               no replies to replies
              threadbank thread 1 --sort score            the best replies first
              threadbank thread https://lemmy.ml/post/12  by the URL of any of its posts
              threadbank thread 1 --match 'bread -knife'  every post in a line, hits marked
              threadbank thread 1 --since 2024 --collapse 3
              threadbank thread 1 --min-confidence 0.7    parents that are rather sure
              threadbank thread 1 --format html > thread.html    a page by itself
              threadbank thread 1 --format mbox > thread.mbox    mails
              threadbank thread 1 --format jsonl | jq 'select(.depth == 1) | .author'
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ThreadFormats>

    @Argument(help: "A thread (3, t3, its URL), or any post of it (p12, a citation, a URL, a Message-ID).")
    var id: String

    @Option(help: ArgumentHelp("Show this post, what it answers, and all its replies.", valueName: "post"))
    var focus: String?

    @Option(help: "Show replies down to this depth: 0 is the opening post alone. With --focus, counted from that post.")
    var depth: Int?

    @Option(help: "How replies to the same post stand: oldest, newest, score, or best (score and replies).")
    var sort: SiblingOrder = .oldest

    @Option(help: ArgumentHelp("Show at most n replies to each post, and count the others.", valueName: "n"))
    var collapse: Int?

    @Option(
        help: ArgumentHelp(
            "Hang posts whose parent was inferred with less confidence from the opening post: 0 to 1.", valueName: "n"))
    var minConfidence: Double?

    @Option(help: ArgumentHelp("Show the posts since then, and what they answer: 2024, 2024-06, 2024-06-30.", valueName: "date"))
    var since: DateArgument?

    @Option(help: ArgumentHelp("Show what a search finds in this thread: in text a line a post.", valueName: "query"))
    var match: String?

    func validate() throws {
        if let collapse, collapse < 0 { throw ValidationError("--collapse \(collapse): give a number from 0 on") }
        if let minConfidence, !(0...1).contains(minConfidence) {
            throw ValidationError("--min-confidence \(minConfidence): a confidence is from 0 to 1")
        }
        if let depth, depth < 0 { throw ValidationError("--depth \(depth): a depth is 0 or more") }
    }

    func run() throws {
        let reader = try archive.openReader()
        var printer = ThreadPrinter(format: output.format, order: sort)
        let contents: ThreadContents
        do {
            if isWhole, output.format == .json || output.format == .jsonl { return try printWhole(of: reader) }
            contents = try chosen(in: reader, &printer)
        } catch let error as ThreadbankError where error.code == .notFound {
            printer.print(nil)
            throw error
        }
        if let match { return try printMatches(of: match, in: contents, reader, printer) }
        // Nothing was found, and JSON is whole then too.
        if !contents.posts.isEmpty || output.format == .json { printer.print(contents) }
        if contents.posts.isEmpty {
            throw ThreadbankError(
                .notFound, "nothing in \(contents.thread.id) is of that time or later; leave out --since for all of it")
        }
    }

    /// The posts that were asked for.
    private func chosen(in reader: ArchiveReader, _ printer: inout ThreadPrinter) throws -> ThreadContents {
        var contents = try thread(in: reader)
        if let minConfidence { contents = contents.hangingWeaker(than: minConfidence, order: sort) }
        if let focus { (contents, printer.marked) = try self.focus(on: focus, of: contents, in: reader) }
        if let depth {
            contents = contents.limited(
                toDepth: min(depth, 1 << 40) + (printer.marked.isEmpty ? 0 : depthOfFocus(contents, printer)))
        }
        if let since { contents = contents.holding { ($0.createdAt ?? .min) >= since.start } }
        if let collapse { contents = contents.collapsed(to: collapse) }
        return contents
    }

    private func thread(in reader: ArchiveReader) throws -> ThreadContents {
        try found(in: reader, { try reader.thread($0, order: sort) }, \.thread)
    }

    /// Finds the thread that was named, reads it, and says where it is another one.
    private func found<Contents>(
        in reader: ArchiveReader, _ read: (DiscussionThread.ID) throws -> Contents?, _ thread: (Contents) -> DiscussionThread
    ) throws -> Contents {
        guard let found = try reader.resolveThread(id), let contents = try read(found) else {
            throw ThreadbankError(.notFound, "\(id): no such thread; `threadbank threads` lists them")
        }
        let current = thread(contents).id
        if current != found, !output.quiet { say("threadbank: \(found) is now part of \(current)") }
        return contents
    }

    /// Whether nothing of the thread is left out, changed or looked for.
    private var isWhole: Bool {
        focus == nil && depth == nil && collapse == nil && minConfidence == nil && since == nil && match == nil
    }

    /// The whole thread as JSON: of its posts only what is written is kept.
    private func printWhole(of reader: ArchiveReader) throws {
        var pieces = ThreadJSONPieces()
        let outline = try found(in: reader, { try reader.thread($0, order: sort) { pieces.add($0) } }, \.thread)
        var out = Stdout()
        if output.format == .json {
            pieces.write(outline) { out.write($0) }
        } else {
            pieces.writeLines(outline) { out.write($0) }
        }
    }

    private func printMatches(
        of text: String, in contents: ThreadContents, _ reader: ArchiveReader, _ printer: ThreadPrinter
    ) throws {
        let shown = Set(contents.posts.map(\.id))
        let hits = try reader.hits(of: .parse(text), in: contents.thread.id).filter { shown.contains($0.key) }
        if output.format == .text {
            var out = Stdout()
            HitTreePrinter(style: .stdout, width: Terminal.width).write(HitThread(contents: contents, hits: hits)) {
                out.write($0)
            }
            out.flush()
        } else if output.format == .json {
            var out = Stdout()
            out.json(HitThreadsPrinter.whole(HitThread(contents: contents, hits: hits)))
        } else {
            var printer = printer
            printer.marked.formUnion(hits.keys)
            printer.print(contents)
        }
        if hits.isEmpty {
            throw ThreadbankError(.notFound, "nothing found in \(contents.thread.id) for \(text)")
        }
    }

    private func focus(on text: String, of contents: ThreadContents, in reader: ArchiveReader) throws -> (
        ThreadContents, Set<Post.ID>
    ) {
        guard let post = try reader.resolve(text), let focused = contents.focused(on: post) else {
            let hint = try reader.threadHint(text)
            throw ThreadbankError(.notFound, hint ?? "\(text): no such post in \(contents.thread.id)")
        }
        return (focused, [post])
    }

    private func depthOfFocus(_ contents: ThreadContents, _ printer: ThreadPrinter) -> Int {
        contents.tree.nodes.first { printer.marked.contains($0.id) }?.depth ?? 0
    }
}
