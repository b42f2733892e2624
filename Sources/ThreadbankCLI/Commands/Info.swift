// `threadbank info`: what kind of file an archive is.

internal import ArgumentParser
internal import Threadbank

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Say what the archive is: file, schema, sources, last imports.",
        discussion: """
            EXAMPLES
              threadbank info
              threadbank info --format json | jq -r .path
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<AnswerFormats>

    func run() throws {
        let info = try archive.openReader().info()
        OverviewPrinter(format: output.format).print(info)
    }
}
