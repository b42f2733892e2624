// `threadbank show`: one post with everything that is known about it.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Show: PagedCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a post whole: what it answers, what answers it, where it came from.",
        discussion: """
            A post may be named by its number, by a citation (threadbank:KIND[/NAME]:KEY, which show prints and which holds in every
            archive), by its URL, by a Message-ID, or by another name that its origin gives it.

            EXAMPLES
              threadbank show 12
              threadbank show p12 p15 --format json
              threadbank show https://lemmy.ml/comment/345
              threadbank show '<20230801.12@example.org>'
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<RecordFormats>

    @Argument(help: "The posts: 12, p12, a citation, a URL, a Message-ID or an alias.")
    var posts: [String]

    func run() throws {
        let reader = try archive.openReader()
        var found: [PostDetails] = []
        var unknown: [String] = []
        for name in posts {
            if let id = try reader.resolve(name), let details = try reader.postDetails(id) {
                found.append(details)
            } else {
                unknown.append(name)
            }
        }
        print(found)
        if !unknown.isEmpty { throw try missing(unknown, reader) }
    }

    private func missing(_ names: [String], _ reader: ArchiveReader) throws -> ThreadbankError {
        let hints = try names.map { try reader.threadHint($0) }
        let others = zip(names, hints).filter { $1 == nil }.map(\.0).joined(separator: ", ")
        let line = others.isEmpty ? [] : ["\(others): no such post; `threadbank search` finds some"]
        return ThreadbankError(.notFound, (line + hints.compactMap(\.self)).joined(separator: "; "))
    }

    private func print(_ found: [PostDetails]) {
        var out = Stdout()
        switch output.format {
        case .json: out.json(.object([("format_version", 1), ("posts", .array(found.map(DetailsJSON.post)))]))
        case .jsonl: for details in found { out.json(DetailsJSON.post(details)) }
        default:
            let printer = DetailsPrinter(style: .stdout, width: Terminal.width)
            out.write(found.map(printer.text).joined(separator: "\n" + String(repeating: "─", count: 20) + "\n\n"))
        }
    }
}
