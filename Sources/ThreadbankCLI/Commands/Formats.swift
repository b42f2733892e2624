// `threadbank formats`: what can be imported, and how it is recognised.

internal import ArgumentParser
internal import ThreadbankCore
internal import ThreadbankImporters

struct Formats: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats that can be imported.",
        discussion: """
            An input is given to the first format that recognises it; `import --from FORMAT` chooses one by hand.

            EXAMPLES
              threadbank formats
              threadbank formats --format json
            """)

    @OptionGroup var output: OutputOptions<RecordFormats>

    func run() {
        var out = Stdout()
        let list = ImportFormats.all().map { importer -> JSON in
            .object([
                ("name", JSON(importer.name)), ("version", JSON(importer.version)), ("summary", JSON(importer.summary)),
                ("recognises", JSON(importer.recognises)), ("needs", JSON(importer.needs)),
            ])
        }
        switch output.format {
        case .json: out.json(.object([("format_version", 1), ("formats", .array(list))]))
        case .jsonl: for format in list { out.json(format) }
        default:
            for importer in ImportFormats.all() {
                out.line("\(importer.name)\n    \(importer.summary)\n    recognised by: \(importer.recognises)")
                if let package = importer.needs { out.line("    needs: \(package)") }
            }
            out.line(
                "\nAny of them may come packed: gzip, zstd, xz, bzip2, told by content; zip, 7z and tar (need libarchive13) are walked."
            )
        }
    }
}
