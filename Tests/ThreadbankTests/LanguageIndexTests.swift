// The index of spaceless scripts is kept in step by every writer, proved by `check`, and made by the migration.

import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankMigrations
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct LanguageIndexTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func store(_ posts: [ImportedPost]) throws {
        _ = try archive.importList(posts)
    }

    private func post(_ key: String, _ body: String?, edited: Int64? = nil) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "jsonl", name: "x"), key: key)
        post.body = body
        post.editedAt = edited
        return post
    }

    private func count(_ query: String) throws -> Int {
        try archive.reader.search(SearchRequest(query, countOnly: true)).total
    }

    private func faults() throws -> [String] { try archive.reader.check().flatMap(\.faults) }

    @Test func importsChangeAndForgetIt() throws {
        try store([post("a", "東京タワー"), post("b", "English"), post("c", "ภาษาไทย 東京")])
        #expect(try count("東京") == 2)
        try store([post("a", "大阪城", edited: 100)])
        #expect(try (count("東京"), count("大阪")) == (1, 1))
        #expect(try faults() == [])
        let id = try #require(try archive.reader.search("ไทย").hits.first).id
        _ = try archive.forget(.posts([id]), dryRun: false)
        #expect(try (count("東京"), count("ไทย"), count("大阪")) == (0, 0, 1))
        #expect(try faults() == [])
        let words = try archive.reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM posts_cjk_docsize") }
        #expect(words == 1)
    }

    @Test(arguments: [
        "INSERT INTO posts_cjk (posts_cjk) VALUES ('delete-all')",
        "INSERT INTO posts_cjk (rowid, body) VALUES (9, ' 中 ')",
    ])
    func checkFindsADifferenceAndOptimizeMendsIt(sql: String) throws {
        try store([post("a", "東京タワー")])
        try archive.write { try $0.execute(sql: sql) }
        #expect(try faults().contains { $0.contains("index of characters") })
        try archive.optimize()
        #expect(try faults() == [])
        #expect(try count("京タ") == 1)
    }

    @Test(arguments: Archive.Stemming.allCases) func theMigrationFillsIt(stemming: Archive.Stemming) throws {
        // An archive as the version before made it.
        let path = folder.file("old.sqlite")
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for step in Migration.all.prefix(2) {
                try db.execute(sql: step.sql.replacingOccurrences(of: "{tokenize}", with: stemming.tokenizer))
            }
            try db.execute(
                sql: """
                    PRAGMA application_id = \(ArchiveFile.applicationID); PRAGMA user_version = 2;
                    INSERT INTO sources (id, kind) VALUES (1, 'jsonl');
                    INSERT INTO threads (id, source_id) VALUES (1, 1);
                    INSERT INTO imports (id, run_id, started_at, format, version, input) VALUES (1, 1, 0, 'jsonl', 1, 'x');
                    INSERT INTO posts (id, thread_id, source_id, import_id, source_key, body) VALUES (1, 1, 1, 1, 'a', 'running 東京');
                    INSERT INTO posts_fts (rowid, title, body) VALUES (1, NULL, 'running 東京');
                    UPDATE threads SET root_post_id = 1;
                    """)
        }
        try queue.close()
        let error = #expect(throws: ThreadbankError.self) { try ArchiveReader(path: path) }
        #expect(error?.message.contains("threadbank migrate") == true)
        let migrated = try Archive(path: path)
        #expect(try migrated.reader.search("京").total == 1)
        #expect(try migrated.reader.search("run 京").total == (stemming == .english ? 1 : 0))
        #expect(try migrated.reader.check().flatMap(\.faults) == [])
    }

    /// Before version 7 titles were the first column. A title is still told from a body, and ranks above it.
    @Test(arguments: Archive.Stemming.allCases) func theMigrationPutsBodiesFirst(stemming: Archive.Stemming) throws {
        let path = folder.file("titles.sqlite")
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for step in Migration.all.prefix(6) {
                try db.execute(sql: step.sql.replacingOccurrences(of: "{tokenize}", with: stemming.tokenizer))
            }
            try db.execute(
                sql: """
                    PRAGMA application_id = \(ArchiveFile.applicationID); PRAGMA user_version = 6;
                    INSERT INTO sources (id, kind) VALUES (1, 'jsonl');
                    INSERT INTO threads (id, source_id, source_key) VALUES (1, 1, 'a'), (2, 1, 'b');
                    INSERT INTO imports (id, run_id, started_at, format, version, input) VALUES (1, 1, 0, 'jsonl', 1, 'x');
                    INSERT INTO posts (id, thread_id, source_id, import_id, source_key, title, body)
                    VALUES (1, 1, 1, 1, 'a', 'bread', 'water'), (2, 2, 1, 1, 'b', 'water 東京', 'bread');
                    INSERT INTO posts_fts (rowid, title, body) SELECT id, title, body FROM posts;
                    UPDATE threads SET root_post_id = id;
                    """)
            try SearchIndex.rebuildCharacters(db)
            try PackedColumns.rebuild(db)
        }
        try queue.close()
        let archive = try Archive(path: path)
        #expect(try archive.reader.search("bread").hits.map(\.id.rawValue) == [1, 2])
        #expect(try archive.reader.search("water").hits.map(\.id.rawValue) == [2, 1])
        #expect(try archive.reader.search("title:water").hits.map(\.id.rawValue) == [2])
        #expect(try archive.reader.search("title:東").hits.map(\.id.rawValue) == [2])
        let columns = try archive.reader.read { try String.fetchAll($0, sql: "SELECT name FROM pragma_table_info('posts_fts')") }
        #expect(columns == ["body", "title"])
        #expect(try archive.reader.check().flatMap(\.faults) == [])
    }
}
