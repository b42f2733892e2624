// `threadbank migrate`: brings an older archive up to date.

internal import ArgumentParser
internal import Threadbank

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring an older archive to this version's schema.",
        discussion: """
            Writing verbs do it by themselves; reading ones never change an archive. Older versions of threadbank cannot open it after. \
            Views, indexes and packed columns that are missing are put back. A table that is missing is not, for what it held is lost; \
            where no backup has it, --empty makes those again that only add to posts (attachments, tags, links, old texts, notes).

            EXAMPLES
              threadbank backup before.sqlite && threadbank migrate
              threadbank migrate --empty
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    @Flag(help: "Make missing tables again too, without what they held.")
    var empty = false

    func run() throws {
        for made in try archive.openArchive().restoreSchema(emptyTables: empty) {
            messages.say("\(archive.path): made again: \(made)")
        }
        messages.say("\(archive.path): the schema is up to date")
    }
}
