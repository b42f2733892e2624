// `threadbank migrate`: brings an older archive up to date.

internal import ArgumentParser
internal import Threadbank

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring an older archive to this version's schema.",
        discussion: """
            Writing verbs do it by themselves; reading ones never change an archive. Older versions of threadbank cannot open it after. \
            Views, indexes and packed columns that are missing are put back.

            EXAMPLES
              threadbank backup before.sqlite && threadbank migrate
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    func run() throws {
        for made in try archive.openArchive().restoreSchema() { messages.say("\(archive.path): made the \(made) again") }
        messages.say("\(archive.path): the schema is up to date")
    }
}
