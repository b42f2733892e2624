// Step 1: every copy and every post that a copy names finds its row, by key or alias, or gets a new one.

internal import GRDB
internal import ThreadbankCore

/// A copy whose row is known.
struct ResolvedCopy {
    let copy: PendingCopy
    let source: Int64
    let record: PostRecord
}

extension Batch {
    /// Copies first, then what they refer to: a post that stands later in the batch is no ghost.
    func resolve(_ copies: [PendingCopy]) throws -> [ResolvedCopy] {
        var resolved: [(copy: PendingCopy, source: Int64, id: Int64)] = []
        resolved.reserveCapacity(copies.count)
        for copy in copies {
            let source = try session.names.source(copy.post.source, db)
            if session.hasErased, let key = copy.post.key, try isErased(copy.post.source, key) {
                copy.tally.report.rejected += 1
                copy.tally.report.read += 1
                copy.tally.refusals.append(ImportDiagnostic(at: .whole, "erased earlier by forget; left out", detail: key))
                continue
            }
            resolved.append((copy, source, try register(copy, source)))
        }
        return try resolved.compactMap { copy, source, id in
            guard let record = try record(id) else { return nil }
            return ResolvedCopy(copy: copy, source: source, record: record)
        }
    }

    /// The record of a row, loaded where it is not in the batch yet. Follows rows that were found to be one.
    func record(_ id: Int64) throws -> PostRecord? {
        let id = current(id)
        if let record = records[id] { return record }
        guard let row = try PostRow.load(db, id: id) else { return nil }
        let record = PostRecord(stored: row)
        records[id] = record
        return record
    }

    /// The row of a post that a copy names; a ghost is made where nothing is known of it. Nil where it was erased for good.
    func row(of reference: PostReference, source: Int64, of copy: ResolvedCopy) throws -> Int64? {
        let key = NameKey(source, reference)
        if let id = try find(key) { return id }
        if session.hasErased, !key.isAlias, try isErased(copy.copy.post.source, key.text) { return nil }
        let id = session.takePostID()
        let row = PostRow(
            ghost: id, sourceID: source, importID: copy.copy.tally.importID, key: key.isAlias ? nil : key.text)
        let record = PostRecord(new: row)
        record.mustDecide = true
        record.tally = copy.copy.tally
        records[id] = record
        give(key, to: id)
        if key.isAlias { newAliases.append((key, id)) }
        return id
    }

    /// A ghost stands in the container of the posts that name it; of several, in that with the smallest key.
    func adopt(_ post: Int64, by copy: ResolvedCopy) throws {
        // Of every copy that names it, also of those whose post is now known to stand elsewhere, so that their order does not matter.
        guard let thread = copy.copy.post.thread, try isMissing(post),
            let container = try threadRecord(copy.source, thread.key)?.id, let ghost = try record(post)
        else { return }
        let current = ghost.container ?? (ghost.row.isInContainer ? ghost.row.threadID : nil)
        if let current {
            let keys = try (threadRecord(current)?.values.key ?? "", threadRecord(container)?.values.key ?? "")
            if keys.0 <= keys.1 { return }
        }
        ghost.container = container
        ghost.row.isInContainer = true
        ghost.mustDecide = true
    }

    private func register(_ copy: PendingCopy, _ source: Int64) throws -> Int64 {
        var keys = copy.post.aliases.map { NameKey(source: source, isAlias: true, text: $0) }
        if let key = copy.post.key { keys.insert(NameKey(source: source, isAlias: false, text: key), at: 0) }
        var id: Int64?
        var unknown: [NameKey] = []
        var won: [(alias: NameKey, holder: Int64)] = []
        for key in keys {
            guard let found = try find(key) else {
                unknown.append(key)
                continue
            }
            // An alias that another post with a key of its own holds was used twice; the post with the smaller key holds it.
            if key.isAlias, let own = copy.post.key, !copy.post.aliases.contains(own),
                let theirs = try record(found)?.row.sourceKey, theirs != own, try !isProvisional(theirs, of: found, source)
            {
                if NaturalOrder.precedes(own, theirs) { won.append((key, found)) }
                continue
            }
            if let first = id, first != found { id = try unite(first, found, copy.tally) } else { id = found }
        }
        let isFresh = id == nil
        let owner = id ?? session.takePostID()
        if isFresh {
            records[owner] = PostRecord(
                new: PostRow(ghost: owner, sourceID: source, importID: copy.tally.importID, key: copy.post.key))
        }
        for (alias, holder) in won { try hand(alias, from: holder, to: owner) }
        for key in unknown {
            give(key, to: owner)
            if key.isAlias { newAliases.append((key, owner)) }
        }
        // A ghost that was known by an alias alone takes its real key; so does a post whose key was but an alias.
        if !isFresh, let key = copy.post.key, let record = try record(owner), record.row.sourceKey != key {
            let isReal = !copy.post.aliases.contains(key)
            if try record.row.sourceKey.map({ try isReal && isProvisional($0, of: owner, source) }) ?? true {
                record.row.sourceKey = key
                give(NameKey(source: source, isAlias: false, text: key), to: owner)
            }
        }
        return owner
    }

