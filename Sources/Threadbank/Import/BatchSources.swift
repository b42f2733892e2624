// Step 0, second half: posts of a site whose name their input does not tell stand with those of inputs that do.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Kinds whose sites have names that some of their inputs do not tell: Discourse's raw text names no host.
    private static let kinds = ["discourse"]

    /// Gives copies of an unnamed site the name of the site that has the same topics, in this batch or in the archive; and where the
    /// archive holds topics of an unnamed site that this batch shows under a name, these move there. Topics that look alike only by
    /// number stay apart.
    func nameSources(_ copies: inout [PendingCopy]) throws {
        let concerned = copies.indices.filter {
            // Asked of every copy: comparing with a few names is quicker than hashing one.
            let kind = copies[$0].post.source.kind
            return Self.kinds.contains { $0 == kind } && copies[$0].post.thread != nil && !copies[$0].post.aliases.isEmpty
        }
        if concerned.isEmpty { return }
        try moveTopics(copies, concerned)
        try nameCopies(&copies, concerned)
    }

    private func nameCopies(_ copies: inout [PendingCopy], _ concerned: [Int]) throws {
        let unnamed = concerned.filter { copies[$0].post.source.name.isEmpty }
        if unnamed.isEmpty { return }
        var named = NamedPosts()
        for index in concerned where !copies[index].post.source.name.isEmpty { named.add(copies[index].post) }
        let kind = copies[unnamed[0]].post.source.kind
        let sources = try Row.fetchAll(db, sql: SQL.named, arguments: [kind]).map { row in
            (id: row[0] as Int64, reference: SourceReference(kind: kind, name: row[1], url: row[2], urlTemplate: row[3]))
        }
        if session.topicNames.count > 10_000 { session.topicNames = [:] }
        for index in unnamed where copies[index].post.state != .missing {
            let post = copies[index].post
            let topic = TopicOfInput(copies[index])
            var found = named.sources(of: post) + [session.topicNames[topic]].compactMap(\.self)
            for source in sources where try isShown(post, in: source.id) { found.append(source.reference) }
            // Of several sites that fit, the one with the smallest name: the order of inputs must not matter.
            session.topicNames[topic] = found.min { $0.name < $1.name }
        }
        for index in unnamed {
            guard let source = session.topicNames[TopicOfInput(copies[index])] else { continue }
            copies[index] = copies[index].changing { $0.source = source }
        }
    }

    /// Topics of the unnamed site that copies of this batch show to be a named one's.
    private func moveTopics(_ copies: [PendingCopy], _ concerned: [Int]) throws {
        guard let kind = concerned.first.map({ copies[$0].post.source.kind }),
            let unnamed = try Int64.fetchOne(db, sql: SQL.unnamed, arguments: [kind])
        else { return }
        var moved: Set<String> = []
        for index in concerned where !copies[index].post.source.name.isEmpty && copies[index].post.state != .missing {
            let post = copies[index].post
            guard let topic = post.thread?.key, !moved.contains(topic), let thread = try threadRecord(unnamed, topic)?.id,
                try isShown(post, in: unnamed)
            else { continue }
            moved.insert(topic)
            try moveTopic(thread, to: post.source)
        }
        strandedSource = moved.isEmpty ? nil : unnamed
    }

    private func moveTopic(_ thread: Int64, to reference: SourceReference) throws {
        guard let topic = try threadRecord(thread), let key = topic.values.key else { return }
        let source = try session.names.source(reference, db)
        let container = try threadRecord(source, key)
        for row in try PostRow.load(db, thread: thread) {
            guard let record = try record(row.id) else { continue }
            let hasReal = try row.sourceKey.map { try find(NameKey(source: source, isAlias: false, text: $0)) != nil } ?? false
            guard !hasReal, try moveAliases(of: record, to: source) else { continue }
            record.row.sourceID = source
            if let key = row.sourceKey { session.keys?.insert(NameKey(source: source, isAlias: false, text: key)) }
            // What its input still has to say of the topic goes there too.
            session.topicNames[TopicOfInput(importID: row.importID, kind: reference.kind, topic: key)] = reference
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
            guard let other = try self.record(other) else { continue }
            if record.isNamelessGhost {
                try absorb(record, into: other)
                return false
            }
            guard other.isNamelessGhost else { return false }
            try absorb(other, into: record)
        }
        for alias in aliases {
            known[NameKey(source: record.row.sourceID, isAlias: true, text: alias)] = nil
            give(NameKey(source: source, isAlias: true, text: alias), to: record.id)
        }
        try db.execute(sql: SQL.moveAliases, arguments: [source, record.id])
        return true
    }

    /// Whether the archive holds the post, or its topic under the same title, in that source.
    private func isShown(_ post: ImportedPost, in source: Int64) throws -> Bool {
        if let thread = post.thread, let title = thread.title, try threadRecord(source, thread.key)?.values.title == title {
            return true
        }
        return try post.aliases.contains { alias in
            try Row.fetchOne(db.cachedStatement(sql: SQL.fingerprint), arguments: [source, alias])
                .map { Fingerprint($0).matches(Fingerprint(post)) } ?? false
        }
    }

    /// Authors of the unnamed site whose posts have all moved.
    func sweepStranded() throws {
        guard let strandedSource else { return }
        try AuthorIndex.restore(db)
        try db.execute(sql: SQL.sweepAuthors, arguments: [strandedSource])
        session.names.forgetAuthors()
    }
}

extension PostRecord {
    fileprivate var isNamelessGhost: Bool { row.state == .missing && row.sourceKey == nil }
}

/// A topic of one input.
struct TopicOfInput: Hashable {
    var importID: Int64
    var kind: String
    var topic: String

}

extension TopicOfInput {
    init(_ copy: PendingCopy) {
        self.init(importID: copy.tally.importID, kind: copy.post.source.kind, topic: copy.post.thread?.key ?? "")
    }
}

private enum SQL {
    static let named = "SELECT id, name, url, url_template FROM sources WHERE kind = ? AND name <> '' ORDER BY name"
    static let unnamed = "SELECT id FROM sources WHERE kind = ? AND name = ''"
    /// A key that is but an alias is none.
    static let fingerprint = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM post_aliases k WHERE k.post_id = p.id AND k.alias = p.source_key) THEN NULL
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
