// From rows to values: the columns of posts, threads and summaries, read by position.

internal import GRDB
internal import ThreadbankCore

/// The columns that make a ``Post``, and the tables they are from. A WHERE clause follows.
enum PostRows {
    static let select = """
        SELECT p.id, p.thread_id, e.parent_id, e.basis, e.confidence, e.evidence, a.name, p.created_at, p.edited_at, p.score,
               p.place, p.reply_count, p.state, p.markup, p.source_key,
               COALESCE(p.url, replace(s.url_template, '{key}', p.source_key)), p.title, p.body, a.source_key
          FROM posts p
          JOIN sources s ON s.id = p.source_id
          LEFT JOIN replies e ON e.post_id = p.id
          LEFT JOIN authors a ON a.id = p.author_id
        """

    static func post(_ row: Row) -> Post {
        var post = Post(
            id: Post.ID(rawValue: row[0]), threadID: DiscussionThread.ID(rawValue: row[1]),
            state: PostState(rawValue: row[12]) ?? .present)
        post.parentID = (row[2] as Int64?).map(Post.ID.init(rawValue:))
        post.reply = evidence(row, at: 3)
        post.author = row[6]
        post.createdAt = row[7]
        post.editedAt = row[8]
        post.score = row[9]
        post.place = row[10]
        post.replyCount = row[11]
        post.markup = (row[13] as String?).flatMap(Markup.init(rawValue:))
        post.sourceKey = row[14]
        post.url = row[15]
        post.title = row[16]
        post.body = row[17]
        post.authorKey = row[18]
        return post
    }

    /// Reads `basis, confidence, evidence` from column `first` on; nil where there are none.
    static func evidence(_ row: Row, at first: Int) -> ReplyEvidence? {
        (row[first] as String?).flatMap(ReplyBasis.init(rawValue:)).map {
            ReplyEvidence(basis: $0, confidence: row[first + 1], evidence: row[first + 2])
        }
    }
}

/// The columns that make a ``PostSummary``; the caller's FROM names the tables `p` and `a`.
enum SummaryRows {
    static let columns = """
        p.id, a.name, p.created_at, p.state, p.title, substr(p.body, 1, \(QuotedLines.longestLead)), p.markup
        """
    /// How many they are.
    static let count = 7

    /// Reads a summary from the first columns.
    static func summary(_ row: Row) -> PostSummary {
        let title = (row[4] as String?).map { $0 + ": " } ?? ""
        let words = (row[5] as String?).map { QuotedLines.preview($0, (row[6] as String?).flatMap(Markup.init(rawValue:))) } ?? ""
        return PostSummary(
            id: Post.ID(rawValue: row[0]), author: row[1], createdAt: row[2], state: PostState(rawValue: row[3]) ?? .present,
            excerpt: String((title + words).unicodeScalars.prefix(200)))
    }
}

/// The columns that make a ``DiscussionThread``, and its opening post.
enum ThreadRows {
    /// What the thread and its opening post say; the counts are of ``counts`` or of the posts, where those are read anyway.
    private static let head = """
        SELECT t.id, COALESCE(t.title, r.title), s.kind, s.name, f.name, a.name,
               COALESCE(t.url, r.url, replace(s.url_template, '{key}', r.source_key)), r.created_at, t.root_post_id
          FROM threads t
          JOIN sources s ON s.id = t.source_id
          LEFT JOIN posts r ON r.id = t.root_post_id
          LEFT JOIN forums f ON f.id = t.forum_id
          LEFT JOIN authors a ON a.id = r.author_id
         WHERE t.id = ?
        """

    private static let counts = """
        SELECT count(*) FILTER (WHERE state <> 'missing'), count(DISTINCT author_id), min(created_at), max(created_at)
          FROM posts WHERE thread_id = ?
        """

    private static let excerpt = """
        SELECT substr(body, 1, \(QuotedLines.longestLead)), markup FROM posts WHERE thread_id = ? AND body <> ''
         ORDER BY place IS NULL, place, created_at IS NULL, created_at, source_key LIMIT 1
        """

    private static let firstAuthor = """
        SELECT a.name FROM posts p JOIN authors a ON a.id = p.author_id WHERE p.thread_id = ?
         ORDER BY p.created_at IS NULL, p.created_at, p.place, p.source_key LIMIT 1
        """

    static func fetch(_ db: Database, _ id: Int64) throws -> DiscussionThread? {
        guard var thread = try fetchHead(db, id)?.thread,
            let row = try Row.fetchOne(db.cachedStatement(sql: counts), arguments: [id])
        else { return nil }
        thread.posts = row[0]
        thread.authors = row[1]
        thread.startedAt = thread.startedAt ?? row[2]
        thread.latestAt = row[3]
        if thread.author == nil {
            thread.firstAuthor = try String.fetchOne(db.cachedStatement(sql: firstAuthor), arguments: [id])
        }
        if thread.title == nil, let row = try Row.fetchOne(db.cachedStatement(sql: excerpt), arguments: [id]) {
            let words = QuotedLines.preview(row[0], (row[1] as String?).flatMap(Markup.init(rawValue:)))
            thread.excerpt = String(words.unicodeScalars.prefix(100))
        }
        return thread
    }

    /// The thread without its counts and its last date; `startedAt` is the opening post's, nil where that is not dated.
    static func fetchHead(_ db: Database, _ id: Int64) throws -> (thread: DiscussionThread, root: Post.ID?)? {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: head), arguments: [id]) else { return nil }
        var thread = DiscussionThread(id: DiscussionThread.ID(rawValue: row[0]), sourceKind: row[2], source: row[3])
        thread.title = row[1]
        thread.forum = row[4]
        thread.author = row[5]
        thread.url = row[6]
        thread.startedAt = row[7]
        return (thread, (row[8] as Int64?).map(Post.ID.init(rawValue:)))
    }
}

/// The columns that make an ``ImportRecord``, of a table `i`.
enum ImportRows {
    static let columns = "i.id, i.started_at, i.finished_at, i.format, i.input, i.input_sha256, i.read, i.added"

    static func record(_ row: Row, at first: Int = 0) -> ImportRecord {
        ImportRecord(
            id: row[first], startedAt: row[first + 1], finishedAt: row[first + 2], format: row[first + 3], input: row[first + 4],
            sha256: row[first + 5], read: row[first + 6], added: row[first + 7])
    }
}
