// The hits of a search, held in C: found by FTS5 and packed columns, counted, weighed and ordered there.

internal import CRanking
internal import GRDB

/// All posts that a search finds, with their weights. It lives inside one read transaction.
final class SearchHits {
    /// One hit in its place.
    struct Hit: Equatable {
        var id: Int64
        /// Higher is better; 0 where no text was asked for.
        var rank: Double
    }

    let ranking: OpaquePointer
    private let columns: OpaquePointer
    private let db: Database
    private let formula: ranking_formula

    /// Adds the function that the passes call to a connection.
    static func prepare(_ db: Database) throws {
        let code = ranking_register(db.sqliteConnection)
        if code != 0 { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
    }

    /// No hits yet.
    private init(_ db: Database, _ formula: ranking_formula) throws {
        guard let columns = packed_open(db.sqliteConnection) else { throw Self.noMemory }
        guard let ranking = ranking_open(columns) else {
            packed_close(columns)
            throw Self.noMemory
        }
        self.columns = columns
        self.ranking = ranking
        self.db = db
        self.formula = formula
    }

    deinit {
        ranking_close(ranking)
        packed_close(columns)
    }

    /// Finds the hits of a search.
    ///
    /// - parameter scored: whether they are to be weighed.
    convenience init(_ search: SearchSQL, _ db: Database, scored: Bool, formula: ranking_formula = SearchRanking.formula) throws {
        try self.init(db, formula)
        if let passes = search.passes {
            for pass in passes { try run(pass, scored: scored) }
        } else if let conditions = search.scan, try !Self.areFew(search, db) {
            try want(conditions)
            try check(ranking_scan(ranking))
        } else {
            let ids = search.allIDs
            let found = try Int64.fetchAll(db, sql: ids.sql, arguments: ids.arguments).compactMap { UInt32(exactly: $0) }.sorted()
            try check(ranking_add(ranking, found, found.count))
            for pass in scored ? search.rankingPasses : [] {
                // A column has no value 0, so that the posts alone decide.
                let isHit = PackedCondition(kind: .values(packed_author.rawValue, [], posts: found))
                let weighed = try SearchHits(db, formula)
                try weighed.run(pass, among: [isHit], scored: true)
                ranking_take_weights(ranking, weighed.ranking)
            }
        }
        try checkColumns()
    }

    /// Whether an index of `posts` finds the hits sooner than a look at all posts would.
    private static func areFew(_ search: SearchSQL, _ db: Database) throws -> Bool {
        let few = 2_000
        guard let count = SearchSQL.filterCount(search.query, search.names, limit: few) else { return false }
        return try Int.fetchOne(db, sql: count.sql, arguments: count.arguments) ?? 0 < few
    }

    private func run(_ pass: SearchPass, among: [PackedCondition] = [], scored: Bool) throws {
        try want(pass.conditions + among)
        let statement = try DirectStatement(db, pass.statement.sql)
        for (place, value) in pass.statement.values.enumerated() { try statement.bind(value, at: place + 1) }
        try statement.bind(ranking, at: pass.statement.values.count + 1)
        var formula = formula
        ranking_begin(ranking, &formula, pass.index.lengths, pass.manner, scored)
        defer { ranking_end(ranking) }
        while try statement.step() {}
    }

    private func want(_ conditions: [PackedCondition]) throws {
        ranking_want_all(ranking)
        for condition in conditions { try check(condition.add(to: ranking)) }
    }

    // MARK: What was found

    var count: Int { ranking_count(ranking) }

    /// The ids in ascending order.
    var posts: [Int64] { UnsafeBufferPointer(start: ranking_posts(ranking), count: count).map { Int64($0) }.sorted() }

    /// Adds to each weight what its thread tells; see ``SearchRanking``.
    func weighThreads(openingPost: Double, bestReply: Double, itsOpeningPost: Double) throws {
        try check(ranking_weigh_threads(ranking, openingPost, bestReply, itsOpeningPost))
        try checkColumns()
    }

    /// The weight of each of some hits, by id; none where it is no hit.
    func weights(of ids: [Int64]) -> [Int64: Double] {
        let wanted = Set(ids)
        let (posts, weights) = (ranking_posts(ranking), ranking_weights(ranking))
        var found: [Int64: Double] = [:]
        for place in 0..<count where wanted.contains(Int64(posts![place])) { found[Int64(posts![place])] = weights![place] }
        return found
    }

    /// The best hits, equals by id.
    func best(_ count: Int) -> [Hit] { bestWithKeys(count).map { Hit(id: Int64($0.post), rank: $0.weight) } }

    /// The hits by date, the undated last.
    func byDate(newestFirst: Bool, _ range: Range<Int>) throws -> [Hit] {
        try check(ranking_order_by_date(ranking, newestFirst))
        try checkColumns()
        let range = range.clamped(to: 0..<count)
        if range.isEmpty { return [] }
        // Packed dates are minutes. So those of the last hit's minute are all looked at.
        var wanted = range.upperBound + 16
        var found = bestWithKeys(wanted)
        while found.count == wanted, found[found.count - 1].key == found[range.upperBound - 1].key {
            wanted *= 4
            found = bestWithKeys(wanted)
        }
        let dates = try DirectStatement(db, "SELECT created_at FROM posts WHERE id = ?1")
        let dated = try found.map { hit -> (hit: Hit, date: Int64?) in
            dates.reset()
            try dates.bind(.integer(Int64(hit.post)), at: 1)
            let date = try dates.step() && !dates.isNull(0) ? dates.integer(0) : nil
            return (Hit(id: Int64(hit.post), rank: hit.weight), date)
        }
        return Array(dated.sorted { Self.isBefore($0, $1, newestFirst) }[range].map(\.hit))
    }

    private static func isBefore(_ a: (hit: Hit, date: Int64?), _ b: (hit: Hit, date: Int64?), _ newestFirst: Bool) -> Bool {
        guard a.date != b.date else { return newestFirst ? a.hit.id > b.hit.id : a.hit.id < b.hit.id }
        guard let first = a.date, let second = b.date else { return a.date != nil }
        return newestFirst ? first > second : first < second
    }

    private func bestWithKeys(_ count: Int) -> [ranking_hit] {
        let wanted = min(count, self.count)
        return [ranking_hit](unsafeUninitializedCapacity: wanted) { buffer, filled in
            filled = ranking_best(ranking, buffer.baseAddress, wanted)
        }
    }

    // MARK: Failures

    private func checkColumns() throws {
        let code = packed_error(columns)
        if code != 0 { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
    }

    private func check(_ isDone: Bool) throws {
        if !isDone { throw Self.noMemory }
    }

    private static let noMemory = DatabaseError(resultCode: .SQLITE_NOMEM)
}
