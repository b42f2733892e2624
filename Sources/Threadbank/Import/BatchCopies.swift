// Step 2: the copies of a batch are merged into their rows, and their statements of a parent into the rows' claims.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Merges every copy, in the order of the input; the rules of `PostRow.merge` make that order not matter.
    func merge(_ copies: [ResolvedCopy]) throws {
        var changed: [ResolvedCopy] = []
        for copy in copies {
            let copy = try settleDate(copy)
            let pending = copy.copy
            let record = copy.record
            if record.tally == nil { record.tally = pending.tally }
            if !pending.post.mergedThreads.isEmpty { record.mergedThreads += pending.post.mergedThreads }
            if let forum = pending.post.forum {
                try tell(forum: session.names.forum(forum, source: copy.source, db), of: record)
            }
            let isGhost = pending.post.state == .missing
            let wasMissing = record.row.state == .missing
            if !isGhost, wasMissing, pending.post.thread == nil, record.row.isInContainer {
                // It stood where those who named it stand; now that it speaks for itself, it stands where its root does.
                record.row.isInContainer = false
                record.container = nil
                record.mustDecide = true
            }
            let (saysMore, age) = try mergeRow(copy)
            if let thread = pending.post.thread { try place(record, in: container(thread, copy.source, pending.tally), age) }
            let claimsMore = try addClaims(copy, age)
            let hangsMore = try addSideRows(copy)
            if isGhost || pending.post.isAside { continue }
            pending.tally.report.read += 1
            if wasMissing {
                pending.tally.report.added += 1
                // A ghost that this input made and fills is none it leaves; how often that happens is a matter of the batches' ends.
                if let stored = record.stored, stored.importID == pending.tally.importID { pending.tally.report.missing -= 1 }
            } else if saysMore || claimsMore || hangsMore {
                if hangsMore { pending.tally.report.changed += 1 } else { changed.append(copy) }
            } else {
                pending.tally.report.unchanged += 1
            }
        }
        // Two copies may tell of the same run of changes twice; what counts is whether the post came out as it was.
        for copy in changed {
            let record = copy.record
            if let stored = record.stored, record.row.says(the: stored), !record.saysElseOfParent {
                copy.copy.tally.report.unchanged += 1
                (record.row.importID, record.row.textImportID) = (stored.importID, stored.textImportID)
            } else {
                copy.copy.tally.report.changed += 1
            }
        }
    }

    /// Returns whether the row says anything else than before, and how old the copy is against it.
    private func mergeRow(_ copy: ResolvedCopy) throws -> (saysMore: Bool, age: CopyAge) {
        let (pending, record) = (copy.copy, copy.record)
        let (isMissing, isMail) = (record.row.state == .missing, pending.post.source.kind == "mail")
        if pending.post.state == .missing {
            if record.row.place == nil { record.row.place = pending.post.place }
            if let title = pending.post.title { try nameGhost(record.id, title) }
            return (false, .same)
        }
        if isMissing { try forgetGuesses(of: record) }
        if isMail { record.isMail = true }
        let author = try authorID(of: copy)
        if isMissing, record.isNew {
            record.row.fill(pending.post, authorID: author, importID: pending.tally.importID)
            record.mustDecide = true
            session.met.insert(record.id)
            if !record.row.text.isEmpty { session.seen.insert(record.id) }
            return (true, .newer)
        }
        let post = pending.post
        let before = record.row
        var merged = PostCopy(post: post, authorID: author, authorKey: post.author?.key, importID: pending.tally.importID)
        // It was found to repeat what it answers, or it had no subject; the same copy again tells nothing new.
        if isMail, !isMissing, before.title == nil, let title = post.title, BaseSubject(title).isReply { merged.post.title = nil }
        let context = MergeContext(
            firstImportOfRun: session.firstImport,
            rowIsOfRun: session.met.contains(record.id),
            textIsOfRun: session.seen.contains(record.id),
            isImmutable: isMail,
            storedAuthorKey: { [db] in
                try before.authorID.flatMap { try String.fetchOne(db.cachedStatement(sql: SQL.authorKey), arguments: [$0]) }
            },
            isSuperseded: { [db] text in
                try record.revisions.contains { $0.title == text.title && $0.body == text.body }
                    || Bool.fetchOne(db.cachedStatement(sql: SQL.isSuperseded), arguments: [before.id, text.title, text.body])
                        ?? false
            })
        let (age, stateAge) = (record.row.age(of: merged, context), record.row.stateAge(of: merged, context))
        let superseded = try record.row.merge(merged, context)
        record.revisions += superseded
        if record.row.state != .missing, record.row.markup == nil, record.row.body != nil { record.row.markup = post.markup }
        // What others say of it applied only while it was missing.
        if before.state == .missing { record.mustDecide = true }
        if stateAge != .older { session.met.insert(record.id) }
        if !merged.text.isEmpty, !record.row.text.contradicts(merged.text) { session.seen.insert(record.id) }
        if record.row.createdAt != before.createdAt, !record.isNew { try datesMoved(record) }
        return (!record.row.says(the: before), age)
    }

    private func authorID(of copy: ResolvedCopy) throws -> Int64? {
        guard let author = copy.copy.post.author else { return nil }
        let date = author.isNameless ? nil : copy.copy.post.createdAt
        let id = try session.names.author(author, source: copy.source, date: date, db)
        if session.names.newAuthors > 0 {
            copy.copy.tally.report.authors += session.names.newAuthors
            session.names.newAuthors = 0
        }
        return id
    }

    /// What was thought of a ghost ends when it speaks for itself: its title, and a parent by its subject.
    private func forgetGuesses(of record: PostRecord) throws {
        record.row.title = nil
        record.sideRows.removeAll { $0 == .inference(.titleOfGhost) }
        if record.isNew { return }
        if record.stored?.title != nil { try db.cachedStatement(sql: SQL.forgetTitle).execute(arguments: [record.id]) }
        try loadClaims(record)
        record.claims?.removeAll { $0.rank == .ownInferred && $0.basis == .subject }
    }

    /// A date decides between witnesses and in cycles, so whoever may be decided by this one is decided again.
    private func datesMoved(_ record: PostRecord) throws {
        for child in try Int64.fetchAll(db.cachedStatement(sql: SQL.witnessed), arguments: [record.id]) {
            try self.record(child)?.mustDecide = true
        }
    }

    /// Returns whether the copy hangs something new on a stored post. What hangs on a new one counts with it.
    private func addSideRows(_ copy: ResolvedCopy) throws -> Bool {
        let (pending, record) = (copy.copy, copy.record)
        if !pending.post.hasSideRows { return false }
        let post = pending.post
        // How a ghost's title is known is said where it gets it (`nameGhost`), the same for all.
        let inferences = post.inferences.filter { post.state != .missing || $0.what != .title }
        var rows: [SideRow] = inferences.map { .inference($0) } + post.attachments.map { .attachment($0) }
        rows += post.tags.map { .tag($0) } + post.marks.map { .mark($0) }
        for forum in post.forums { rows.append(.forum(try session.names.forum(forum, source: copy.source, db))) }
        for link in post.links {
            guard let target = try row(of: link.target, source: copy.source, of: copy), target != record.id else { continue }
            rows.append(.link(target: target, kind: link.kind, evidence: link.evidence))
        }
        for revision in post.revisions where !(revision.title == record.row.title && revision.body == record.row.body) {
            let known =
                try record.isNew
                ? false
                : Bool.fetchOne(db.cachedStatement(sql: SQL.isSuperseded), arguments: [record.id, revision.title, revision.body])
                    ?? false
            if !known, !record.revisions.contains(revision) { record.revisions.append(revision) }
        }
        var hasNew = false
        for row in rows where !record.sideRows.contains(row) {
            if try !record.isNew && isStored(row, of: record) { continue }
            record.sideRows.append(row)
            hasNew = true
        }
        return hasNew
    }

    private func isStored(_ side: SideRow, of record: PostRecord) throws -> Bool {
        let (sql, arguments): (String, StatementArguments) =
            switch side {
            case .forum(let forum): (SQL.hasForum, [record.id, forum])
            case .link(let target, let kind, let evidence): (SQL.hasLink, [record.id, target, kind, evidence])
            case .inference(let i): (SQL.hasInference, [record.id, i.what.rawValue, i.basis, i.confidence, i.evidence])
            case .attachment(let a): (SQL.hasAttachment, [record.id, a.name, a.type, a.size])
            case .mark(let m): (SQL.hasMark, [record.id, m.scope.rawValue, m.kind.rawValue, m.text])
            case .tag(let tag): (SQL.hasTag, [record.row.threadID, tag])
            }
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) ?? false
    }
}

