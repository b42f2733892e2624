// Step 0, second half: posts of a site whose name their input does not tell stand with those of inputs that do.

internal import GRDB
internal import ThreadbankCore

/// What tells whether two copies under one alias are one post, though nothing says that their sites are one.
private struct Fingerprint {
    var key: String?
    var author: String?
    var createdAt: Int64?
    var isDateInferred: Bool
    var body: String?

    init(_ post: ImportedPost) {
        key = post.key.flatMap { post.aliases.contains($0) ? nil : $0 }
        author = post.author?.key
        createdAt = post.createdAt
        isDateInferred = post.inferences.contains { $0.what == .date }
        body = post.body
    }

    init(_ row: Row) {
        (key, author, createdAt, isDateInferred, body) = (row[2], row[3], row[4], row[5], row[6])
    }

    /// The same author, dates that go together (an inferred one is that of the last change), and the same key or the same words.
    func matches(_ other: Fingerprint) -> Bool {
        guard let author, author == other.author, let ours = createdAt, let theirs = other.createdAt else { return false }
        switch (isDateInferred, other.isDateInferred) {
        case (false, false): if ours != theirs { return false }
        case (true, false): if ours < theirs { return false }
        case (false, true): if theirs < ours { return false }
        case (true, true): break
        }
        if let key, let theirs = other.key { return key == theirs }
        return Wording.isAlike(body ?? "", other.body ?? "")
    }
}

extension Batch {
    /// Kinds whose sites have names that some of their inputs do not tell: Discourse's raw text names no host.
    private static let kinds: Set<String> = ["discourse"]

    /// Gives copies of an unnamed site the name of the site that has the same topics, in this batch or in the archive; and where the
    /// archive holds topics of an unnamed site that this batch shows under a name, these move there. Topics that look alike only by
    /// number stay apart.
    func nameSources(_ copies: inout [PendingCopy]) throws {
        let concerned = copies.indices.filter {
            let post = copies[$0].post
            return Self.kinds.contains(post.source.kind) && post.thread != nil && !post.aliases.isEmpty
        }
        if concerned.isEmpty { return }
        try nameCopies(&copies, concerned)
        try moveTopics(copies, concerned)
    }

    private func nameCopies(_ copies: inout [PendingCopy], _ concerned: [Int]) throws {
        let unnamed = concerned.filter { copies[$0].post.source.name.isEmpty }
        if unnamed.isEmpty { return }
        var named: [String: [Int]] = [:]
        for index in concerned where !copies[index].post.source.name.isEmpty {
            for alias in copies[index].post.aliases { named[alias, default: []].append(index) }
        }
        let kind = copies[unnamed[0]].post.source.kind
        let sources = try Row.fetchAll(db, sql: SQL.named, arguments: [kind]).map { row in
            (id: row[0] as Int64, reference: SourceReference(kind: kind, name: row[1], url: row[2], urlTemplate: row[3]))
        }
        var topics: [String: SourceReference] = [:]
        for index in unnamed where copies[index].post.state != .missing {
            let post = copies[index].post
            guard let topic = post.thread?.key else { continue }
            let print = Fingerprint(post)
            var found: [SourceReference] = []
            for alias in post.aliases {
                found += (named[alias] ?? []).map { copies[$0].post }.filter { Fingerprint($0).matches(print) }.map(\.source)
                for source in sources {
                    if let row = try row(alias, in: source.id), Fingerprint(row).matches(print) { found.append(source.reference) }
                }
            }
            // Of several sites that fit, the one with the smallest name: the order of inputs must not matter.
            if let best = (found + [topics[topic]].compactMap(\.self)).min(by: { $0.name < $1.name }) { topics[topic] = best }
        }
        for index in unnamed {
            if let source = copies[index].post.thread.flatMap({ topics[$0.key] }) { copies[index].post.source = source }
        }
    }

