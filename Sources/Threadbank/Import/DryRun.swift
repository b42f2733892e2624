// Parsing without an archive, to see what an input holds.

internal import Foundation
public import ThreadbankCore

/// Reads an input and counts; nothing is written anywhere.
public enum DryRun {
    /// The report of an import into an empty archive, as far as parsing tells: `added` counts records, and the rows that an archive would
    /// make (`missing`, `threads`, `authors`) are counted only where the input states them.
    public static func read(_ input: any ImportInput, with importer: any Importer, events: ImportEvents) -> InputResult {
        let sink = CountingSink(input.name, events)
        let started = Date()
        var failure: ImportError?
        do {
            try importer.read(input, into: sink)
        } catch {
            failure = error as? ImportError ?? ImportError("\(error)")
        }
        sink.report.threads = sink.threads.count
        sink.report.authors = sink.authors.count
        sink.report.seconds = Date().timeIntervalSince(started)
        return InputResult(input: input.name, format: importer.name, report: sink.report, failure: failure)
    }

    private final class CountingSink: ImportSink {
        var report = ImportReport()
        var threads: Set<String> = []
        var authors: Set<String> = []
        private var keys: Set<String> = []
        private let input: String
        private let events: ImportEvents

        init(_ input: String, _ events: ImportEvents) {
            self.input = input
            self.events = events
        }

        func add(_ post: ImportedPost) throws {
            if events.shouldStop() { throw ImportInterruption() }
            if let thread = post.thread { threads.insert(thread.key) }
            if let author = post.author { authors.insert(author.key) }
            if post.state == .missing {
                report.missing += 1
                return
            }
            let isFirst = keys.insert(post.key ?? "").inserted
            if post.isEmbedded, !isFirst { return }
            report.read += 1
            if isFirst { report.added += 1 } else { report.unchanged += 1 }
        }

        func addPage(_ posts: [ImportedPost]) throws {
            for post in posts { try add(post) }
        }

        func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) {}

        func reject(_ diagnostic: ImportDiagnostic) {
            report.read += 1
            report.rejected += 1
            events.diagnostic(input, diagnostic, true)
        }

        func warn(_ diagnostic: ImportDiagnostic) { events.diagnostic(input, diagnostic, false) }
    }
}
