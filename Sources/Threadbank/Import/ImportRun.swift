// One run of `import`: inputs one after the other, batches across them, and what is known of inputs that were finished before.

internal import CRanking
internal import Foundation
internal import GRDB
public import ThreadbankCore

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
    /// As the last batch that was settled left it.
    private var session: ImportSession
    private var nextImport: Int64
    private let pipeline = BatchPipeline<WrittenBatch>()
    /// The batch that is being written. Whoever holds it last takes it apart, 7 % of writing; so the thread that reads does.
    private var inFlight: UnwrittenBatch?
    private var pending: [PendingCopy] = []
    private var pages: [Range<Int>] = []
    private var pendingBytes = 0
    private var pendingNames: [NamedAuthor] = []
    private var open: [OpenInput] = []
    private var hasPreparedIndex = false
    private var lacksAuthorIndex = false
    /// Posts from which on the index of posts by author is left out until the end.
    var authorIndexLimit = AuthorIndex.worthwhile
    /// Posts that stood in the archive before.
    private let stored: Int
    /// Hashes of the bytes of all inputs that were finished before this run, and of those that this run finished: whoever is not
    /// among them need not ask the archive, which may be busy with a batch.
    private var finishedHashes: HashSet

    private var pacing: BatchPacing

    /// Settles a process that does nothing but import: less memory, and less counting of it. To be called before an archive is opened.
    public static func settleProcess() { writer_settle_process() }

    /// - parameter batchPosts: posts after which a batch is written; larger ones index faster and take more memory.
    /// - parameter again: whether to read inputs that were finished before.
    /// - parameter waiting: whether to wait for another import to end.
    /// - throws: ``ThreadbankError`` with code `locked` where another import runs.
    public init(
        _ archive: Archive, again: Bool = false, waiting: Bool = false, batchPosts: Int = 10_000,
        events: ImportEvents = ImportEvents()
    ) throws(ThreadbankError) {
        self.archive = archive
        pacing = BatchPacing(posts: batchPosts)
        self.events = events
        isAgain = again
        lock = try ImportLock(archive: archive.path, waiting: waiting)
        session = try archive.reader.read { try ImportSession($0) }
        nextImport = session.nextImport
        finishedHashes = try again ? HashSet() : archive.reader.read { try HashSet.finished($0) }
        stored = Int(session.nextPost - 1)
        let isLeftPrepared = try archive.reader.read { try SearchIndex.isPrepared($0) }
        lacksAuthorIndex = try archive.reader.read { try AuthorIndex.isMissing($0) }
        // An import that was killed left them so. Where an index is to be made anyway, it is made at the end.
        hasPreparedIndex = isLeftPrepared && lacksAuthorIndex
        if isLeftPrepared, !hasPreparedIndex { try archive.write { try SearchIndex.reset($0) } }
    }

    /// What is being written is written before the lock is given up.
    deinit { _ = try? pipeline.finish() }

    /// Reads one input. What it yields may wait for a later input, or ``finish()``, to be written.
    ///
    /// - throws: ``ThreadbankError`` where the archive cannot be written; ``ImportInterruption``. An input that cannot be read is no
    ///   error here: its ``InputResult`` says so.
    public func read(_ input: any ImportInput, with importer: any Importer) throws {
        let started = Date()
        events.progress?(ImportProgress(input))
        var sha256: String?
        var failure: ImportError?
        do {
            // Where no hash can be known yet it is asked for after reading: a folder's files are hashed as they are read, and a long file
            // while its last batch is written.
            if !finishedHashes.isEmpty { sha256 = try input.sha256 }
        } catch let error as ImportError {
            failure = error
        }
        var identity = InputIdentity(input, importer, sha256: sha256)
        if !isAgain, failure == nil, let report = try finishedBefore(identity) {
            events.finished(InputResult(input: input.name, format: importer.name, report: report))
            return
        }
        let tally = ImportTally(importID: nextImport)
        nextImport += 1
        let state = OpenInput(name: input.name, importer: importer, identity: identity, started: started, tally: tally)
        open.append(state)
        do {
            // Where hashing failed too: what stands before a bad place of the disk is worth having.
            try importer.read(input, into: RunSink(self, state, input, events))
        } catch let error as ImportError {
            failure = failure ?? error
        }
        // The input knows best what went wrong; the importer may have seen no more than a text that ends too early.
        failure = input.failure ?? failure
        if sha256 == nil, failure == nil {
            identity.sha256 = try? input.sha256
            state.identity = identity
            failure = input.failure
        }
        state.isRead = true
        state.failure = failure
        if pending.isEmpty || pacing.isFull(pending.count) || open.count >= 1_000 || isWorthwhile { try flush() }
    }

    /// Writes what waits, and sets the index's settings back. To be called once, after the last input.
    ///
    /// - parameter threadBySubject: whether mails that answer something and name nothing are hung from what has their subject, with
    ///   basis `subject`: all of the archive's, not only this run's.
    public func finish(threadBySubject: Bool = false) throws {
        try flush()
        try settle()
        if threadBySubject { try tieBySubject() }
        try restoreIndexes()
    }

    /// Ends a run early: waits for the batch that is being written, and leaves the archive as ``finish(threadBySubject:)`` does.
    public func abandon() throws {
        try settle()
        try restoreIndexes()
    }

    /// The settings last: while they stand, a missing index is no fault.
    private func restoreIndexes() throws {
        if lacksAuthorIndex { try archive.restoreAuthorIndex() }
        lacksAuthorIndex = false
        if hasPreparedIndex {
            try archive.write { try SearchIndex.reset($0) }
            try archive.returnFreePages()
        }
        hasPreparedIndex = false
    }

    /// Waits until the batch that is being written has been committed, and tells of it.
    private func settle() throws {
        guard let written = try pipeline.finish() else { return }
        session = written.session
        for input in written.inputs {
            for refusal in input.tally.refusals { events.diagnostic(input.name, refusal, true) }
            input.tally.refusals = []
            guard input.isRead else { continue }
            if let sha256 = input.identity.sha256, input.failure == nil { finishedHashes.insert(sha256) }
            events.finished(
                InputResult(input: input.name, format: input.identity.format, report: input.tally.report, failure: input.failure))
        }
    }

    private func tieBySubject() throws {
        let tally = ImportTally(importID: session.firstImport)
        session = try archive.write { db in
            let copies = try SubjectTies.copies(db).map { PendingCopy(post: $0, tally: tally) }
            return try Batch.store(copies, pages: [], db, session)
        }
    }

    /// Whether what waits is to be written now, because nothing else is being written and there is enough of it, or it has waited long.
    private var isWorthwhile: Bool {
        pacing.isWorthwhile(pending.count, bytes: pendingBytes) && !pipeline.isBusy
    }

    func add(_ post: ImportedPost, _ tally: ImportTally) throws {
        if events.shouldStop() { throw ImportInterruption() }
        pending.append(PendingCopy(post: post, tally: tally))
        pendingBytes += (post.body?.utf8.count ?? 0) + 256
        if pacing.isFull(pending.count, bytes: pendingBytes) || pacing.isTimeToAsk(pending.count) && isWorthwhile {
            try flush()
        }
    }

    func nameAuthor(_ named: NamedAuthor) throws {
        if events.shouldStop() { throw ImportInterruption() }
        pendingNames.append(named)
        if pacing.isFull(pendingNames.count) { try flush() }
    }

    /// Cleans the posts one by one: a long page is not held twice.
    func addPage(_ posts: [ImportedPost], _ tally: ImportTally) throws {
        if events.shouldStop() { throw ImportInterruption() }
        if posts.count > pacing.posts, try !isStored(posts) {
            for post in posts { try add(post.cleaned(), tally) }
            return
        }
        pages.append(pending.count..<pending.count + posts.count)
        pending += posts.lazy.map { PendingCopy(post: $0.cleaned(), tally: tally) }
        if pacing.isFull(pending.count) { try flush() }
    }

    /// Whether the archive may hold something of a page. Of a page that it holds nothing of, there is nothing to align: its posts go into
    /// batches like all others, so that a very long one takes no more memory.
    private func isStored(_ page: [ImportedPost]) throws -> Bool {
        guard let thread = page.first?.thread else { return false }
        try flush()
        try settle()
        return try archive.reader.read { try Bool.fetchOne($0, sql: SQL.holdsThread, arguments: [thread.key]) ?? false }
    }

    func warn(_ diagnostic: ImportDiagnostic, _ input: String) { events.diagnostic(input, diagnostic, false) }

    /// Hands what waits to the writer, once that has written the batch before.
    private func flush() throws {
        try settle()
        guard !open.isEmpty else { return }
        let isLarge = pacing.handOver(pending.count, bytes: pendingBytes)
        let batch = UnwrittenBatch(
            copies: pending, pages: pages, names: pendingNames, inputs: open.map { $0.handOver() }, session: session,
            preparesIndex: isLarge && !hasPreparedIndex,
            dropsAuthorIndex: isLarge && !lacksAuthorIndex && pacing.handedOver >= max(authorIndexLimit, stored))
        if isLarge { hasPreparedIndex = true }
        if batch.dropsAuthorIndex { lacksAuthorIndex = true }
        pending = []
        pages = []
        pendingNames = []
        pendingBytes = 0
        open.removeAll(where: \.isRead)
        let archive = archive
        pipeline.start { try batch.write(to: archive) }
        inFlight = batch
    }

    /// The report of an input whose bytes were finished before, as unchanged; nil where they were not.
    private func finishedBefore(_ identity: InputIdentity) throws -> ImportReport? {
        guard let sha256 = identity.sha256, finishedHashes.mayContain(sha256) else { return nil }
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
    static let holdsThread = "SELECT EXISTS (SELECT 1 FROM threads WHERE source_key = ?)"
    static let finished = """
        SELECT read, rejected FROM imports
         WHERE input_sha256 = ? AND format = ? AND version = ? AND input_key = ? AND finished_at IS NOT NULL LIMIT 1
        """
}
