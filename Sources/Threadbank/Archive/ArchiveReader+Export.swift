// The archive as copies of posts again, for the interchange format and for other archives.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Calls `body` with every post as an importer would yield it, threads in order of their row ids, in one consistent state.
    /// Importing them all into an empty archive gives the same archive but for row ids and `imports`.
    ///
    /// - parameter thread: only this one; nil for all.
    /// - throws: what `body` throws, or ``ThreadbankError``. Returns how many posts were given.
    public func exportPosts(of thread: DiscussionThread.ID? = nil, _ body: (ImportedPost) throws -> Void) throws -> Int {
        try exportPosts(thread.map { .thread($0) } ?? .all, body)
    }

    /// The same, of what is chosen; a parent that is not among the chosen is named all the same.
    ///
    /// - parameter threadBegins: is told the authors of each thread before its first post, where somebody asks.
    /// - throws: what `body` throws, or ``ThreadbankError`` as ``search(_:)``.
    public func exportPosts(
        _ selection: ExportSelection, threadBegins: (([AuthorReference]) -> Void)? = nil, _ body: (ImportedPost) throws -> Void
    ) throws -> Int {
        var stop: (any Error)?
        let count = try read { db in
            var count = 0
            let export = try PostExport(db)
            let chosen = try SelectionSQL(selection, db)
            let rows = try Row.fetchCursor(db, sql: chosen.posts(SQL.columns), arguments: chosen.arguments)
            var current: Int64?
            while let row = try rows.next() {
                let thread: Int64 = row["thread_id"]
                if let threadBegins, thread != current { threadBegins(try SelectionSQL.authors(of: thread, db)) }
                current = thread
                let post = try export.post(row)
                do { try body(post) } catch {
                    stop = error
                    break
                }
                count += 1
            }
            return count
        }
        if let stop { throw stop }
        return count
    }
}

/// Turns rows back into what an importer yields.
private struct PostExport {
    private let db: Database
    private let sources: [Int64: SourceReference]
    private let forums: [Int64: ForumReference]

    init(_ db: Database) throws {
        self.db = db
        sources = try Row.fetchAll(db, sql: "SELECT id, kind, name, url, url_template FROM sources").reduce(into: [:]) {
            $0[$1[0]] = SourceReference(kind: $1[1], name: $1[2], url: $1[3], urlTemplate: $1[4])
        }
        forums = try Row.fetchAll(db, sql: "SELECT id, source_key, name, url FROM forums").reduce(into: [:]) {
            $0[$1[0]] = ForumReference(key: $1[1], name: $1[2], url: $1[3])
        }
    }

    func post(_ row: Row) throws -> ImportedPost {
        let id: Int64 = row["id"]
        var post = ImportedPost(source: sources[row["source_id"]] ?? SourceReference(kind: "jsonl"), key: row["source_key"])
        post.aliases = try String.fetchAll(db.cachedStatement(sql: SQL.aliases), arguments: [id])
        if post.reference == nil { post.aliases = [placeholder(id)] }
        post.createdAt = row["created_at"]
        post.editedAt = row["edited_at"]
        post.fetchedAt = row["fetched_at"]
        post.score = row["score"]
        post.place = row["place"]
        post.replyCount = row["reply_count"]
        post.state = PostState(rawValue: row["state"]) ?? .present
        post.markup = (row["markup"] as String?).flatMap(Markup.init) ?? .plain
        post.url = row["url"]
        post.title = row["title"]
        post.body = row["body"]
        post.isRendering = row["is_rendering"]
        if let key: String = row["author_key"] {
            post.author = AuthorReference(
                key: key, name: row["author_name"], displayName: row["author_display"], url: row["author_url"])
        }
        try addThread(row, id, to: &post)
        try addClaims(id, to: &post)
        try addSideRows(id, to: &post)
        return post
    }

    private func addThread(_ row: Row, _ id: Int64, to post: inout ImportedPost) throws {
        let isRoot = row["root_post_id"] as Int64? == id
        if row["in_container"] == 1, let key: String = row["thread_key"] {
            post.thread = ThreadReference(
                key: key, title: isRoot ? row["thread_title"] : nil, url: isRoot ? row["thread_url"] : nil)
        }
        if let forum: Int64 = row["forum_id"] { post.forum = forums[forum] }
        guard isRoot else { return }
        post.tags = try String.fetchAll(db.cachedStatement(sql: SQL.tags), arguments: [row["thread_id"] as Int64])
        post.mergedThreads = try String.fetchAll(db.cachedStatement(sql: SQL.merged), arguments: [row["thread_id"] as Int64])
    }

