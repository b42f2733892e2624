// What `import` says: a line an input, the sums, and what was left out.

internal import Foundation
internal import Synchronization
internal import Threadbank
internal import ThreadbankCore

/// Prints results as they come. Diagnostics of one kind are shown twenty times and counted after.
final class ImportPrinter: Sendable {
    private struct State {
        var sum = ImportReport()
        var inputs = 0
        var hasFailed = false
        var shown: [String: Int] = [:]
    }

    private let format: OutputFormat
    private let isQuiet: Bool
    private let state = Mutex(State())
    private let started = Date()

    init(format: OutputFormat, isQuiet: Bool) {
        self.format = format
        self.isQuiet = isQuiet
    }

    /// Whether an input could not be opened, recognised or read on.
    var hasFailed: Bool { state.withLock { $0.hasFailed } }

    func finished(_ result: InputResult) {
        state.withLock {
            $0.sum += result.report
            $0.inputs += 1
        }
        write(result.input, result.format, result.report)
        if let failure = result.failure { failed(result.input, failure.description) }
    }

    func failed(_ input: String, _ reason: String) {
        state.withLock { $0.hasFailed = true }
        say("threadbank: \(input.showingControls()): \(reason)")
    }

    func skipped(_ input: String, _ reason: String) {
        state.withLock { $0.sum.skippedFiles += 1 }
        if !isQuiet { show(kind: "skipped", "\(input.showingControls()): skipped: \(reason)") }
    }

    func diagnostic(in input: String, _ diagnostic: ImportDiagnostic, isRejection: Bool) {
        if !isRejection, isQuiet { return }
        show(kind: diagnostic.kind, "\(input.showingControls()): \(diagnostic)\(isRejection ? "; this record is left out" : "")")
    }

    private func show(kind: String, _ line: String) {
        let count = state.withLock {
            $0.shown[kind, default: 0] += 1
            return $0.shown[kind] ?? 0
        }
        if count <= 20 { say(line) }
    }

    func total() {
        ProgressLine.clear()
        var sum = state.withLock { $0.sum }
        let (inputs, shown) = state.withLock { ($0.inputs, $0.shown) }
        // Inputs wait for each other's batches, so their times do not add up to that of the run.
        sum.seconds = Date().timeIntervalSince(started)
        for (kind, count) in shown.sorted(by: { $0.key < $1.key }) where count > 20 { say("… and \(count - 20) more: \(kind)") }
        if format != .text {
            var out = Stdout()
            out.json(.object([("total", true)] + Self.members(sum)))
        } else if inputs > 1 || sum.skippedFiles > 0 {
            write("total", "\(inputs) inputs", sum)
        }
    }

    private func write(_ name: String, _ format: String, _ report: ImportReport) {
        ProgressLine.clear()
        var out = Stdout()
        if self.format != .text {
            return out.json(.object([("input", JSON(name)), ("format", JSON(format))] + Self.members(report)))
        }
        var parts = ["read \(report.read)", "added \(report.added)"]
        for (count, word) in [
            (report.changed, "changed"), (report.unchanged, "unchanged"), (report.rejected, "rejected"),
            (report.missing, "missing"),
            (report.threads, "threads"), (report.authors, "authors"), (report.skippedFiles, "files skipped"),
        ] where count > 0 {
            parts.append("\(word) \(count)")
        }
        out.line("\(name.showingControls()) (\(format)): \(parts.joined(separator: ", "))")
    }

    private static func members(_ report: ImportReport) -> [(String, JSON)] {
        [
            ("read", JSON(report.read)), ("added", JSON(report.added)), ("changed", JSON(report.changed)),
            ("unchanged", JSON(report.unchanged)), ("rejected", JSON(report.rejected)),
            ("skipped_files", JSON(report.skippedFiles)),
            ("missing", JSON(report.missing)), ("threads", JSON(report.threads)), ("authors", JSON(report.authors)),
            ("seconds", .real((report.seconds * 1000).rounded() / 1000)),
        ]
    }
}