extension ImportedPost {
    /// Whether anything is to be written beside the post itself; of most there is nothing.
    fileprivate var hasSideRows: Bool {
        !(inferences.isEmpty && attachments.isEmpty && tags.isEmpty && marks.isEmpty && forums.isEmpty && links.isEmpty
            && revisions.isEmpty)
    }
}

private enum SQL {
    static let authorKey = "SELECT source_key FROM authors WHERE id = ?"
    static let isSuperseded = "SELECT EXISTS (SELECT 1 FROM post_revisions WHERE post_id = ? AND title IS ? AND body IS ?)"
    static let witnessed = """
        SELECT post_id FROM replies WHERE witness_id = ?1 UNION SELECT child_id FROM reply_claims WHERE witness_id = ?1
        """
    static let forgetTitle = "DELETE FROM inferences WHERE post_id = ? AND what = 'title'"
    static let hasForum = "SELECT EXISTS (SELECT 1 FROM post_forums WHERE post_id = ? AND forum_id = ?)"
    static let hasLink = """
        SELECT EXISTS (SELECT 1 FROM links WHERE from_post_id = ? AND to_post_id = ? AND kind = ? AND evidence IS ?)
        """
    static let hasInference = """
        SELECT EXISTS (SELECT 1 FROM inferences WHERE post_id = ? AND what = ? AND basis = ? AND confidence = ? AND evidence IS ?)
        """
    static let hasAttachment = """
        SELECT EXISTS (SELECT 1 FROM attachments WHERE post_id = ? AND name IS ? AND type IS ? AND size IS ?)
        """
    static let hasMark = """
        SELECT EXISTS (SELECT 1 FROM marks WHERE post_id = ? AND scope = ? AND kind = ? AND text = ?)
        """
    static let hasTag = "SELECT EXISTS (SELECT 1 FROM tags WHERE thread_id = ? AND tag = ?)"
}