    /// Topics of the unnamed site that copies of this batch show to be a named one's.
    private func moveTopics(_ copies: [PendingCopy], _ concerned: [Int]) throws {
        guard let kind = concerned.first.map({ copies[$0].post.source.kind }),
            let unnamed = try Int64.fetchOne(db, sql: SQL.unnamed, arguments: [kind])
        else { return }
        var moved: Set<Int64> = []
        for index in concerned where !copies[index].post.source.name.isEmpty && copies[index].post.state != .missing {
            let post = copies[index].post
            for alias in post.aliases {
                guard let row = try row(alias, in: unnamed), Fingerprint(row).matches(Fingerprint(post)) else { continue }
                let thread: Int64 = row[1]
                if moved.insert(thread).inserted { try moveTopic(thread, to: post.source, copies[index].tally) }
            }
        }
        strandedSource = moved.isEmpty ? nil : unnamed
    }

    private func moveTopic(_ thread: Int64, to reference: SourceReference, _ tally: ImportTally) throws {
        guard let topic = try threadRecord(thread), let key = topic.values.key else { return }
        let source = try session.names.source(reference, db)
        let container = try threadRecord(source, key)
        for row in try PostRow.load(db, thread: thread) {
            guard let record = try record(row.id) else { continue }
            let hasReal = try row.sourceKey.map { try find(NameKey(source: source, isAlias: false, text: $0)) != nil } ?? false
            guard !hasReal, try moveAliases(of: record, to: source) else { continue }
            record.row.sourceID = source
            if let author = row.authorID, let known = try Row.fetchOne(db, sql: SQL.author, arguments: [author]) {
                record.row.authorID = try session.names.author(
                    AuthorReference(key: known[0], name: known[1], displayName: known[2], url: known[3]), source: source,
                    date: known[4], db)
            }
            if let container {
                record.container = container.id
                record.mustDecide = true
                leftThreads.append((thread, row.id))
            }
        }
        if container == nil { rename(topic, to: source) }
    }

    /// Returns false where another seen post of the site has one of the aliases, so that the two cannot be made one.
    private func moveAliases(of record: PostRecord, to source: Int64) throws -> Bool {
        let aliases = try String.fetchAll(db, sql: SQL.aliases, arguments: [record.id])
        for alias in aliases {
            guard let other = try find(NameKey(source: source, isAlias: true, text: alias)), other != record.id else { continue }
            guard let ghost = try self.record(other), ghost.row.state == .missing, ghost.row.sourceKey == nil else {
                return false
            }
            try absorb(ghost, into: record)
        }
        for alias in aliases {
            known[NameKey(source: record.row.sourceID, isAlias: true, text: alias)] = nil
            known[NameKey(source: source, isAlias: true, text: alias)] = record.id
        }
        try db.execute(sql: SQL.moveAliases, arguments: [source, record.id])
        return true
    }

    private func row(_ alias: String, in source: Int64) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: SQL.fingerprint), arguments: [source, alias])
    }

    /// Authors of the unnamed site whose posts have all moved.
    func sweepStranded() throws {
        guard let strandedSource else { return }
        try db.execute(sql: SQL.sweepAuthors, arguments: [strandedSource])
        session.names.forgetAuthors()
    }
}

private enum SQL {
    static let named = "SELECT id, name, url, url_template FROM sources WHERE kind = ? AND name <> '' ORDER BY name"
    static let unnamed = "SELECT id FROM sources WHERE kind = ? AND name = ''"
    /// A key that is but an alias is none.
    static let fingerprint = """
        SELECT p.id, p.thread_id,
               CASE WHEN EXISTS (SELECT 1 FROM post_aliases k WHERE k.post_id = p.id AND k.alias = p.source_key) THEN NULL
                    ELSE p.source_key END,
               a.source_key, p.created_at,
               EXISTS (SELECT 1 FROM inferences i WHERE i.post_id = p.id AND i.what = 'date'), p.body
          FROM post_aliases x JOIN posts p ON p.id = x.post_id LEFT JOIN authors a ON a.id = p.author_id
         WHERE x.source_id = ? AND x.alias = ?
        """
    static let author = "SELECT source_key, name, display_name, url, named_at FROM authors WHERE id = ?"
    static let aliases = "SELECT alias FROM post_aliases WHERE post_id = ?"
    static let moveAliases = "UPDATE post_aliases SET source_id = ? WHERE post_id = ?"
    static let sweepAuthors = """
        DELETE FROM authors WHERE source_id = ? AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.author_id = authors.id)
        """
}
