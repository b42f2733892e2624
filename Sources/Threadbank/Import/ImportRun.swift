// One run of `import`: inputs one after the other, batches across them, and what is known of inputs that were finished before.

internal import Foundation
internal import GRDB
public import ThreadbankCore

/// What became of one input.
public struct InputResult: Sendable {
    /// The input as it was named.
    public var input: String
    /// The importer's name.
    public var format: String
    public var report: ImportReport
    /// Why reading stopped early; nil where the input was read to its end. What was taken before is stored and counted.
    public var failure: ImportError?
}

/// How far the reading of one input has come.
public struct ImportProgress: Sendable {
    /// The input as it was named.
    public var input: String
    /// Posts and rejected records so far.
    public var read: Int
    /// As ``ImportInput`` tells them.
    public var bytesRead: Int
    public var byteCount: Int?
}

/// What a caller hears while a run goes on.
public struct ImportEvents: Sendable {
    /// A record was left out, or there is something to remark, in the input of that name.
    public var diagnostic: @Sendable (_ input: String, _ diagnostic: ImportDiagnostic, _ isRejection: Bool) -> Void
    /// An input's last batch has been committed.
    public var finished: @Sendable (InputResult) -> Void
    /// An input is about to be hashed and read, or some hundred records of it have been read.
    public var progress: @Sendable (ImportProgress) -> Void
    /// Asked often; true ends the run after what is committed, with ``ImportInterruption``.
    public var shouldStop: @Sendable () -> Bool

    public init(
        diagnostic: @escaping @Sendable (String, ImportDiagnostic, Bool) -> Void = { _, _, _ in },
        finished: @escaping @Sendable (InputResult) -> Void = { _ in },
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.diagnostic = diagnostic
        self.finished = finished
        self.progress = progress
        self.shouldStop = shouldStop
    }
}

/// A run of imports into one archive. It holds the import lock while it lives.
///
/// ```swift
/// let run = try ImportRun(archive, events: ImportEvents(finished: { print($0.report.added) }))
/// try run.read(input, with: importer)
/// try run.finish()
/// ```
public final class ImportRun {
    private let archive: Archive
    private let events: ImportEvents
    private let isAgain: Bool
    private let lock: ImportLock
    private var session: ImportSession
    private var pending: [PendingCopy] = []
    private var pages: [Range<Int>] = []
    private var pendingBytes = 0
    private var open: [OpenInput] = []
    private var hasPreparedIndex = false
    /// Batches of this size are worth a larger index cache.
    private static let largeBatch = 5_000

    /// Posts and bytes of text after which a batch is written.
    private let batchPosts: Int
    private static let batchBytes = 32 << 20
    /// Seconds after which a batch is written, so that little is lost to a kill.
    private static let batchSeconds = 2.0
    private var lastFlush = Date()

    /// - parameter batchPosts: posts after which a batch is written; larger ones index faster and take more memory.
    /// - parameter again: whether to read inputs that were finished before.
    /// - parameter waiting: whether to wait for another import to end.
    /// - throws: ``ThreadbankError`` with code `locked` where another import runs.
    public init(
        _ archive: Archive, again: Bool = false, waiting: Bool = false, batchPosts: Int = 20_000,
        events: ImportEvents = ImportEvents()
    ) throws(ThreadbankError) {
        self.archive = archive
        self.batchPosts = max(1, batchPosts)
        self.events = events
        isAgain = again
        lock = try ImportLock(archive: archive.path, waiting: waiting)
        session = try archive.reader.read { try ImportSession($0) }
        let isLeftPrepared = try archive.reader.read { try SearchIndex.isPrepared($0) }
        if isLeftPrepared { try archive.write { try SearchIndex.reset($0) } }
    }

