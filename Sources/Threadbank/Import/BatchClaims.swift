// Step 2, second half: what a copy says of its parent, and of the parents of the posts it names, becomes claims.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Adds a copy's statements. Returns whether the post's own ones changed.
    func addClaims(_ copy: ResolvedCopy, _ age: CopyAge) throws -> Bool {
        let (pending, record) = (copy.copy, copy.record)
        if record.isNew { record.mustDecide = true }
        guard pending.post.parent != nil || !pending.post.claims.isEmpty else { return false }
        try loadClaims(record)
        var hasChanged = false
        var parent: Int64?
        if let statement = pending.post.parent, let claim = try claim(statement, copy) {
            parent = claim.parent
            hasChanged = try add(own: claim, to: record, age, copyIsGuess: pending.post.state == .missing)
            if let parent, let title = pending.post.parentTitle {
                let top = try pending.post.ancestors.last.flatMap { try row(of: $0, source: copy.source, of: copy) }
                try nameGhost(top ?? parent, title)
            }
        }
        for statement in pending.post.claims {
            guard let claim = try claim(statement, copy),
                record.claims?.contains(where: { $0.agrees(with: claim) && $0.rank == claim.rank }) == false
            else { continue }
            record.claims?.append(claim)
            record.mustDecide = true
            hasChanged = true
        }
        if let parent, !pending.post.ancestors.isEmpty { try addAncestors(pending.post.ancestors, above: parent, copy) }
        return hasChanged
    }

    /// Of what its answers say of a ghost's title the smallest stays, so that their order does not matter.
    func nameGhost(_ post: Int64, _ title: String) throws {
        guard !title.isEmpty, try isMissing(post), let ghost = try record(post) else { return }
        ghost.row.title = min(ghost.row.title ?? title, title)
        // It names no witness, so that it does not depend on which answer came first.
        ghost.addSide(.inference(.titleOfGhost))
    }

    /// Reads the stored claims of a post, the winner among them, once.
    func loadClaims(_ record: PostRecord) throws {
        guard record.claims == nil else { return }
        var claims: [ParentClaim] = []
        for row in try Row.fetchAll(db.cachedStatement(sql: SQL.claims), arguments: [record.id]) {
            claims.append(
                ParentClaim(
                    child: record.id, parent: row[0], basis: ReplyBasis(rawValue: row[1]) ?? .native, confidence: row[2],
                    evidence: row[3], witness: row[4], witnessDate: row[5], witnessKey: row[6] ?? "", parentKey: row[7] ?? ""))
            if row[8] == 1 { record.storedParent = row[0] }
        }
        record.claims = claims
        record.storedClaims = claims
        record.parent = record.storedParent
    }

    private func claim(_ statement: ParentStatement, _ copy: ResolvedCopy) throws -> ParentClaim? {
        var claim = ParentClaim(
            child: copy.record.id, parent: nil, basis: statement.basis, confidence: statement.confidence,
            evidence: statement.evidence)
        if let witness = statement.witness {
            guard let id = try row(of: witness, source: copy.source, of: copy), let known = try record(id)?.row else {
                return nil
            }
            (claim.witness, claim.witnessDate, claim.witnessKey) = (id, known.createdAt, known.sourceKey ?? "")
        }
        guard let reference = statement.parent else { return statement.basis == .manual ? claim : nil }
        guard let parent = try row(of: reference, source: copy.source, of: copy), parent != copy.record.id else { return nil }
        // A hand says who answers whom, not what the origin keeps together.
        if statement.witness == nil, statement.basis != .manual { try adopt(parent, by: copy) }
        claim.parent = parent
        if claim.witness != nil { claim.parentKey = try key(of: parent) }
        return claim
    }

    /// A post has one statement of each rank: that of its current copy. Between copies of one age the surer one stays, then the one
    /// whose parent has the smaller key.
    private func add(own claim: ParentClaim, to record: PostRecord, _ age: CopyAge, copyIsGuess: Bool) throws -> Bool {
        guard let index = record.claims?.firstIndex(where: { $0.rank == claim.rank }), let old = record.claims?[index] else {
            record.claims?.append(claim)
            record.mustDecide = true
            return true
        }
        if old == claim || age == .older { return false }
        // A tie by subject is worked out anew over all posts, so the last one holds.
        if age == .same, !(copyIsGuess && old.basis == .subject) {
            if old.confidence != claim.confidence {
                if old.confidence > claim.confidence { return false }
            } else if try key(of: old.parent) <= key(of: claim.parent) {
                return false
            }
        }
        record.claims?[index] = claim
        record.mustDecide = true
        return true
    }

    /// The posts that a copy names on the way to its root: each answers the next. This applies only to posts that were never seen; what
    /// is said of others is kept where it differs from what they say themselves.
    private func addAncestors(_ ancestors: [PostReference], above parent: Int64, _ copy: ResolvedCopy) throws {
        guard let statement = copy.copy.post.parent else { return }
        var child = parent
        for reference in ancestors {
            guard let next = try row(of: reference, source: copy.source, of: copy) else { return }
            try adopt(next, by: copy)
            defer { child = next }
            guard child != next, child != copy.record.id, next != copy.record.id else { continue }
            let claim = ParentClaim(
                child: child, parent: next, basis: statement.basis, confidence: statement.confidence, witness: copy.record.id,
                witnessDate: copy.record.row.createdAt, witnessKey: copy.record.row.sourceKey ?? "",
                parentKey: try key(of: next))
            try add(witness: claim)
        }
    }

    private func add(witness claim: ParentClaim) throws {
        if records[claim.child] == nil {
            // Most ancestors are known to answer just this post: one look-up instead of loading them.
            if let parent = try parent(of: claim.child), parent == claim.parent, try !isMissing(claim.child) { return }
        }
        guard let record = try record(claim.child) else { return }
        try loadClaims(record)
        if record.row.state != .missing, record.claims?.winner(childIsMissing: false)?.parent == claim.parent { return }
        if let index = record.claims?.firstIndex(where: { $0.rank == .witness && $0.agrees(with: claim) }) {
            guard let old = record.claims?[index], old.witness != claim.witness, claim.precedes(old) else { return }
            record.claims?[index] = claim
        } else {
            record.claims?.append(claim)
        }
        record.mustDecide = true
    }

    private func key(of post: Int64?) throws -> String {
        guard let post else { return "" }
        return try record(post)?.row.sourceKey ?? ""
    }

    func isMissing(_ post: Int64) throws -> Bool {
        if let record = records[post] { return record.row.state == .missing }
        return try place(of: post).isMissing
    }

    /// The stored parent of a post, looked up once a batch.
    func parent(of post: Int64) throws -> Int64? {
        if let known = parentCache[post] { return known }
        let statement = try statement(.parent, SQL.parent)
        statement.bind(1, post)
        let parent = try statement.number()
        parentCache[post] = .some(parent)
        return parent
    }
}

private enum SQL {
    static let claims = """
        SELECT r.parent_id, r.basis, r.confidence, r.evidence, r.witness_id, w.created_at, w.source_key,
               iif(r.witness_id IS NULL, '', (SELECT source_key FROM posts WHERE id = r.parent_id)), 1
          FROM replies r LEFT JOIN posts w ON w.id = r.witness_id WHERE r.post_id = ?1
        UNION ALL
        SELECT c.parent_id, c.basis, c.confidence, c.evidence, c.witness_id, w.created_at, w.source_key,
               iif(c.witness_id IS NULL, '', (SELECT source_key FROM posts WHERE id = c.parent_id)), 0
          FROM reply_claims c LEFT JOIN posts w ON w.id = c.witness_id WHERE c.child_id = ?1
        """
    static let parent = "SELECT parent_id FROM replies WHERE post_id = ?"
}
