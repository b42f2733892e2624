// How a verb answers: the format of stdout, and how much is said on stderr.

public import ArgumentParser
internal import ThreadbankCore

/// The forms in which a verb can answer. Each verb says which of them it knows.
public enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case text, json, jsonl, csv, flat, markdown, html, mbox, sqlite
}

/// `--format` and `--quiet`, for every verb that answers.
struct OutputOptions: ParsableArguments {
    @Option(help: "The form of the answer: text for people, json, jsonl or csv for programs.")
    var format: OutputFormat = .text

    @Flag(name: [.customShort("q"), .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    /// Refuses a format that the verb does not have, as wrong usage.
    func require(_ known: OutputFormat...) throws {
        guard known.contains(format) else {
            let names = known.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--format \(format.rawValue) is not for this verb; it knows \(names)")
        }
    }
}
