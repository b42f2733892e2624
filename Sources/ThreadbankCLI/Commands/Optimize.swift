// `threadbank optimize`: tidies the archive's file.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

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
    @OptionGroup var messages: MessageOptions

    func run() throws {
        let archive = try archive.openArchive()
        let before = try archive.reader.info().fileSize
        try archive.optimize()
        let after = try archive.reader.info().fileSize
        messages.say("\(self.archive.path): \(byteCount(before)) before, \(byteCount(after)) now")
    }
}
