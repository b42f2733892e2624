// Archives for search tests, made row by row: no importer is needed.

import Foundation
import GRDB
import ThreadbankCore

@testable import Threadbank

/// A new archive in a folder of its own, gone with the last reference.
final class SearchArchive: Sendable {
    let archive: Archive
    private let folder: URL

    /// - parameter fill: inserts rows; the index is fed when it is done.
    init(_ stemming: Archive.Stemming = .none, fill: (Database) throws -> Void) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("threadbank-\(UUID().uuidString)")
        archive = try {
            try Archive.create(at: $0, stemming: stemming)
            return try Archive(path: $0)
        }(folder.appendingPathComponent("archive.sqlite").path)
        try archive.write { db in
            try db.execute(
                sql: """
                    INSERT INTO sources (id, kind, name, url_template) VALUES (1, 'jsonl', 'One', 'https://one.example/{key}');
                    INSERT INTO sources (id, kind) VALUES (2, 'mail');
                    INSERT INTO forums (id, source_id, source_key, name) VALUES (1, 1, 'baking', 'Baking & Bread'), (2, 2, 'c', 'Café');
                    INSERT INTO authors (id, source_id, source_key, name, display_name)
                    VALUES (1, 1, 'u1', 'ann', 'Ann Lee'), (2, 1, 'u2', 'bob', NULL), (3, 2, 'jose@x.example', 'José', NULL);
                    INSERT INTO threads (id, source_id, forum_id, source_key, title)
                    VALUES (1, 1, 1, 'a', 'First'), (2, 1, NULL, 'b', NULL), (3, 2, 2, 'c', 'Third');
                    INSERT INTO threads (id, source_id, merged_into, source_key) VALUES (4, 1, 2, 'd');
                    INSERT INTO tags (thread_id, tag) VALUES (1, 'How To'), (3, 'x');
                    INSERT INTO imports (id, run_id, started_at, format, version, input) VALUES (1, 1, 0, 'jsonl', 1, 'x');
                    """)
            try fill(db)
            try db.execute(sql: "INSERT INTO posts_fts (rowid, title, body) SELECT id, title, body FROM posts ORDER BY id")
            try SearchIndex.rebuildCharacters(db)
        }
    }

    deinit {
        try? archive.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The ids of the hits, in order.
    func ids(_ query: String, _ sort: SearchRequest.Sort = .relevance, limit: Int = 1_000_000) throws -> [Int64] {
        try archive.reader.search(SearchRequest(query, sort: sort, limit: limit)).hits.map(\.id.rawValue)
    }
}

/// A row of `posts`, for tests.
struct TestPost {
    var id: Int64
    var thread: Int64 = 1
    var source: Int64 = 1
    var author: Int64?
    var createdAt: Int64?
    var editedAt: Int64?
    var score: Int64?
    var state = PostState.present
    var title: String?
    var body: String?

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO posts (id, thread_id, source_id, author_id, import_id, created_at, edited_at, score, state, source_key,
                                   title, body)
                VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [id, thread, source, author, createdAt, editedAt, score, state.rawValue, "k\(id)", title, body])
    }
}
