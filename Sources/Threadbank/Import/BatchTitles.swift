// Step 4½, for mail: an answer's subject that only repeats what it answers is no title of its own.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Takes "Re: …" from answers whose nearest subject above says the same. Above a mail that is missing nothing is known, so the first
    /// mail below it keeps its subject, until the missing one comes. The result does not hang on the order of mails.
    func dropRepeatedTitles() throws {
        for record in records.inOrder where record.isMail && record.row.state != .missing {
            try dropTitle(of: record, below: parent(now: record))
            // Stored answers to a mail that was missing until now kept theirs.
            guard let stored = record.stored, stored.state == .missing else { continue }
            for id in try Int64.fetchAll(db.cachedStatement(sql: SQL.titledAnswers), arguments: [record.id]) {
                guard let child = try self.record(id), try parent(now: child) == record.id else { continue }
                try dropTitle(of: child, below: record.id)
            }
        }
    }

    private func dropTitle(of record: PostRecord, below parent: Int64?) throws {
        guard let title = record.row.title, let parent else { return }
        let subject = BaseSubject(title)
        guard subject.isReply, try nearestSubject(from: parent) == subject.folded else { return }
        // What hangs there only because of its subject keeps it: it is how it is known.
        try loadClaims(record)
        if record.claims?.winner(childIsMissing: false)?.basis != .subject { record.row.title = nil }
    }

    /// The subject of a post, or that of the nearest one above it that has one; nil where a missing one stands between.
    private func nearestSubject(from post: Int64) throws -> String? {
        var next: Int64? = post
        // A cycle is broken by now; the bound only keeps long chains of old answers cheap.
        for _ in 0..<200 {
            guard let id = next else { return nil }
            let (title, isMissing): (String?, Bool)
            if let row = records[id]?.row {
                (title, isMissing) = (row.title, row.state == .missing)
            } else {
                guard let row = try Row.fetchOne(db.cachedStatement(sql: SQL.title), arguments: [id]) else { return nil }
                (title, isMissing) = (row[0], row[1])
            }
            if isMissing { return nil }
            if let title { return folded(title) }
            next = try records[id].map { try parent(now: $0) } ?? parent(of: id)
        }
        return nil
    }

    /// The answers of a thread ask for the same few subjects again and again.
    private func folded(_ title: String) -> String {
        if let known = foldedSubjects[title] { return known }
        let folded = BaseSubject(title).folded
        foldedSubjects[title] = folded
        return folded
    }

    private func parent(now record: PostRecord) throws -> Int64? {
        record.mustDecide || record.isNew ? record.parent : try parent(of: record.id)
    }
}

private enum SQL {
    static let titledAnswers = """
        SELECT r.post_id FROM replies r JOIN posts p ON p.id = r.post_id WHERE r.parent_id = ? AND p.title IS NOT NULL
        """
    static let title = "SELECT title, state = 'missing' FROM posts WHERE id = ?"
}
