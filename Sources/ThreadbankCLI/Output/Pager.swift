// Long answers on a terminal go through a pager, as git's do.

internal import ArgumentParser
internal import CTerminal
internal import Foundation

/// A verb whose answer is for reading.
protocol PagedCommand: ParsableCommand {
    associatedtype Formats: FormatSet
    var output: OutputOptions<Formats> { get }
}

extension PagedCommand {
    /// A page, mails or JSON are for programs, also where somebody looks at them.
    var isForReading: Bool { [.text, .flat].contains(output.format) }
}

enum Pager {
    /// Starts `$THREADBANK_PAGER`, else `$PAGER`, else `less`, where stdout is a terminal; `cat` or nothing is none.
    static func start() {
        guard Terminal.isTerminal else { return }
        let environment = ProcessInfo.processInfo.environment
        let chosen = environment["THREADBANK_PAGER"] ?? environment["PAGER"]
        guard environment["TERM"] != "dumb", let command = chosen ?? (isInstalled("less", environment) ? "less" : nil),
            !["", "cat"].contains(command)
        else { return }
        // What is known of the terminal is asked before stdout is a pipe.
        _ = (Style.stdout, Terminal.width, Terminal.listWidth)
        _ = cpager_start(command)
    }

    private static func isInstalled(_ name: String, _ environment: [String: String]) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
}
