// Packed columns say what the posts say, whatever was written and how.

import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankMigrations
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct PackedColumnsTests {
    private func faults(_ archive: SearchArchive) throws -> [String] {
        try archive.archive.reader.read { try PackedColumns.faults($0) }
    }

    @Test func followWhateverIsWritten() throws {
        var random = SeededGenerator(5)
        let archive = try SearchArchive { db in
            for id in 1...40 { try TestPost(id: Int64(id), createdAt: Int64(id), body: "body \(id)").insert(db) }
        }
        #expect(try faults(archive) == [])
        // The last of one block and the first of the next, and numbers far apart.
        let ids = [Int64(3), 17, 40, 65_535, 65_536, 131_071, 200_000]
        for _ in 0..<60 {
            let id = ids.randomElement(using: &random)!
            let choice = Int.random(in: 0..<8, using: &random)
            let number = Int64.random(in: -3...3, using: &random)
            try archive.archive.write { db in
                let known =
                    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM posts WHERE id = ?)", arguments: [id]) == true
                let text = try Row.fetchOne(db, sql: "SELECT title, body FROM posts WHERE id = ?", arguments: [id])
                    .map { PostText(title: $0[0], body: $0[1]) }
                switch (choice, text) {
                case (0, let text?) where known:
                    try db.execute(sql: "DELETE FROM replies WHERE post_id = ?1 OR parent_id = ?1", arguments: [id])
                    try db.execute(sql: "UPDATE threads SET root_post_id = NULL WHERE root_post_id = ?", arguments: [id])
                    try SearchIndex(db).remove(id, text)
                    try db.execute(sql: "DELETE FROM posts WHERE id = ?", arguments: [id])
                case (1, let text?):
                    let new = PostText(title: "title", body: String(repeating: "中 b ", count: Int(abs(number))))
                    try SearchIndex(db).remove(id, text)
                    try db.execute(
                        sql: "UPDATE posts SET title = ?, body = ? WHERE id = ?", arguments: [new.title, new.body, id])
                    try SearchIndex(db).insert(id, new)
                case (2, _?):
                    try db.execute(
                        sql: "UPDATE posts SET author_id = ?, thread_id = ? WHERE id = ?",
                        arguments: [abs(number) % 3 + 1, abs(number) % 2 + 1, id])
                case (3, _?):
                    try db.execute(
                        sql: "UPDATE posts SET created_at = ? WHERE id = ?",
                        arguments: [number == 0 ? nil : number * 1_000_000_007, id])
                case (4, _?):
                    try db.execute(
                        sql: "UPDATE threads SET root_post_id = ?, forum_id = ? WHERE id = ?",
                        arguments: [id, number > 0 ? 1 : nil, abs(number) % 3 + 1])
                case (5, _?) where id != 3:
                    try db.execute(
                        sql:
                            "INSERT OR IGNORE INTO replies (post_id, parent_id, basis, confidence) SELECT ?, id, 'native', 1 FROM posts WHERE id = 3",
                        arguments: [id])
                case (6, _?): try db.execute(sql: "DELETE FROM replies WHERE post_id = ?", arguments: [id])
                case (_, nil):
                    let post = TestPost(id: id, thread: 2, createdAt: 5, body: "new words")
                    try post.insert(db)
                    try SearchIndex(db).insert(id, PostText(title: nil, body: post.body))
                default: try db.execute(sql: "UPDATE posts SET state = 'deleted' WHERE id = ?", arguments: [id])
                }
            }
            #expect(try faults(archive) == [], "after \(choice) on p\(id)")
        }
    }

    @Test func aTransactionThatFailsLeavesThemAsTheyWere() throws {
        struct Stop: Error {}
        let archive = try SearchArchive { try TestPost(id: 1, body: "a").insert($0) }
        try? archive.archive.write { db in
            try db.execute(sql: "UPDATE posts SET state = 'deleted'")
            throw Stop()
        }
        #expect(try faults(archive) == [])
        #expect(try archive.ids("a is:present") == [1])
    }

    @Test func anOlderArchiveIsPackedWhenItMigrates() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/archive.sqlite"
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for step in Migration.all.prefix(5) {
                try db.execute(sql: step.sql.replacingOccurrences(of: "{tokenize}", with: "porter unicode61 remove_diacritics 2"))
            }
            try db.execute(
                sql: """
                    PRAGMA application_id = \(ArchiveFile.applicationID); PRAGMA user_version = 5;
                    INSERT INTO sources (id, kind, name) VALUES (1, 'jsonl', 'One');
                    INSERT INTO threads (id, source_id) VALUES (1, 1);
                    INSERT INTO imports (id, run_id, started_at, format, version, input) VALUES (1, 1, 0, 'jsonl', 1, 'x');
                    INSERT INTO posts (id, thread_id, source_id, import_id, source_key, created_at, body)
                    VALUES (1, 1, 1, 1, 'a', 60, 'old bread'), (70000, 1, 1, 1, 'b', 120, 'more bread');
                    INSERT INTO posts_fts (rowid, title, body) SELECT id, title, body FROM posts;
                    UPDATE threads SET root_post_id = 1;
                    """)
        }
        try queue.close()
        let archive = try Archive(path: path)
        #expect(try archive.reader.read { try PackedColumns.faults($0) } == [])
        #expect(try archive.reader.search("bread").hits.map(\.id.rawValue) == [1, 70000])
    }

    @Test func valuesThatAreAllAlikeTakeNoPlace() throws {
        let archive = try SearchArchive { db in
            for id in 1...500 { try TestPost(id: Int64(id), author: 1, createdAt: Int64(id) * 60, body: "a").insert(db) }
        }
        let sizes = try archive.archive.reader.read { db in
            try Row.fetchAll(db, sql: "SELECT name, length(data) FROM packed_columns").reduce(into: [String: Int]()) {
                $0[$1[0]] = $1[1]
            }
        }
        #expect(sizes["posts.author"] == 4)
        #expect(sizes["posts.minute"] == 501 * 4)
        #expect(sizes["posts.flags"] == 501)
    }
}