    /// Gives an alias to another post. Who hung from its holder because it opens what they stand in (basis `order`) hangs from that post:
    /// so it does not matter which of the two was met first.
    private func hand(_ alias: NameKey, from holder: Int64, to owner: Int64) throws {
        give(alias, to: owner)
        newAliases.append((alias, owner))
        for child in try Int64.fetchAll(db.cachedStatement(sql: SQL.inOrder), arguments: [holder]) {
            guard let record = try record(child) else { continue }
            try loadClaims(record)
            for index in record.claims?.indices ?? 0..<0 where record.claims?[index].isOrder(of: holder) == true {
                record.claims?[index].parent = owner
            }
            record.claims?.removeAll { $0.parent == record.id }
            record.mustDecide = true
        }
    }

    /// Whether a post's key is one of its aliases, because no copy has told its id yet.
    private func isProvisional(_ key: String, of post: Int64, _ source: Int64) throws -> Bool {
        try find(NameKey(source: source, isAlias: true, text: key)) == current(post)
    }

    /// Notes the row that a key or an alias leads to from now on.
    func give(_ key: NameKey, to id: Int64) {
        known[key] = id
        session.keys?.insert(key)
    }

    func find(_ key: NameKey) throws -> Int64? {
        if let id = known[key] { return current(id) }
        if let keys = session.keys, !keys.mayContain(key) { return nil }
        let statement = try key.isAlias ? statement(.byAlias, SQL.byAlias) : statement(.byKey, SQL.byKey)
        statement.bind(1, key.source)
        statement.bind(2, key.text)
        guard let id = try statement.number() else { return nil }
        known[key] = id
        return id
    }

    /// Two rows that a copy shows to be one. Only a ghost without a key of its own gives way; where both have keys, the alias
    /// was wrong or used again, and the first row stays as it is.
    private func unite(_ first: Int64, _ second: Int64, _ tally: ImportTally) throws -> Int64 {
        guard let a = try record(first), let b = try record(second) else { return first }
        let (kept, ghost) = b.row.sourceKey == nil ? (a, b) : (b, a)
        guard ghost.row.sourceKey == nil, ghost.row.state == .missing else { return first }
        if !ghost.isNew, !kept.isNew, ghost.row.importID == tally.importID { tally.report.missing -= 1 }
        try absorb(ghost, into: kept)
        return kept.id
    }

    private func isErased(_ source: SourceReference, _ key: String) throws -> Bool {
        let digest = Erasure.digest(kind: source.kind, name: source.name, key: key)
        return try Bool.fetchOne(db.cachedStatement(sql: SQL.isErased), arguments: [digest]) ?? false
    }
}

/// Erased keys are kept as hashes only.
enum Erasure {
    static func digest(kind: String, name: String, key: String) -> String {
        SHA256Hash.hex(of: "\(kind)\u{0}\(name)\u{0}\(key)")
    }
}

extension ParentClaim {
    fileprivate func isOrder(of holder: Int64) -> Bool { basis == .order && witness == nil && parent == holder }
}

private enum SQL {
    static let inOrder = """
        SELECT post_id FROM replies WHERE parent_id = ?1 AND basis = 'order' AND witness_id IS NULL
        UNION SELECT child_id FROM reply_claims WHERE parent_id = ?1 AND basis = 'order' AND witness_id IS NULL
        """
    static let byKey = "SELECT id FROM posts WHERE source_id = ? AND source_key = ?"
    static let byAlias = "SELECT post_id FROM post_aliases WHERE source_id = ? AND alias = ?"
    static let isErased = "SELECT EXISTS (SELECT 1 FROM erased WHERE key_sha256 = ?)"
}
