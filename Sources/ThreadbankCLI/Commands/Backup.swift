// `threadbank backup`: a copy of the archive while it is in use.

internal import ArgumentParser
internal import Threadbank

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the archive, while it is in use.",
        discussion: """
            The copy is the archive as it is at one moment: a single file that opens on read-only media too.

            EXAMPLES
              threadbank backup archive-2026-11.sqlite
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    @Argument(help: "The file to make; it must not be there yet.", completion: .file())
    var file: String

    func run() throws {
        try archive.openReader().backup(to: file)
        messages.say("made \(file)")
    }
}
