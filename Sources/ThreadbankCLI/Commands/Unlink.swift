// `threadbank unlink`: a post that answers nothing, or what was set by hand taken back.

internal import ArgumentParser
internal import Threadbank

struct Unlink: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink",
        abstract: "Say by hand that a post answers nothing, or take back what was set by hand.",
        discussion: """
            EXAMPLES
              threadbank unlink p12              p12 answers nothing
              threadbank unlink p12 --restore    p12 hangs again as its origin says
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    @Argument(help: "The post: its number, citation, URL or Message-ID.")
    var child: String

    @Flag(help: "Take back what was set by hand.")
    var restore = false

    func run() throws {
        let archive = try archive.openArchive()
        let child = try archive.reader.requirePost(child)
        if restore {
            try archive.restoreLink(child)
            messages.say("\(child) hangs as its origin says")
        } else {
            try archive.unlink(child)
            messages.say("\(child) answers nothing, by hand")
        }
    }
}
