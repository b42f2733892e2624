// `threadbank forget`: erases posts for good.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Erase posts for good.",
        discussion: """
            Erases texts, superseded texts, names, links and index entries, and says first what it would erase: nothing is done \
            without --yes. Where other posts answer an erased one, an empty place stays; posts that nobody has seen ([missing]) go \
            where only erased ones named them. Only a hash of each key is kept, so that later imports leave the erased out; \
            --restore lets them in again.

            --import N erases whole posts: those that import N added or was the last to change, with what other imports told of \
            them. A post that it only brought again stays, and so does one that a later import changed. It does not put back how \
            a post was before import N.

            EXAMPLES
              threadbank forget p12                 what would go
              threadbank forget p12 p13 --yes
              threadbank forget --author "jane" --yes
              threadbank forget --import 3 --yes    see --import; info lists them
              threadbank forget --restore           imports may bring it all again
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<AnswerFormats>

    @Argument(help: ArgumentHelp("Posts: numbers, citations, URLs or Message-IDs.", valueName: "post"))
    var posts: [String] = []

    @Option(help: "All posts of this author: a number as authors lists it (a7), or an exact name.")
    var author: String?

    @Option(help: "All posts of the threads of this forum: its exact name.")
    var forum: String?

    @Option(name: .customLong("import"), help: "The posts that this import added or changed last: its number, as info lists it.")
    var importID: Int64?

    @Flag(help: "Do it. Without this, only say what would go.")
    var yes = false

    @Flag(help: "Let later imports bring erased posts again: those of the citations given, or all.")
    var restore = false

    func validate() throws {
        let targets = [!posts.isEmpty, author != nil, forum != nil, importID != nil].filter(\.self).count
        if restore, targets > (posts.isEmpty ? 0 : 1) { throw ValidationError("--restore takes citations or nothing") }
        if !restore, targets != 1 { throw ValidationError("name posts, or one of --author, --forum and --import") }
    }

    func run() throws {
        let archive = try archive.openArchive()
        var out = Stdout()
        if restore {
            let count = try archive.allowAgain(posts.isEmpty ? nil : posts.map(citation))
            return output.format == .json
                ? out.json(.object([("format_version", 1), ("restored", JSON(count))]))
                : out.line("\(count) keys may be imported again")
        }
        let report = try archive.forget(target(in: archive.reader), dryRun: !yes)
        if output.format == .json {
            out.json(
                .object([
                    ("format_version", 1), ("done", .bool(yes)), ("posts", JSON(report.posts)), ("ghosts", JSON(report.ghosts)),
                    ("threads", JSON(report.threads)), ("authors", JSON(report.authors)),
                ]))
        } else {
            let what =
                "\(report.posts) posts (\(report.ghosts) leave an empty place), \(report.threads) threads, \(report.authors) authors"
            out.line(yes ? "erased: \(what)" : "would erase: \(what); --yes does it")
        }
    }

    private func target(in reader: ArchiveReader) throws -> ForgetTarget {
        if let importID { return .importRun(importID) }
        if let author { return .author(try reader.requireAuthor(author)) }
        if let forum { return .forum(try reader.requireForum(forum)) }
        return .posts(try posts.map { try reader.requirePost($0) })
    }

    private func citation(_ text: String) throws -> (kind: String, name: String, key: String) {
        guard let citation = Citation(text: text) else {
            throw ThreadbankError(.query, "\(text.showingControls()): no citation; they look like threadbank:KIND[/NAME]:KEY")
        }
        return (citation.kind, citation.name, citation.key)
    }
}
