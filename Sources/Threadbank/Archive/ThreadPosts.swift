// All posts of one thread, which may be 100,000: read column by column, without rows in between.

internal import GRDB
internal import ThreadbankCore

/// Reads the posts of a thread. What many posts share, names and addresses of their authors and sources, is read once.
struct ThreadPosts {
    private let db: Database
    private let author: DirectStatement
    private var authors: [Int64: (name: String, key: String)] = [:]
    /// The parts of each source's address of posts, between which their keys stand; empty where it has none.
    private var addresses: [Int64: [String]] = [:]

    /// How many authors were met.
    var authorCount: Int { authors.count }

    init(_ db: Database) throws {
        self.db = db
        author = try DirectStatement(db, SQL.author)
    }

    /// The posts in the order of their row ids.
    mutating func read(_ thread: Int64) throws -> [Post] {
        let rows = try DirectStatement(db, SQL.posts)
        try rows.bind(.integer(thread), at: 1)
        var posts: [Post] = []
        while try rows.step() { posts.append(try post(rows, thread)) }
        return posts
    }

    private mutating func post(_ row: DirectStatement, _ thread: Int64) throws -> Post {
        var post = Post(
            id: Post.ID(rawValue: row.integer(0)), threadID: DiscussionThread.ID(rawValue: thread),
            state: row.text(9).flatMap(PostState.init(rawValue:)) ?? .present)
        post.parentID = row.number(1).map(Post.ID.init(rawValue:))
        post.reply = row.text(2).flatMap(ReplyBasis.init(rawValue:)).map {
            ReplyEvidence(basis: $0, confidence: row.real(3), evidence: row.text(4))
        }
        if let author = row.number(15) {
            let names = try names(of: author)
            post.author = names.name
            post.authorKey = names.key
        }
        post.createdAt = row.number(5)
        post.editedAt = row.number(6)
        post.score = row.number(7)
        post.place = row.number(8)
        post.replyCount = row.number(10)
        post.markup = row.text(11).flatMap(Markup.init(rawValue:))
        post.sourceKey = row.text(12)
        post.url = try row.text(13) ?? address(of: post.sourceKey, source: row.integer(14))
        post.title = row.text(16)
        post.body = row.text(17)
        return post
    }

    private mutating func names(of author: Int64) throws -> (name: String, key: String) {
        if let known = authors[author] { return known }
        try self.author.bind(.integer(author), at: 1)
        defer { self.author.reset() }
        let names = try self.author.step() ? (self.author.text(0) ?? "", self.author.text(1) ?? "") : ("", "")
        authors[author] = names
        return names
    }

    /// As `replace(url_template, '{key}', source_key)` gives it.
    private mutating func address(of key: String?, source: Int64) throws -> String? {
        guard let key else { return nil }
        if addresses[source] == nil {
            let template = try String.fetchOne(db.cachedStatement(sql: SQL.template), arguments: [source])
            addresses[source] =
                template.map { $0.split(separator: "{key}", omittingEmptySubsequences: false).map(String.init) } ?? []
        }
        guard let parts = addresses[source], !parts.isEmpty else { return nil }
        return parts.joined(separator: key)
    }
}

private enum SQL {
    /// The ids are gathered first, so that the rows are read in their own order and not in that of the index, which goes by date:
    /// every page once instead of once a post.
    static let posts = """
        SELECT p.id, e.parent_id, e.basis, e.confidence, e.evidence, p.created_at, p.edited_at, p.score, p.place, p.state,
               p.reply_count, p.markup, p.source_key, p.url, p.source_id, p.author_id, p.title, p.body
          FROM posts p LEFT JOIN replies e ON e.post_id = p.id
         WHERE p.id IN (SELECT q.id FROM posts q WHERE q.thread_id = ?)
        """
    static let author = "SELECT name, source_key FROM authors WHERE id = ?"
    static let template = "SELECT url_template FROM sources WHERE id = ?"
}
