// `threadbank optimize`: tidies the archive's file.

internal import ArgumentParser
internal import Threadbank

struct Optimize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Make the archive smaller and faster to search.",
        discussion: """
            Merges the search index, renews SQLite's statistics and gives unused space back. Needs free space of the archive's size.

            EXAMPLES
              threadbank optimize
            """)

    @OptionGroup var archive: ArchiveOptions

    func run() throws { try archive.openArchive().optimize() }
}
