// How a verb answers: the format of stdout, and how much is said on stderr.

internal import ArgumentParser

/// The forms in which a verb can answer. Each verb says which of them it knows, by a ``FormatSet``.
public enum OutputFormat: String, CaseIterable, Sendable {
    case text, json, jsonl, csv, flat, markdown, html, mbox, sqlite
}

/// The formats that a verb knows; the first is what it answers in unless told otherwise.
protocol FormatSet: Sendable {
    static var formats: [OutputFormat] { get }
}

/// Lists: rows and records.
enum ListFormats: FormatSet { static let formats: [OutputFormat] = [.text, .json, .jsonl, .csv] }
/// Answers that are one thing.
enum AnswerFormats: FormatSet { static let formats: [OutputFormat] = [.text, .json] }
/// Things one after the other that are no rows.
enum RecordFormats: FormatSet { static let formats: [OutputFormat] = [.text, .json, .jsonl] }
enum ThreadFormats: FormatSet { static let formats: [OutputFormat] = [.text, .flat, .json, .jsonl, .markdown, .html, .mbox] }
enum ExportFormats: FormatSet { static let formats: [OutputFormat] = [.jsonl, .json, .csv, .mbox, .markdown, .html, .sqlite] }

/// A format as it is typed: only those of the set are taken, named in help texts and completed by shells.
struct ChosenFormat<Known: FormatSet>: ExpressibleByArgument, Sendable {
    let format: OutputFormat

    init(_ format: OutputFormat) { self.format = format }

    init?(argument: String) {
        guard let format = OutputFormat(rawValue: argument), Known.formats.contains(format) else { return nil }
        self.format = format
    }

    var defaultValueDescription: String { format.rawValue }
    static var allValueStrings: [String] { Known.formats.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// `--quiet`, for verbs that answer nothing but that they have done it.
struct MessageOptions: ParsableArguments {
    @Flag(name: [.customShort("q"), .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    /// Says a line on stderr, unless nothing is to be said.
    func say(_ line: String) {
        if !quiet { ThreadbankCLI.say(line) }
    }
}

/// `--format` and `--quiet`, for every verb that answers.
struct OutputOptions<Known: FormatSet>: ParsableArguments {
    @Option(name: .customLong("format"), help: "The form of the answer.")
    var chosen = ChosenFormat<Known>(Known.formats[0])

    @Flag(name: [.customShort("q"), .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    var format: OutputFormat { chosen.format }
}
