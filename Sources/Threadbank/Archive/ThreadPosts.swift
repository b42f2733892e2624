// All posts of one thread, which may be 100,000: read column by column, without rows in between.

internal import Foundation
internal import GRDB
internal import ThreadbankCore

/// Reads the posts of a thread. What many posts share, names and addresses of their authors and sources, is read once.
struct ThreadPosts {
    private let db: Database
    private let author: DirectStatement
    private var authors: [Int64: (name: String, key: String)] = [:]
    /// The parts of each source's address of posts, between which their keys stand; empty where it has none.
    private var addresses: [Int64: [String]] = [:]
    private var states = Words<PostState>()
    private var bases = Words<ReplyBasis>()
    private var markups = Words<Markup>()

    /// How many authors were met.
    var authorCount: Int { authors.count }
    /// Which posts there are.
    private(set) var span = PostSpan(first: 0, last: -1, count: 0)

    init(_ db: Database) throws {
        self.db = db
        author = try DirectStatement(db, SQL.author)
    }

    /// Gives the posts in the order of their row ids.
    mutating func read(_ thread: Int64, _ body: (Post) throws -> Void) throws {
        let spans = try DirectStatement(db, SQL.span)
        try spans.bind(.integer(thread), at: 1)
        guard try spans.step(), spans.integer(2) > 0 else { return }
        span = PostSpan(first: spans.integer(0), last: spans.integer(1), count: spans.integer(2))
        let rows = try DirectStatement(db, SQL.posts(span.isDense))
        try rows.bind(.integer(thread), at: 1)
        if span.isDense {
            try rows.bind(.integer(span.first), at: 2)
            try rows.bind(.integer(span.last), at: 3)
        }
        while try rows.step() {
            var post = Post(id: Post.ID(rawValue: rows.integer(0)), threadID: DiscussionThread.ID(rawValue: thread))
            try fill(&post, rows)
            try body(post)
        }
    }

    private mutating func fill(_ post: inout Post, _ row: DirectStatement) throws {
        post.state = states.value(row.bytes(9)) ?? .present
        post.parentID = row.number(1).map(Post.ID.init(rawValue:))
        post.reply = bases.value(row.bytes(2)).map {
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
        post.markup = markups.value(row.bytes(11))
        let key = row.text(12)
        post.sourceKey = key
        post.url = try row.text(13) ?? address(of: key, source: row.integer(14))
        post.title = row.text(16)
        post.body = row.text(17)
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
        return parts.count == 2 ? parts[0] + key + parts[1] : parts.joined(separator: key)
    }
}

/// The few words of a column, found by their bytes: most rows hold the same one as the row before.
private struct Words<Value: RawRepresentable & CaseIterable> where Value.RawValue == String {
    private let words = Value.allCases.map { (bytes: Array($0.rawValue.utf8), value: $0) }
    private var last = 0

    /// Nil for NULL and for what is no such word.
    mutating func value(_ bytes: UnsafeRawBufferPointer) -> Value? {
        if bytes.isEmpty { return nil }
        if !isSame(bytes, last) {
            guard let found = words.indices.first(where: { isSame(bytes, $0) }) else { return nil }
            last = found
        }
        return words[last].value
    }

    private func isSame(_ bytes: UnsafeRawBufferPointer, _ word: Int) -> Bool {
        let word = words[word].bytes
        guard bytes.count == word.count, let start = bytes.baseAddress else { return false }
        return memcmp(start, word, word.count) == 0
    }
}

/// From which row id to which, and how many.
struct PostSpan {
    var (first, last, count): (Int64, Int64, Int64)

    /// Whether few other posts stand between: then reading all rows from the first to the last is faster than looking for each post. The
    /// posts of an import stand beside each other as a rule.
    var isDense: Bool {
        let (distance, overflow) = last.subtractingReportingOverflow(first)
        return !overflow && distance < 2 * count
    }

    /// Of a statement of the posts of a thread, with the bounds where they are dense.
    func arguments(_ thread: Int64) -> StatementArguments { isDense ? [thread, first, last] : [thread] }
}

private enum SQL {
    static let span = "SELECT min(id), max(id), count(*) FROM posts WHERE thread_id = ?"

    /// The rows in their own order and not in that of the index, which goes by date: every page once instead of once a post. So the ids are
    /// gathered first, unless they are `dense`.
    static func posts(_ dense: Bool) -> String {
        """
        SELECT p.id, e.parent_id, e.basis, e.confidence, e.evidence, p.created_at, p.edited_at, p.score, p.place, p.state,
               p.reply_count, p.markup, p.source_key, p.url, p.source_id, p.author_id, p.title, p.body
          FROM posts p LEFT JOIN replies e ON e.post_id = p.id
         WHERE \(dense ? "p.id BETWEEN ?2 AND ?3 AND +p.thread_id = ?1" : "p.id IN (SELECT q.id FROM posts q WHERE q.thread_id = ?1)")
        """
    }

    static let author = "SELECT name, source_key FROM authors WHERE id = ?"
    static let template = "SELECT url_template FROM sources WHERE id = ?"
}
