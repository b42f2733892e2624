// A batch on its way to the thread that writes it, and back.

internal import Foundation
internal import GRDB
internal import ThreadbankCore

/// What one transaction is to write.
struct UnwrittenBatch: Sendable {
    var copies: [PendingCopy]
    var pages: [Range<Int>]
    var names: [NamedAuthor]
    var inputs: [InputOfBatch]
    var session: ImportSession
    var preparesIndex: Bool
    var dropsAuthorIndex: Bool

    /// One transaction: the inputs' rows, the batch, and the counts of the inputs that end with it.
    func write(to archive: Archive) throws -> WrittenBatch {
        let now = Int64(Date().timeIntervalSince1970)
        let after = try archive.write { db in
            if preparesIndex { try SearchIndex.prepare(db) }
            if dropsAuthorIndex { try AuthorIndex.drop(db) }
            for input in inputs where !input.hasRow { try input.insert(db, run: session.firstImport) }
            for input in inputs {
                input.tally.report.read += input.rejected
                input.tally.report.rejected += input.rejected
            }
            let next = try ColumnChecks.leavingOut(db) { try Batch.store(copies, pages: pages, db, session) }
            for named in names { try next.names.rename(named, db) }
            if !names.isEmpty { try next.names.save(db) }
            for input in inputs { try input.update(db, now: now) }
            return next
        }
        return WrittenBatch(session: after, inputs: inputs)
    }
}

/// A batch that has been committed, and the run's state after it.
struct WrittenBatch: Sendable {
    var session: ImportSession
    var inputs: [InputOfBatch]
}
