// Snippets of long posts, part by part.

internal import GRDB

/// Finds the part of a long post that holds a hit, and its snippet.
///
/// FTS5's `snippet` and `highlight` take time with the square of the hits in a post: 580,000 of them in one body took minutes. So a
/// long post is cut into parts, and the parts are indexed in memory, with the archive's tokenizer, until one has a hit.
struct LongPostSnippets {
    /// Characters from which on a post is long. 4,000 hits fit in, which `snippet` takes a tenth of a second for.
    static let threshold = 8_000
    /// A hit beyond this many parts is shown by the post's beginning.
    private static let mostParts = 200

    private let queue: DatabaseQueue

    init(tokenizer: String) throws {
        queue = try DatabaseQueue()
        try queue.write {
            try $0.execute(sql: "CREATE VIRTUAL TABLE posts_fts USING fts5 (body, title, tokenize = '\(tokenizer)')")
        }
    }

    /// The snippet of the first part that fits; nil where none of the first parts does.
    func snippet(of body: String, match: String, marks: SnippetMarks) throws -> String? {
        try queue.write { db in
            for part in Self.parts(of: body) {
                try db.execute(sql: "DELETE FROM posts_fts")
                try db.execute(sql: "INSERT INTO posts_fts (body) VALUES (?)", arguments: [part])
                let found = try String.fetchOne(db, sql: SQL.snippet, arguments: [match, marks.start, marks.end])
                if let found { return found }
            }
            return nil
        }
    }

    /// Parts of about ``threshold`` bytes, cut at blanks where there are any.
    private static func parts(of body: String) -> some Sequence<String> {
        let bytes = Array(body.utf8)
        return sequence(state: 0) { start -> String? in
            guard start < bytes.count else { return nil }
            var end = min(start + threshold, bytes.count)
            if end < bytes.count, let blank = bytes[start..<end].lastIndex(where: { $0 <= 0x20 }), blank > start + threshold / 2 {
                end = blank
            }
            defer { start = end }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }.prefix(mostParts)
    }
}

private enum SQL {
    static let snippet = "SELECT snippet(posts_fts, -1, ?2, ?3, '…', 24) FROM posts_fts WHERE posts_fts MATCH ?1"
}
