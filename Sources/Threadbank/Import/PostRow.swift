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

    private init(_ row: BoundStatement.Columns) {
        id = row.number(0) ?? 0
        threadID = row.number(1) ?? 0
        sourceID = row.number(2) ?? 0
        authorID = row.number(3)
        importID = row.number(4) ?? 0
        createdAt = row.number(5)
        editedAt = row.number(6)
        fetchedAt = row.number(7)
        textFetchedAt = row.number(8)
        textImportID = row.number(9)
        isInContainer = row.number(10) == 1
        isRendering = row.number(11) == 1
        score = row.number(12)
        place = row.number(13)
        replyCount = row.number(14)
        state = row.text(15).flatMap(PostState.init) ?? .present
        markup = row.text(16).flatMap(Markup.init)
        sourceKey = row.text(17)
        url = row.text(18)
        title = row.text(19)
        body = row.text(20)
    }

    static func load(_ db: Database, id: Int64) throws -> PostRow? {
        let statement = try BoundStatement(db, SQL.load)
        statement.bind(1, id)
        return try statement.first(PostRow.init)
    }

    /// Posts of a thread in page order.
    static func load(_ db: Database, thread: Int64) throws -> [PostRow] {
        let statement = try BoundStatement(db, SQL.loadThread)
        statement.bind(1, thread)
        return try statement.all(PostRow.init)
    }

    /// To be ``run(_:)`` for each new row.
    static func insertion(_ db: Database) throws -> BoundStatement { try BoundStatement(db, SQL.insert) }

    /// Writes all but the thread: posts move between threads by whole threads and subtrees, see `BatchThreads`.
    func update(_ db: Database) throws {
        try run(BoundStatement(db, SQL.update))
    }

    func run(_ statement: BoundStatement) throws {
        // One by one: an array of them is memory to be had and given back for each row.
        statement.bind(1, id)
        statement.bind(2, threadID)
        statement.bind(3, sourceID)
        statement.bind(4, authorID)
        statement.bind(5, importID)
        statement.bind(6, createdAt)
        statement.bind(7, editedAt)
        statement.bind(8, fetchedAt)
        statement.bind(9, textFetchedAt)
        statement.bind(10, textImportID)
        statement.bind(11, isInContainer)
        statement.bind(12, isRendering)
        statement.bind(13, score)
        statement.bind(14, place)
        statement.bind(15, replyCount)
        statement.bind(16, state.rawValue)
        statement.bind(17, markup?.rawValue)
        statement.bind(18, sourceKey)
        statement.bind(19, url)
        statement.bind(20, title)
        try statement.run(last: 21, body)
    }

    /// As ``merge(_:_:)``, for a row that the batch has just made and that nothing but its key is known of: most rows of an import.
    mutating func fill(_ post: ImportedPost, authorID: Int64?, importID: Int64) {
        if sourceKey == nil { sourceKey = post.key }
        (self.authorID, self.importID) = (authorID, importID)
        (createdAt, fetchedAt) = (post.createdAt, post.fetchedAt)
        (score, place, replyCount) = (post.score, post.place ?? place, post.replyCount)
        (state, url, title, body) = (post.state, post.url, post.title, post.body)
        if body != nil { (markup, isRendering) = (post.markup, post.isRendering) }
        if !text.isEmpty { editedAt = post.editedAt }
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
