// One batch of copies becomes one transaction: names to ids, copies to rows, statements to edges, roots to threads, then writing.

internal import GRDB
internal import ThreadbankCore

/// A copy that waits for its batch, and the counts that it belongs to. A class, because a post has thirty fields that hold on to something:
/// handing it from step to step as a value took 4 % of the instructions of writing.
final class PendingCopy: Sendable {
    let post: ImportedPost
    let tally: ImportTally

    init(post: ImportedPost, tally: ImportTally) {
        self.post = post
        self.tally = tally
    }

    func changing(_ change: (inout ImportedPost) -> Void) -> PendingCopy {
        var post = post
        change(&post)
        return PendingCopy(post: post, tally: tally)
    }
}

/// The counts of one input, shared by the copies of it. While a batch is being written only that touches them; the run looks at them
/// once it has ended.
final class ImportTally: @unchecked Sendable {
    var report = ImportReport()
    /// What the batch left out; the run tells of it.
    var refusals: [ImportDiagnostic] = []
    let importID: Int64

    init(importID: Int64) { self.importID = importID }
}

/// The work of one transaction. Its steps stand in the files named after them; each sees what the ones before it left.
///
/// 0. `BatchPages`: posts of a page that was stored before keep the keys they had. `BatchSources`: posts of a site whose name their
///    input does not tell find it.
/// 1. `BatchResolver`: every copy and every reference finds its record, made where it is new (a ghost, where it is only named).
/// 2. `BatchCopies`: the copies are merged into their records.
/// 3. `BatchReplies`: the statements decide the parents; cycles are broken.
/// 4. `BatchThreads`: every new or moved post finds its thread.
/// 5. `BatchWriter`: rows in id order, then side tables, then the full-text index.
final class Batch {
    let db: Database
    var session: ImportSession
    var records: PostRecords
    /// Rows of this batch that were found to be one with another.
    var redirects: [Int64: Int64] = [:]
    /// Keys and aliases met in this batch, to row ids.
    var known: [NameKey: Int64] = [:]
    /// Aliases that this batch adds.
    var newAliases: [(key: NameKey, id: Int64)] = []
    /// Parents of posts outside this batch, as looked up.
    var parentCache: [Int64: Int64?] = [:]
    /// Where posts outside this batch stand, as looked up.
    var placeCache: [Int64: PostPlace] = [:]
    /// Threads in which an edge may have changed.
    var dirty: Set<Int64> = []
    var threads: [Int64: ThreadRecord] = [:]
    var threadsByKey: [NameKey: Int64] = [:]
    /// Threads whose root was found to be another post, and that post.
    var leftThreads: [(thread: Int64, post: Int64)] = []
    /// How many threads of this run were merged away and left no row.
    var droppedThreads = 0
    /// Subjects of mails, folded, by what they were made from.
    var foldedSubjects: [String: String] = [:]
    /// An unnamed site from which posts have moved to a named one.
    var strandedSource: Int64?
    /// What is left to do once the rows stand: posts that change their thread.
    var moves: [ThreadMove] = []

    /// Statements that run for nearly every post.
    private var statements = [BoundStatement?](repeating: nil, count: Frequent.allCases.count)

    enum Frequent: Int, CaseIterable {
        case byKey, byAlias, parent, place, reply
    }

    init(_ db: Database, _ session: ImportSession) {
        self.db = db
        self.session = session
        records = PostRecords(firstNew: session.nextPost)
    }

    /// A statement that is prepared once a batch: finding it by its text takes as long as running it.
    func statement(_ which: Frequent, _ sql: String) throws -> BoundStatement {
        if let known = statements[which.rawValue] { return known }
        let statement = try BoundStatement(db, sql)
        statements[which.rawValue] = statement
        return statement
    }

    /// Stores the copies. The session as it stands after is to be kept only once the transaction has committed.
    ///
    /// - parameter pages: ranges of copies that are whole pages, to be aligned with what is stored of them.
    static func store(_ copies: [PendingCopy], pages: [Range<Int>], _ db: Database, _ session: ImportSession) throws
        -> ImportSession
    {
        let batch = Batch(db, session)
        var copies = copies
        for page in pages { try batch.align(&copies, page) }
        try batch.nameSources(&copies)
        let resolved = try batch.resolve(copies)
        try batch.merge(resolved)
        try batch.decideParents()
        try batch.dropRepeatedTitles()
        try batch.assignThreads()
        try batch.write()
        // They were counted when they were made, perhaps for an input that has been reported; what can be taken back is.
        for tally in resolved.map(\.copy.tally) where batch.droppedThreads > 0 {
            let dropped = min(batch.droppedThreads, tally.report.threads)
            tally.report.threads -= dropped
            batch.droppedThreads -= dropped
        }
        return batch.session
    }
}

/// A key or an alias in its source.
struct NameKey: Hashable {
    var source: Int64
    var isAlias: Bool
    var text: String
}

extension NameKey {
    init(_ source: Int64, _ reference: PostReference) {
        switch reference.name {
        case .key(let key): self.init(source: source, isAlias: false, text: key)
        case .alias(let alias): self.init(source: source, isAlias: true, text: alias)
        }
    }
}
