// A row of `posts` in memory, and how it is read and written.

internal import GRDB
internal import ThreadbankCore

/// One row of `posts`. `threadID` is 0 until the batch knows the thread.
struct PostRow: Equatable {
    var id: Int64
    var threadID: Int64 = 0
    var sourceID: Int64
    var authorID: Int64?
    /// The import that brought the current copy.
    var importID: Int64
    var createdAt: Int64?
    /// Of the current text.
    var editedAt: Int64?
    var fetchedAt: Int64?
    /// Set only where the text is from an older copy than the row.
    var textFetchedAt: Int64?
    var textImportID: Int64?
    /// Whether the origin names its thread; else it stands where its root does.
    var isInContainer = false
    /// Whether the body was made from the origin's rendering.
    var isRendering = false
    var score: Int64?
    var place: Int64?
    var replyCount: Int64?
    var state: PostState
    var markup: Markup?
    var sourceKey: String?
    var url: String?
    var title: String?
    var body: String?

    /// A ghost: known to exist, never seen.
    init(ghost id: Int64, sourceID: Int64, importID: Int64, key: String?) {
        self.id = id
        self.sourceID = sourceID
        self.importID = importID
        self.state = .missing
        self.sourceKey = key
    }

    init(_ row: Row) {
        id = row[0]
        threadID = row[1]
        sourceID = row[2]
        authorID = row[3]
        importID = row[4]
        createdAt = row[5]
        editedAt = row[6]
        fetchedAt = row[7]
        textFetchedAt = row[8]
        textImportID = row[9]
        isInContainer = row[10]
        isRendering = row[11]
        score = row[12]
        place = row[13]
        replyCount = row[14]
        state = PostState(rawValue: row[15]) ?? .present
        markup = (row[16] as String?).flatMap(Markup.init)
        sourceKey = row[17]
        url = row[18]
        title = row[19]
        body = row[20]
    }

    static func load(_ db: Database, id: Int64) throws -> PostRow? {
        try Row.fetchOne(db.cachedStatement(sql: SQL.load), arguments: [id]).map(PostRow.init)
    }

    /// Posts of a thread in page order.
    static func load(_ db: Database, thread: Int64) throws -> [PostRow] {
        try Row.fetchAll(db.cachedStatement(sql: SQL.loadThread), arguments: [thread]).map(PostRow.init)
    }

    /// To be ``run(_:)`` for each new row.
    static func insertion(_ db: Database) throws -> BoundStatement { try BoundStatement(db, SQL.insert) }

    /// Writes all but the thread: posts move between threads by whole threads and subtrees, see `BatchThreads`.
    func update(_ db: Database) throws {
        try run(BoundStatement(db, SQL.update))
    }

    func run(_ statement: BoundStatement) throws {
        let numbers = [
            id, threadID, sourceID, authorID, importID, createdAt, editedAt, fetchedAt, textFetchedAt, textImportID,
            isInContainer ? 1 : 0, isRendering ? 1 : 0, score, place, replyCount,
        ]
        for (place, number) in numbers.enumerated() { statement.bind(Int32(place) + 1, number) }
        let texts = [state.rawValue, markup?.rawValue, sourceKey, url, title, body]
        for (place, text) in texts.enumerated() { statement.bind(Int32(numbers.count + place) + 1, text) }
        try statement.run()
    }

    var text: PostText { PostText(title: title, body: body) }

    /// Equal in all that people see; which copy told it does not matter.
    func says(the other: PostRow) -> Bool {
        var other = other
        other.importID = importID
        other.fetchedAt = fetchedAt
        other.textFetchedAt = textFetchedAt
        other.textImportID = textImportID
        other.threadID = threadID
        return self == other
    }
}

/// What a post says: the part of a row that full-text search indexes and revisions keep.
struct PostText: Hashable {
    var title: String?
    var body: String?

    var isEmpty: Bool { title == nil && (body ?? "").isEmpty }
}

private enum SQL {
    static let columns = """
        id, thread_id, source_id, author_id, import_id, created_at, edited_at, fetched_at, text_fetched_at, text_import_id, \
        in_container, is_rendering, score, place, reply_count, state, markup, source_key, url, title, body
        """
    static let load = "SELECT \(columns) FROM posts WHERE id = ?"
    static let loadThread =
        "SELECT \(columns) FROM posts WHERE thread_id = ? ORDER BY place IS NULL, place, created_at, source_key"
    static let insert = "INSERT INTO posts (\(columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    static let update = """
        UPDATE posts SET source_id = ?3, author_id = ?4, import_id = ?5, created_at = ?6, edited_at = ?7, \
        fetched_at = ?8, text_fetched_at = ?9, text_import_id = ?10, in_container = ?11, is_rendering = ?12, score = ?13, \
        place = ?14, reply_count = ?15, state = ?16, markup = ?17, source_key = ?18, url = ?19, title = ?20, body = ?21 WHERE id = ?1
        """
}
