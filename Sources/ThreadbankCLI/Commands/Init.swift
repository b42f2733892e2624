// `threadbank init`: a new, empty archive.

internal import ArgumentParser
internal import Threadbank

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new, empty archive.",
        discussion: """
            `import` makes one by itself, with English stemming. Make it by hand to choose otherwise: stemming finds "running"
            by "run", and is fixed for the archive's life.

            EXAMPLES
              threadbank init
              threadbank init --stemming none -a german.sqlite
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var messages: MessageOptions

    @Option(help: "How words are stemmed for search: english or none.")
    var stemming: Archive.Stemming = .english

    func run() throws {
        try Archive.create(at: archive.path, stemming: stemming)
        messages.say("made \(archive.path), stemming \(stemming.rawValue)")
    }
}
