// The state of one run of imports: counters of new rows, caches, and what this run has met.

internal import GRDB
internal import ThreadbankCore

/// What one run knows beside the database. It is only valid while the run holds the import lock and every batch commits.
struct ImportSession {
    let names = NameResolver()
    /// All keys and aliases of the archive, where it was empty; nil where it was not.
    let keys: KeyFilter?
    /// Row ids to be given next. In memory, so that a batch can be worked out before any row is written.
    var nextPost: Int64
    var nextThread: Int64
    var nextImport: Int64
    let firstImport: Int64
    /// The first thread that this run may make. Nobody knows such a thread's id yet, so it leaves no trace when it is merged.
    let firstThread: Int64
    /// Posts of which this run has merged a copy, and those whose stored text it has met, one bit a row.
    var met = RowSet()
    var seen = RowSet()
    /// Topics of inputs that do not tell their site, and the site that was found to have them.
    var topicNames: [TopicOfInput: SourceReference] = [:]
    /// Children whose edge is left out because it closes a cycle; usually none.
    var cycleBroken: Set<Int64>
    /// Whether anything was ever erased, so that keys must be checked.
    let hasErased: Bool

    init(_ db: Database) throws {
        nextPost = try (Int64.fetchOne(db, sql: SQL.lastPost) ?? 0) + 1
        keys = nextPost == 1 ? KeyFilter() : nil
        nextThread = try (Int64.fetchOne(db, sql: SQL.lastThread) ?? 0) + 1
        nextImport = try (Int64.fetchOne(db, sql: SQL.lastImport) ?? 0) + 1
        firstImport = nextImport
        firstThread = nextThread
        cycleBroken = try Set(Int64.fetchAll(db, sql: SQL.cycleBroken))
        hasErased = try Bool.fetchOne(db, sql: SQL.hasErased) ?? false
    }

    mutating func takePostID() -> Int64 {
        defer { nextPost += 1 }
        return nextPost
    }

    mutating func takeThreadID() -> Int64 {
        defer { nextThread += 1 }
        return nextThread
    }
}

/// A set of row ids, one bit each.
struct RowSet {
    private var words: [UInt64] = []

    func contains(_ id: Int64) -> Bool {
        let word = Int(id >> 6)
        return word < words.count && words[word] & (1 << UInt64(id & 63)) != 0
    }

    mutating func insert(_ id: Int64) {
        let word = Int(id >> 6)
        if word >= words.count { words += [UInt64](repeating: 0, count: max(word + 1, words.count * 2) - words.count) }
        words[word] |= 1 << UInt64(id & 63)
    }
}

private enum SQL {
    static let lastPost = "SELECT max(id) FROM posts"
    static let lastThread = "SELECT max(id) FROM threads"
    static let lastImport = "SELECT max(id) FROM imports"
    static let cycleBroken = "SELECT DISTINCT child_id FROM reply_claims WHERE in_cycle = 1"
    static let hasErased = "SELECT EXISTS (SELECT 1 FROM erased)"
}
