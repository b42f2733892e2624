// Proves that the index of spaceless scripts says what the posts say.

internal import GRDB
internal import ThreadbankCore

/// Makes `posts_cjk` once more, in a temporary file, and compares the two word by word: it is contentless, so FTS5 itself could
/// only tell whether its pages fit together.
enum CharactersCheck {
    /// The first difference in words; nil where there is none.
    static func fault(_ db: Database) throws -> String? {
        try db.execute(sql: "INSERT INTO posts_cjk (posts_cjk) VALUES ('integrity-check')")
        let tokenizer = try Archive.Stemming.stored(db).tokenizer
        let copy = try DatabaseQueue(path: "")
        return try copy.write { expected in
            try expected.execute(sql: "CREATE VIRTUAL TABLE posts_cjk USING fts5 (\(columns), tokenize = '\(tokenizer)')")
            let rows = try Row.fetchCursor(db, sql: "SELECT id, title, body FROM posts ORDER BY id")
            while let row = try rows.next() {
                guard let words = SpacelessText.words(title: row[1], body: row[2]) else { continue }
                let id: Int64 = row[0]
                try expected.cachedStatement(sql: "INSERT INTO posts_cjk (rowid, title, body, glued) VALUES (?, ?, ?, ?)")
                    .execute(arguments: [id, words.title, words.body, words.glued])
            }
            return try difference(db, expected)
        }
    }

    private static let columns = "body, title, glued, content = ''"

    private static func difference(_ db: Database, _ expected: Database) throws -> String? {
        for connection in [db, expected] {
            try connection.execute(sql: "CREATE VIRTUAL TABLE temp.posts_cjk_words USING fts5vocab (main, posts_cjk, instance)")
        }
        defer { try? db.execute(sql: "DROP TABLE temp.posts_cjk_words") }
        let sql = "SELECT doc, term, col, \"offset\" FROM temp.posts_cjk_words"
        let (found, wanted) = (try Row.fetchCursor(db, sql: sql), try Row.fetchCursor(expected, sql: sql))
        while true {
            let (a, b) = (try found.next(), try wanted.next())
            if a == nil, b == nil { return nil }
            if let a, let b, a == b { continue }
            let posts = [a, b].compactMap { $0.map { "p\($0[0] as Int64)" } }
            let ids = posts.count == 2 && posts[0] == posts[1] ? posts[0] : posts.joined(separator: " or ")
            return "the index of characters and \(ids) do not agree; `threadbank optimize` makes it anew"
        }
    }
}