    /// Reads one input. What it yields may wait for a later input, or ``finish()``, to be written.
    ///
    /// - throws: ``ThreadbankError`` where the archive cannot be written; ``ImportInterruption``. An input that cannot be read is no
    ///   error here: its ``InputResult`` says so.
    public func read(_ input: any ImportInput, with importer: any Importer) throws {
        let started = Date()
        events.progress(ImportProgress(input))
        var sha256: String?
        var failure: ImportError?
        do {
            sha256 = try input.sha256
        } catch let error as ImportError {
            failure = error
        }
        var identity = InputIdentity(input, importer, sha256: sha256)
        if !isAgain, failure == nil, let report = try finishedBefore(identity) {
            events.finished(InputResult(input: input.name, format: importer.name, report: report))
            return
        }
        let tally = ImportTally(importID: session.nextImport) { [events] in events.diagnostic(input.name, $0, true) }
        session.nextImport += 1
        let state = OpenInput(name: input.name, importer: importer, identity: identity, started: started, tally: tally)
        open.append(state)
        if failure == nil {
            do {
                try importer.read(input, into: RunSink(self, tally, input, events))
            } catch let error as ImportError {
                failure = error
            }
            // The input knows best what went wrong; the importer may have seen no more than a text that ends too early.
            failure = input.failure ?? failure
            if sha256 == nil, failure == nil {
                identity.sha256 = try? input.sha256
                state.identity = identity
            }
        }
        state.isRead = true
        state.failure = failure
        if pending.isEmpty || pending.count >= batchPosts || open.count >= 1_000 || isLate { try flush() }
    }

    /// Writes what waits, and sets the index's settings back. To be called once, after the last input.
    ///
    /// - parameter threadBySubject: whether mails that answer something and name nothing are hung from what has their subject, with
    ///   basis `subject`: all of the archive's, not only this run's.
    public func finish(threadBySubject: Bool = false) throws {
        try flush()
        if threadBySubject { try tieBySubject() }
        if hasPreparedIndex { try archive.write { try SearchIndex.reset($0) } }
    }

    private func tieBySubject() throws {
        let tally = ImportTally(importID: session.firstImport) { _ in }
        session = try archive.write { db in
            let copies = try SubjectTies.copies(db).map { PendingCopy(post: $0, tally: tally) }
            return try Batch.store(copies, pages: [], db, session)
        }
    }

    private var isLate: Bool { Date().timeIntervalSince(lastFlush) > Self.batchSeconds }

    func add(_ post: ImportedPost, _ tally: ImportTally) throws {
        if events.shouldStop() { throw ImportInterruption() }
        pending.append(PendingCopy(post: post, tally: tally))
        pendingBytes += (post.body?.utf8.count ?? 0) + 256
        if pending.count >= batchPosts || pendingBytes >= Self.batchBytes || pending.count % 128 == 0 && isLate { try flush() }
    }

    func addPage(_ posts: [ImportedPost], _ tally: ImportTally) throws {
        if events.shouldStop() { throw ImportInterruption() }
        pages.append(pending.count..<pending.count + posts.count)
        pending += posts.map { PendingCopy(post: $0, tally: tally) }
        if pending.count >= batchPosts { try flush() }
    }

    func warn(_ diagnostic: ImportDiagnostic, _ input: String) { events.diagnostic(input, diagnostic, false) }

    /// One transaction: the inputs' rows, the batch, and the counts of the inputs that end with it.
    private func flush() throws {
        guard !open.isEmpty else { return }
        let now = Int64(Date().timeIntervalSince1970)
        session = try archive.write { db in
            if !hasPreparedIndex, pending.count >= Self.largeBatch {
                try SearchIndex.prepare(db)
                hasPreparedIndex = true
            }
            for input in open where !input.hasRow { try input.insert(db, run: session.firstImport) }
            let next = try Batch.store(pending, pages: pages, db, session)
            for input in open { try input.update(db, finished: input.isRead && input.failure == nil ? now : nil) }
            return next
        }
        pending.removeAll(keepingCapacity: true)
        pages = []
        pendingBytes = 0
        lastFlush = Date()
        for input in open where input.isRead {
            events.finished(
                InputResult(
                    input: input.name, format: input.importer.name, report: input.tally.report, failure: input.failure))
        }
        open.removeAll(where: \.isRead)
        for input in open { input.hasRow = true }
    }

    /// The report of an input whose bytes were finished before, as unchanged; nil where they were not.
    private func finishedBefore(_ identity: InputIdentity) throws -> ImportReport? {
        guard let sha256 = identity.sha256 else { return nil }
        let before = try archive.reader.read { db in
            try Row.fetchOne(
                db, sql: SQL.finished,
                arguments: [sha256, identity.format, identity.version, identity.key]
            ).map { (read: $0[0] as Int, rejected: $0[1] as Int) }
        }
        guard let before else { return nil }
        var report = ImportReport()
        report.read = before.read
        report.rejected = before.rejected
        report.unchanged = before.read - before.rejected
        return report
    }
}

private enum SQL {
    static let finished = """
        SELECT read, rejected FROM imports
         WHERE input_sha256 = ? AND format = ? AND version = ? AND input_key = ? AND finished_at IS NOT NULL LIMIT 1
        """
}
