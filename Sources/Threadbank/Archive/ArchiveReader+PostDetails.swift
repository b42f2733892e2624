// Reading one post and everything that is known about it.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// One post; nil where there is none.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func post(_ id: Post.ID) throws(ThreadbankError) -> Post? {
        try read { db in try Row.fetchOne(db, sql: SQL.post, arguments: [id.rawValue]).map(PostRows.post) }
    }

    /// One post whole: what it answers, what answers it, where it came from, and how each of that is known; nil where there is none.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(ancestors + direct replies).
    public func postDetails(_ id: Post.ID) throws(ThreadbankError) -> PostDetails? {
        try read { db in
            let number = id.rawValue
            guard var post = try Row.fetchOne(db, sql: SQL.post, arguments: [number]).map(PostRows.post),
                var thread = try ThreadRows.fetch(db, post.threadID.rawValue),
                let origin = try Row.fetchOne(db, sql: SQL.origin, arguments: [number])
            else { return nil }
            post.attachments = try rows(db, SQL.attachments, number) { Attachment(name: $0[0], type: $0[1], size: $0[2]) }
            thread.tags = try String.fetchAll(db, sql: SQL.tags, arguments: [post.threadID.rawValue])
            var details = PostDetails(post: post, thread: thread, provenance: ImportRows.record(origin, at: 3))
            details.aliases = try String.fetchAll(db, sql: SQL.aliases, arguments: [number])
            details.citation = (post.sourceKey ?? details.aliases.first).map {
                Citation(kind: origin[0], name: origin[1], key: $0).description
            }
            details.witness = (origin[2] as Int64?).map(Post.ID.init(rawValue:))
            details.author = try Row.fetchOne(db, sql: SQL.author, arguments: [number]).map(AuthorRows.author)
            details.ancestors = try ancestors(db, of: post)
            details.quotes = try quotes(db, of: post, details.ancestors)
            details.replies = try rows(db, SQL.replies, number, SummaryRows.summary)
            details.linksOut = try rows(db, SQL.linksOut, number, link)
            details.linksIn = try rows(db, SQL.linksIn, number, link)
            details.lostClaims = try rows(db, SQL.claims, number, claim)
            details.revisions = try rows(db, SQL.revisions, number) { Revision(seenAt: $0[0], title: $0[1], body: $0[2]) }
            details.forums = try String.fetchAll(db, sql: SQL.forums, arguments: [number])
            details.tags = thread.tags
            details.marks = try rows(db, MarkRows.atPost, number, MarkRows.mark).compactMap(\.self)
            details.inferences = try rows(db, SQL.inferences, number) { row in
                Inference.Subject(rawValue: row[0]).map { Inference($0, basis: row[1], confidence: row[2], evidence: row[3]) }
            }.compactMap(\.self)
            details.attachments = post.attachments
            return details
        }
    }
}

private func rows<T>(_ db: Database, _ sql: String, _ id: Int64, _ value: (Row) -> T) throws -> [T] {
    var values: [T] = []
    let cursor = try Row.fetchCursor(db, sql: sql, arguments: [id])
    while let row = try cursor.next() { values.append(value(row)) }
    return values
}

/// The rows come in no promised order, so the line is walked here.
private func ancestors(_ db: Database, of post: Post) throws -> [PostSummary] {
    let pairs = try rows(db, SQL.ancestors, post.id.rawValue) { (SummaryRows.summary($0), $0[SummaryRows.count] as Int64?) }
    var left = Dictionary(uniqueKeysWithValues: pairs.map { ($0.0.id, $0) })
    var line: [PostSummary] = []
    var next = post.parentID
    while let id = next, let (summary, parent) = left.removeValue(forKey: id) {
        line.append(summary)
        next = parent.map(Post.ID.init(rawValue:))
    }
    return line.reversed()
}

/// The nearest post above that holds the words is taken; beyond so many nobody looks.
private func quotes(_ db: Database, of post: Post, _ ancestors: [PostSummary]) throws -> [PostDetails.Quote] {
    let quotations = QuotedLines(post.body ?? "", post.markup).quotations.prefix(50)
    if quotations.isEmpty { return [] }
    let above = ancestors.suffix(100).reversed().map { $0 }
    let texts = try above.map { try String.fetchOne(db, sql: SQL.text, arguments: [$0.id.rawValue]) ?? "" }
    return quotations.compactMap { text in
        QuoteFinder.source(of: text, in: texts).map { PostDetails.Quote(post: above[$0], text: text) }
    }
}