    /// The post's own best statement stands alone; what it does not say, and what others say of it, are claims.
    private func addClaims(_ id: Int64, to post: inout ImportedPost) throws {
        for row in try Row.fetchAll(db.cachedStatement(sql: SQL.claims), arguments: [id]) {
            let parent: Int64? = row[0]
            let witness: Int64? = row[4]
            let statement = ParentStatement(
                try parent.map(reference), basis: ReplyBasis(rawValue: row[1]) ?? .native, confidence: row[2], evidence: row[3],
                witness: try witness.map(reference))
            if witness == nil, post.parent == nil { post.parent = statement } else { post.claims.append(statement) }
        }
    }

    private func addSideRows(_ id: Int64, to post: inout ImportedPost) throws {
        post.forums = try Int64.fetchAll(db.cachedStatement(sql: SQL.forums), arguments: [id]).compactMap { forums[$0] }
        post.links = try Row.fetchAll(db.cachedStatement(sql: SQL.links), arguments: [id]).map {
            PostLink(to: try reference($0[0]), kind: $0[1], evidence: $0[2])
        }
        post.inferences = try Row.fetchAll(db.cachedStatement(sql: SQL.inferences), arguments: [id]).compactMap { row in
            Inference.Subject(rawValue: row[0]).map { Inference($0, basis: row[1], confidence: row[2], evidence: row[3]) }
        }
        post.marks = try Row.fetchAll(db.cachedStatement(sql: MarkRows.ofPost), arguments: [id]).compactMap(MarkRows.mark)
        post.attachments = try Row.fetchAll(db.cachedStatement(sql: SQL.attachments), arguments: [id]).map {
            Attachment(name: $0[0], type: $0[1], size: $0[2])
        }
        post.revisions = try Row.fetchAll(db.cachedStatement(sql: SQL.revisions), arguments: [id]).map {
            Revision(seenAt: $0[0], title: $0[1], body: $0[2])
        }
    }

    private func reference(_ id: Int64) throws -> PostReference {
        let row = try Row.fetchOne(db.cachedStatement(sql: SQL.name), arguments: [id])
        if let key: String = row?[0] { return PostReference(.key(key)) }
        return PostReference(.alias((row?[1] as String?) ?? placeholder(id)))
    }

    /// A ghost that has lost all its names (to `forget`) is named by its row.
    private func placeholder(_ id: Int64) -> String { "ghost:\(id)" }
}

private enum SQL {
    static let columns = """
        p.*, a.source_key AS author_key, a.name AS author_name, a.display_name AS author_display, a.url AS author_url,
               t.root_post_id, t.is_container, t.source_key AS thread_key, t.title AS thread_title, t.url AS thread_url, t.forum_id
        """
    static let aliases = "SELECT alias FROM post_aliases WHERE post_id = ? ORDER BY alias"
    static let tags = "SELECT tag FROM tags WHERE thread_id = ? ORDER BY tag"
    static let merged = "SELECT source_key FROM threads WHERE merged_into = ? AND source_key IS NOT NULL ORDER BY source_key"
    /// The winner first, then by strength; the post's own before those of witnesses.
    static let claims = """
        SELECT parent_id, basis, confidence, evidence, witness_id FROM (
          SELECT parent_id, basis, confidence, evidence, witness_id, 0 AS lost FROM replies WHERE post_id = ?1
          UNION ALL
          SELECT parent_id, basis, confidence, evidence, witness_id, 1 FROM reply_claims WHERE child_id = ?1)
         ORDER BY witness_id IS NOT NULL, basis <> 'manual', lost, confidence DESC, basis,
                  (SELECT source_key FROM posts WHERE id = parent_id), parent_id
        """
    static let forums = """
        SELECT x.forum_id FROM post_forums x JOIN forums f ON f.id = x.forum_id WHERE x.post_id = ? ORDER BY f.source_key
        """
    static let links = """
        SELECT l.to_post_id, l.kind, l.evidence FROM links l JOIN posts p ON p.id = l.to_post_id
         WHERE l.from_post_id = ? ORDER BY p.source_key, l.kind, p.id
        """
    static let inferences = "SELECT what, basis, confidence, evidence FROM inferences WHERE post_id = ? ORDER BY what"
    static let attachments = "SELECT name, type, size FROM attachments WHERE post_id = ? ORDER BY name, type, size, rowid"
    static let revisions = "SELECT seen_at, title, body FROM post_revisions WHERE post_id = ? ORDER BY rowid"
    static let name = """
        SELECT source_key, (SELECT min(alias) FROM post_aliases WHERE post_id = ?1) FROM posts WHERE id = ?1
        """
}
