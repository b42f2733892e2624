// Parsing without an archive, to see what an input holds.

internal import Foundation
public import ThreadbankCore

/// Reads an input and counts; nothing is written anywhere.
public enum DryRun {
    /// The report of an import into an empty archive, as far as parsing tells: `added` counts records, and the rows that an archive would
    /// make (`missing`, `threads`, `authors`) are counted only where the input states them. Beyond a million keys repeated ones are no
    /// longer told from new ones; a warning says so.
    ///
    /// - throws: ``ImportInterruption``.
    public static func read(
        _ input: any ImportInput, with importer: any Importer, events: ImportEvents
    ) throws -> InputResult {
        events.progress?(ImportProgress(input))
        let sink = CountingSink(input, events)
        let started = Date()
        var failure: ImportError?
        do {
            try importer.read(input, into: sink)
        } catch let error as ImportError {
            failure = error
        }
        sink.report.threads = sink.threads.count
        sink.report.authors = sink.authors.count
        sink.report.seconds = Date().timeIntervalSince(started)
        if sink.isRough {
            let much = "more than \(KeyMemory.limit) keys: what repeats beyond them counts as added"
            sink.warn(ImportDiagnostic(at: .whole, "a dry run keeps count roughly", detail: much))
        }
        return InputResult(input: input.name, format: importer.name, report: sink.report, failure: input.failure ?? failure)
    }

    private final class CountingSink: ImportSink {
        var report = ImportReport()
        var threads = KeyMemory()
        var authors = KeyMemory()
        private var keys = KeyMemory()
        private let input: any ImportInput
        private let events: ImportEvents
        private var meter = ProgressMeter()

        init(_ input: any ImportInput, _ events: ImportEvents) {
            self.input = input
            self.events = events
        }

        var isRough: Bool { threads.isFull || authors.isFull || keys.isFull }

        func add(_ post: ImportedPost) throws {
            if events.shouldStop() { throw ImportInterruption() }
            if let thread = post.thread { _ = threads.insert(thread.key) }
            if let author = post.author { _ = authors.insert(author.key) }
            if post.isAside { return }
            if post.state == .missing {
                report.missing += 1
                return
            }
            let isFirst = keys.insert(post.key ?? "")
            if post.isEmbedded, !isFirst { return }
            report.read += 1
            if isFirst { report.added += 1 } else { report.unchanged += 1 }
            meter.count(1, input, events)
        }

        func addPage(_ posts: [ImportedPost]) throws {
            for post in posts { try add(post) }
        }

        func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) {}

        func reject(_ diagnostic: ImportDiagnostic) {
            report.read += 1
            report.rejected += 1
            events.diagnostic(input.name, diagnostic, true)
            meter.count(1, input, events)
        }

        func warn(_ diagnostic: ImportDiagnostic) { events.diagnostic(input.name, diagnostic, false) }
    }
}