private func link(_ row: Row) -> PostDetails.Link {
    PostDetails.Link(other: SummaryRows.summary(row), kind: row[SummaryRows.count], evidence: row[SummaryRows.count + 1])
}

private func claim(_ row: Row) -> PostDetails.Claim {
    PostDetails.Claim(
        parent: Post.ID(rawValue: row[0]), reply: PostRows.evidence(row, at: 3) ?? ReplyEvidence(basis: .native),
        witness: (row[1] as Int64?).map(Post.ID.init(rawValue:)), inCycle: row[2])
}

private enum SQL {
    static let post = PostRows.select + " WHERE p.id = ?"

    static let origin = """
        SELECT s.kind, s.name, e.witness_id, \(ImportRows.columns)
          FROM posts p JOIN sources s ON s.id = p.source_id JOIN imports i ON i.id = p.import_id
          LEFT JOIN replies e ON e.post_id = p.id
         WHERE p.id = ?
        """

    static let author = """
        SELECT \(AuthorRows.columns), (SELECT count(*) FROM posts q WHERE q.author_id = a.id),
               (SELECT min(q.created_at) FROM posts q WHERE q.author_id = a.id),
               (SELECT max(q.created_at) FROM posts q WHERE q.author_id = a.id)
          FROM posts p JOIN authors a ON a.id = p.author_id JOIN sources s ON s.id = a.source_id
         WHERE p.id = ?
        """

    /// UNION drops what it has seen, so that even a cycle, which must not be, would end.
    static let ancestors = """
        WITH RECURSIVE line(id) AS (
          SELECT parent_id FROM replies WHERE post_id = ? AND parent_id IS NOT NULL
          UNION SELECT e.parent_id FROM line JOIN replies e ON e.post_id = line.id WHERE e.parent_id IS NOT NULL
        )
        SELECT \(SummaryRows.columns), e.parent_id
          FROM line JOIN posts p ON p.id = line.id LEFT JOIN authors a ON a.id = p.author_id
          LEFT JOIN replies e ON e.post_id = p.id
        """

    static let replies = """
        SELECT \(SummaryRows.columns)
          FROM replies e JOIN posts p ON p.id = e.post_id LEFT JOIN authors a ON a.id = p.author_id
         WHERE e.parent_id = ?
         ORDER BY p.created_at NULLS LAST, p.place NULLS LAST, p.source_key NULLS LAST, p.id
        """

    static let linksOut = """
        SELECT \(SummaryRows.columns), l.kind, l.evidence
          FROM links l JOIN posts p ON p.id = l.to_post_id LEFT JOIN authors a ON a.id = p.author_id
         WHERE l.from_post_id = ? ORDER BY l.kind, p.id
        """

    static let linksIn = """
        SELECT \(SummaryRows.columns), l.kind, l.evidence
          FROM links l JOIN posts p ON p.id = l.from_post_id LEFT JOIN authors a ON a.id = p.author_id
         WHERE l.to_post_id = ? ORDER BY l.kind, p.id
        """

    static let claims = """
        SELECT parent_id, witness_id, in_cycle, basis, confidence, evidence
          FROM reply_claims WHERE child_id = ? ORDER BY confidence DESC, parent_id, witness_id
        """

    static let revisions =
        "SELECT seen_at, title, body FROM post_revisions WHERE post_id = ? ORDER BY seen_at DESC NULLS LAST, rowid DESC"
    static let text = "SELECT COALESCE(title, '') || char(10) || COALESCE(body, '') FROM posts WHERE id = ?"
    static let aliases = "SELECT alias FROM post_aliases WHERE post_id = ? ORDER BY alias"
    static let forums = "SELECT f.name FROM post_forums x JOIN forums f ON f.id = x.forum_id WHERE x.post_id = ? ORDER BY f.name"
    static let tags = "SELECT tag FROM tags WHERE thread_id = ? ORDER BY tag"
    static let inferences = "SELECT what, basis, confidence, evidence FROM inferences WHERE post_id = ? ORDER BY what"
    static let attachments = "SELECT name, type, size FROM attachments WHERE post_id = ? ORDER BY name"
}
