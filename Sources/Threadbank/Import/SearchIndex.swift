// Feeds the full-text indexes batch by batch.

internal import GRDB
internal import ThreadbankCore

/// Writes to `posts_fts` and `posts_cjk`, which keep no text of their own: to forget a text they must be told it.
///
/// FTS5 flushes what it has pending whenever a row id is lower than the last (100,000 posts: 0.36 s in order, 1.78 s shuffled), so a
/// batch's rows come in ascending order. A trigger would flush after each statement (2.6 times slower).
struct SearchIndex {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// - parameter records: in ascending row-id order.
    func update(_ records: [PostRecord]) throws {
        let insertion = try BoundStatement(db, SQL.insert)
        for record in records {
            if let stored = record.stored {
                if stored.text == record.row.text { continue }
                try remove(stored.id, stored.text)
            }
            try run(insertion, record.id, record.row.text)
            try insertCharacters(record.id, record.row.text)
        }
    }

    func insert(_ id: Int64, _ text: PostText) throws {
        try run(BoundStatement(db, SQL.insert), id, text)
        try insertCharacters(id, text)
    }

    func remove(_ id: Int64, _ text: PostText) throws {
        try run(BoundStatement(db, SQL.delete), id, text)
        if let words = SpacelessText.words(title: text.title, body: text.body) {
            try db.cachedStatement(sql: SQL.deleteCharacters).execute(arguments: [id, words.title, words.body, words.glued])
        }
    }

    private func run(_ statement: BoundStatement, _ id: Int64, _ text: PostText) throws {
        statement.bind(1, id)
        statement.bind(2, text.title)
        try statement.run(last: 3, text.body)
    }

    private func insertCharacters(_ id: Int64, _ text: PostText) throws {
        guard let words = SpacelessText.words(title: text.title, body: text.body) else { return }
        try db.cachedStatement(sql: SQL.insertCharacters).execute(arguments: [id, words.title, words.body, words.glued])
    }

    /// Makes `posts_cjk` anew from the posts. Time is that of reading them all.
    static func rebuildCharacters(_ db: Database) throws {
        try db.execute(sql: "INSERT INTO posts_cjk (posts_cjk) VALUES ('delete-all')")
        let index = SearchIndex(db)
        let rows = try Row.fetchCursor(db, sql: "SELECT id, title, body FROM posts ORDER BY id")
        while let row = try rows.next() { try index.insertCharacters(row[0], PostText(title: row[1], body: row[2])) }
    }

    /// Settings for the length of an import: a large hash in memory, merging of segments put off. They stand in the archive, so the
    /// next import sets them back where one was killed.
    static func prepare(_ db: Database) throws {
        for index in TextIndex.allCases {
            try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue), rank) VALUES ('hashsize', 67108864)")
            try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue), rank) VALUES ('automerge', 0)")
        }
    }

    /// Whether an import has changed the settings and, killed perhaps, not set them back.
    static func isPrepared(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT v FROM posts_fts_config WHERE k = 'automerge'") == 0
    }

    /// Sets them back to SQLite's defaults, where an import has changed them.
    static func reset(_ db: Database) throws {
        guard try isPrepared(db) else { return }
        for index in TextIndex.allCases {
            try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue), rank) VALUES ('hashsize', 1048576)")
            try db.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue), rank) VALUES ('automerge', 4)")
        }
    }
}

private enum SQL {
    static let insert = "INSERT INTO posts_fts (rowid, title, body) VALUES (?, ?, ?)"
    static let insertCharacters = "INSERT INTO posts_cjk (rowid, title, body, glued) VALUES (?, ?, ?, ?)"
    static let deleteCharacters = "INSERT INTO posts_cjk (posts_cjk, rowid, title, body, glued) VALUES ('delete', ?, ?, ?, ?)"
    static let delete = "INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', ?, ?, ?)"
}
