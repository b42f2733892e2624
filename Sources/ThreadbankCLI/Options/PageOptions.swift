// Which part of a list is shown.

internal import ArgumentParser

/// `--limit` and `--offset`, for every verb that lists.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("List this many at most. Default: 50 for people, all for programs.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Leave out the first n.", valueName: "n"))
    var offset = 0

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit \(limit): a limit is 0 or more") }
        if offset < 0 { throw ValidationError("--offset \(offset): an offset is 0 or more") }
    }

    func limit(for format: OutputFormat) -> Int? { limit ?? (format == .text ? 50 : nil) }
}
