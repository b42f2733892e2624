// From what went wrong to the exit code: the one table.

internal import ArgumentParser
internal import ThreadbankCore

/// The exit codes of every verb.
enum ExitStatus {
    /// Nothing was found, or `check` found a fault.
    static let nothingFound = ExitCode(1)
    /// It failed; one line on stderr says why.
    static let failed = ExitCode(2)
    /// Wrong usage.
    static let usage = ExitCode(64)
    /// Stopped by Ctrl-C, as a shell says it.
    static let interrupted = ExitCode(130)

    static func code(for error: ThreadbankError) -> ExitCode {
        switch error.code {
        case .notFound: nothingFound
        case .query: usage
        case .interrupted: interrupted
        default: failed
        }
    }
}
