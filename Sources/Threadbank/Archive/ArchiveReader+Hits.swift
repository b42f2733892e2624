// Hits in their place: the posts around each of them, and the threads that hold them.

internal import GRDB
public import ThreadbankCore

/// What stands right above and below a post.
public struct PostSurroundings: Sendable, Equatable {
    /// The nearest posts above it, the uppermost first.
    public var above: [PostSummary] = []
    /// How many stand above those.
    public var furtherUp = 0
    /// The first direct replies.
    public var below: [PostSummary] = []
    /// How many more direct replies there are.
    public var moreBelow = 0

    public init() {}
}

/// A thread with those of its posts that a search found.
public struct HitThread: Sendable {
    public var contents: ThreadContents
    public var hits: [Post.ID: SearchHit]

    public init(contents: ThreadContents, hits: [Post.ID: SearchHit]) {
        self.contents = contents
        self.hits = hits
    }
}

extension ArchiveReader {
    /// The posts around each of some: `count` above and as many direct replies.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(depth) a post, for the count of what stands further up.
    public func surroundings(of posts: [Post.ID], count: Int) throws(ThreadbankError) -> [Post.ID: PostSurroundings] {
        try read { db in
            var found: [Post.ID: PostSurroundings] = [:]
            var heights: [Int64: Int] = [:]
            for post in posts {
                var around = PostSurroundings()
                var next = try parent(of: post.rawValue, db)
                var seen: Set<Int64> = [post.rawValue]
                while let id = next, around.above.count < count, seen.insert(id).inserted {
                    let row = try Row.fetchOne(db.cachedStatement(sql: SQL.summary), arguments: [id])
                    if let row { around.above.append(SummaryRows.summary(row)) }
                    next = try parent(of: id, db)
                }
                around.above.reverse()
                around.furtherUp = try next.map { try Self.height(of: $0, &heights, db) } ?? 0
                around.below = try Row.fetchAll(
                    db.cachedStatement(sql: SQL.replies), arguments: [post.rawValue, Int64(count)]
                ).map { SummaryRows.summary($0) }
                let replies = try Int.fetchOne(db.cachedStatement(sql: SQL.count), arguments: [post.rawValue]) ?? 0
                around.moreBelow = max(0, replies - around.below.count)
                found[post] = around
            }
            return found
        }
    }

    /// How many posts a chain of parents holds, this one counted. What is known of those above it is used, and kept.
    private static func height(of post: Int64, _ heights: inout [Int64: Int], _ db: Database) throws -> Int {
        var chain: [Int64] = []
        var seen: Set<Int64> = []
        var next: Int64? = post
        var known = 0
        while let id = next, seen.insert(id).inserted {
            if let height = heights[id] {
                known = height
                break
            }
            chain.append(id)
            next = try parent(of: id, db)
        }
        for id in chain.reversed() {
            known += 1
            heights[id] = known
        }
        return known
    }

    /// The posts of one thread that a query finds.
    ///
    /// - throws: ``ThreadbankError`` with code `archive`, or `query` as ``search(_:)``.
    public func hits(of query: SearchQuery, in thread: DiscussionThread.ID) throws(ThreadbankError) -> [Post.ID: SearchHit] {
        let found = try search(SearchRequest(query.within(thread), limit: .max)).hits
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The threads that hold what a search finds, the thread of the best hit first; `limit` and `offset` count threads.
    ///
    /// - returns: the threads, and how many posts were found in all.
    /// - throws: as ``search(_:)``.
    public func hitThreads(_ request: SearchRequest, order: SiblingOrder = .oldest) throws(ThreadbankError) -> (
        total: Int, threads: [HitThread]
    ) {
        var page = request
        (page.offset, page.limit, page.countOnly) = (0, 500, false)
        var threads: [DiscussionThread.ID] = []
        var total = 0
        let wanted = request.offset.addingReportingOverflow(request.limit)
        while true {
            let found = try threadsOfHits(page)
            total = found.total
            var seen: Set<Int64> = []
            threads = found.threads.filter { seen.insert($0).inserted }.map { DiscussionThread.ID(rawValue: $0) }
            // Where few threads hold many hits, more hits are looked at.
            if wanted.overflow || threads.count >= wanted.partialValue || found.threads.count >= total || page.limit >= 50_000 {
                break
            }
            page.limit *= 10
        }
        var found: [HitThread] = []
        for id in threads.dropFirst(request.offset).prefix(request.limit) {
            guard let contents = try thread(id, order: order) else { continue }
            found.append(HitThread(contents: contents, hits: try hits(of: request.query, in: id)))
        }
        return (total, found)
    }
}

private func parent(of post: Int64, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(db.cachedStatement(sql: SQL.parent), arguments: [post])
}

extension SearchQuery {
    /// The same question, of one thread.
    fileprivate func within(_ thread: DiscussionThread.ID) -> SearchQuery {
        let here = SearchQuery.field(.thread(thread))
        switch self {
        case .everything: return here
        case .and(let queries): return .and([here] + queries)
        default: return .and([here, self])
        }
    }
}

private enum SQL {
    static let parent = "SELECT parent_id FROM replies WHERE post_id = ? AND parent_id IS NOT NULL"
    static let summary = "SELECT \(SummaryRows.columns) FROM posts p LEFT JOIN authors a ON a.id = p.author_id WHERE p.id = ?"
    static let count = "SELECT count(*) FROM replies WHERE parent_id = ?"
    static let replies = """
        SELECT \(SummaryRows.columns)
          FROM replies e JOIN posts p ON p.id = e.post_id LEFT JOIN authors a ON a.id = p.author_id
         WHERE e.parent_id = ?
         ORDER BY p.created_at NULLS LAST, p.place NULLS LAST, p.source_key NULLS LAST, p.id LIMIT ?
        """
}
