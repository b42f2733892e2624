// Parents set by hand.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension Archive {
    /// Hangs a post below another, by hand. This beats every statement and survives imports.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where one of them is unknown, `invalid` where it would close a cycle.
    public func link(_ child: Post.ID, to parent: Post.ID) throws(ThreadbankError) {
        try setByHand(child) { batch, record in
            guard let upper = try batch.record(parent.rawValue) else { throw Self.unknown(parent) }
            if parent == child { throw ThreadbankError(.invalid, "\(child) cannot answer itself; name another parent") }
            if upper.row.sourceID != record.row.sourceID {
                throw ThreadbankError(
                    .invalid, "\(parent) is of another source than \(child); posts answer posts of their own source")
            }
            var above: Int64? = parent.rawValue
            var seen: Set<Int64> = []
            while let post = above, seen.insert(post).inserted {
                if post == child.rawValue {
                    throw ThreadbankError(
                        .invalid, "\(parent) stands below \(child), so \(child) cannot answer it; unlink it first")
                }
                above = try batch.parent(of: post)
            }
            return ParentClaim(child: child.rawValue, parent: parent.rawValue, basis: .manual)
        }
    }

    /// Says by hand that a post answers nothing.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where the post is unknown.
    public func unlink(_ child: Post.ID) throws(ThreadbankError) {
        try setByHand(child) { _, _ in ParentClaim(child: child.rawValue, parent: nil, basis: .manual) }
    }

    /// Takes back what was set by hand; the post hangs again as its origin says.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where the post is unknown or nothing was set.
    public func restoreLink(_ child: Post.ID) throws(ThreadbankError) {
        try setByHand(child) { _, record in
            guard record.claims?.contains(where: { $0.basis == .manual }) == true else {
                throw ThreadbankError(.notFound, "\(child): no parent was set by hand; nothing to restore")
            }
            return nil
        }
    }

    private func setByHand(_ child: Post.ID, _ claim: (Batch, PostRecord) throws -> ParentClaim?) throws(ThreadbankError) {
        // Row ids of new threads are handed out in memory, so an import must not do so at the same time.
        let lock = try ImportLock(archive: path, waiting: false)
        defer { withExtendedLifetime(lock) {} }
        try write { db in
            let batch = try Batch(db, ImportSession(db))
            guard let record = try batch.record(child.rawValue) else { throw Self.unknown(child) }
            try batch.loadClaims(record)
            let byHand = try claim(batch, record)
            record.claims?.removeAll { $0.basis == .manual }
            if let byHand { record.claims?.append(byHand) }
            record.mustDecide = true
            try batch.decideParents()
            try batch.assignThreads()
            try batch.write()
            // It may be the first root of its container now, or no more.
            if try batch.threadRecord(record.row.threadID)?.values.isContainer == true {
                try db.execute(sql: ContainerRoot.refresh, arguments: [record.row.threadID])
            }
        }
    }

    static func unknown(_ post: Post.ID) -> ThreadbankError { ThreadbankError(.notFound, "\(post): no such post in the archive") }
}
