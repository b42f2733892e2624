// `threadbank import`: files, folders and stdin into the archive.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore
internal import ThreadbankImporters

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take discussions from files, folders or stdin.",
        discussion: """
            The format is told by content; `threadbank formats` lists what is known. Importing the same again changes nothing, and a \
            later copy of a discussion adds what is new: posts seen deleted keep their last text, edited ones their old texts.

            Inputs may be packed with gzip, zstd, xz or bzip2; zip, 7z and tar are walked like folders.

            The report balances: read = added + changed + unchanged + rejected, in posts. "missing" counts posts that must exist \
            but were not seen.

            EXAMPLES
              threadbank import page.txt                  a page copied as text
              threadbank import dump/ more.jsonl          folders are walked
              curl -s URL | threadbank import - --from lemmy
              threadbank import page.txt --source "r/swift, 2021-03"
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<RecordFormats>

    @Argument(help: ArgumentHelp("Files, folders, another archive, or - for stdin.", valueName: "input"), completion: .file())
    var inputs: [String]

    @Option(name: .customLong("from"), help: ArgumentHelp("The format, where content does not tell it.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "A name that an input does not tell itself: the key of a text's thread; for a folder's files too, the site or list or source.",
            valueName: "name"))
    var source: String?

    @Flag(help: "Read inputs again that were finished before.")
    var again = false

    @Flag(help: "Parse and report without an archive.")
    var dryRun = false

    @Flag(help: "Hang mails that answer something, but name nothing, from what has their subject. Makes false ties too.")
    var threadBySubject = false

    @Flag(help: "Wait for another import to end.")
    var wait = false

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("name a file or folder to import, or - for stdin") }
        if let format, ImportFormats.named(format) == nil {
            let names = ImportFormats.all().map(\.name).joined(separator: ", ")
            throw ValidationError("--from \(format) is no format; there are \(names)")
        }
        if source != nil, inputs.count > 1 { throw ValidationError("--source names a single input; \(inputs.count) were given") }
    }

    func run() throws {
        let printer = ImportPrinter(format: output.format, isQuiet: output.quiet)
        let isBarWelcome = ProgressLine.isWelcome && !output.quiet && (output.format == .text || !Terminal.isTerminal)
        let bar = isBarWelcome ? ProgressLine(total: InputSizes.sum(inputs)) : nil
        var progress: (@Sendable (ImportProgress) -> Void)?
        if let bar { progress = { bar.update($0) } }
        let events = ImportEvents(
            diagnostic: { printer.diagnostic(in: $0, $1, isRejection: $2) },
            finished: { printer.finished($0) },
            progress: progress,
            shouldStop: { Interruption.isWanted })
        Interruption.listen()
        ImportRun.settleProcess()
        let target = dryRun ? nil : try archive.openOrCreateArchive(for: inputs)
        let run = try target.map { try ImportRun($0, again: again, waiting: wait, events: events) }
        let finder = InputFinder(
            format: format.flatMap { ImportFormats.named($0, into: target?.path) },
            importers: ImportFormats.all(into: target?.path), sourceName: source, unpacking: { bar?.note("unpacking \($0)") },
            shouldStop: { Interruption.isWanted })
        let work = ImportWork(run: run, finder: finder, events: events, printer: printer, bar: bar)
        do {
            for input in inputs { try work.read(input) }
            try run?.finish(threadBySubject: threadBySubject)
        } catch is ImportInterruption {
            try? run?.abandon()
            printer.total()
            say("interrupted; every finished batch is kept; run the same command again to go on")
            throw ExitCode(130)
        } catch {
            try? run?.abandon()
            printer.total()
            throw error
        }
        printer.total()
        if printer.hasFailed { throw ExitStatus.failed }
    }
}

/// Hands what was named, input by input, to the run; or parses it only.
private struct ImportWork {
    let run: ImportRun?
    let finder: InputFinder
    let events: ImportEvents
    let printer: ImportPrinter
    let bar: ProgressLine?

    func read(_ path: String) throws {
        do {
            try finder.forEachInput(at: path) { found in
                if Interruption.isWanted { throw ImportInterruption() }
                switch found.match {
                case .importer(let importer): try read(found.input, importer)
                case .refused(let reason): printer.failed(found.input.name, reason)
                case .skipped(let reason): printer.skipped(found.input.name, reason)
                }
                bar?.finished(bytes: found.input.byteCount)
            }
        } catch let error as ImportError {
            printer.failed(path, error.description)
        }
    }

    private func read(_ input: any ImportInput, _ importer: any Importer) throws {
        if let run { return try run.read(input, with: importer) }
        printer.finished(try DryRun.read(input, with: importer, events: events))
    }
}
