// `threadbank link` and `unlink`: parents set by hand.

internal import ArgumentParser
internal import Threadbank

struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Say by hand which post another answers.",
        discussion: """
            A parent set by hand beats what the origin or an inference says, and survives every import. `unlink --restore` takes it \
            back. A link that would close a cycle is refused.

            EXAMPLES
              threadbank link p12 p7
              threadbank link p12 threadbank:mail:abc@example.org
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    @Argument(help: "The post that answers: its number, citation, URL or Message-ID.")
    var child: String

    @Argument(help: "The post that is answered.")
    var parent: String

    func run() throws {
        let archive = try archive.openArchive()
        let (child, parent) = try (archive.reader.requirePost(child), archive.reader.requirePost(parent))
        try archive.link(child, to: parent)
        messages.say("\(child) answers \(parent), by hand")
    }
}
