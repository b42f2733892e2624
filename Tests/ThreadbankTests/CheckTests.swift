// `check` finds each kind of damage that it says it looks for.

import Foundation
import GRDB
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct CheckTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("archive.sqlite") }

    /// a ← b ← c, and a thread of its own: d.
    init() throws {
        folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        func post(_ key: String, _ parent: String?) -> ImportedPost {
            var post = ImportedPost(source: SourceReference(kind: "test"), key: key)
            post.body = "body of \(key)"
            post.parent = parent.map { ParentStatement(PostReference(.key($0)), basis: .native) }
            return post
        }
        try archive.importList([post("a", nil), post("b", "a"), post("c", "b"), post("d", nil)])
        try archive.close()
    }

    private func damage(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func faults() throws -> [String] { try ArchiveReader(path: path).faults() }

    @Test func aSoundArchiveHasNoFaults() throws {
        let results = try ArchiveReader(path: path).check()
        #expect(
            results.map(\.subject) == [
                "sqlite", "schema", "foreign keys", "search index", "packed columns", "forest", "threads", "counts",
            ])
        #expect(results.allSatisfy { $0.faults.isEmpty && $0.skipped == nil })
    }

    private static let a = "(SELECT id FROM posts WHERE source_key = 'a')"
    private static let b = "(SELECT id FROM posts WHERE source_key = 'b')"
    private static let c = "(SELECT id FROM posts WHERE source_key = 'c')"
    private static let d = "(SELECT id FROM posts WHERE source_key = 'd')"

    /// The index stays as it is, and says from now on that it is over another column.
    private static let otherIndex = """
        PRAGMA writable_schema = 1;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX posts_by_date ON posts (score)' WHERE name = 'posts_by_date'
        """

    @Test(arguments: [
        (
            "INSERT INTO replies (post_id, parent_id, basis, confidence) VALUES (\(a), \(c), 'native', 1)",
            "forest"
        ),
        ("UPDATE replies SET parent_id = 999 WHERE post_id = \(b)", "foreign keys"),
        ("INSERT INTO tags VALUES (999, 'x')", "foreign keys"),
        ("UPDATE posts SET body = 'other words' WHERE source_key = 'b'", "search index"),
        ("INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', \(b), NULL, 'body of b')", "counts"),
        ("UPDATE posts SET thread_id = (SELECT thread_id FROM posts WHERE source_key = 'd') WHERE source_key = 'c'", "threads"),
        ("UPDATE threads SET root_post_id = \(b) WHERE root_post_id = \(a)", "threads"),
        ("UPDATE threads SET root_post_id = \(d) WHERE root_post_id = \(a)", "threads"),
        ("INSERT INTO threads (source_id) VALUES (1)", "threads"),
        ("UPDATE threads SET merged_into = 2 WHERE id = 1", "threads"),
        ("DELETE FROM replies WHERE post_id = \(b)", "threads"),
        ("UPDATE posts SET created_at = 60 WHERE source_key = 'b'", "packed columns"),
        ("UPDATE posts SET author_id = 7 WHERE source_key = 'b'", "packed columns"),
        ("UPDATE posts SET state = 'removed' WHERE source_key = 'b'", "packed columns"),
        ("UPDATE threads SET root_post_id = NULL WHERE id = 1", "packed columns"),
        ("DELETE FROM packed_columns WHERE name = 'posts.length'", "packed columns"),
        ("UPDATE packed_columns SET data = CAST(data || x'01' AS BLOB) WHERE name = 'posts.flags'", "packed columns"),
        ("INSERT INTO packed_columns VALUES ('posts.flags', 9, x'01')", "packed columns"),
        ("UPDATE imports SET added = added + 1", "counts"),
        (
            otherIndex, "sqlite"
        ),
    ])
    func damageIsFound(sql: String, subject: String) throws {
        if subject == "sqlite" { try damage("UPDATE posts SET created_at = id, score = 100 - id") }
        try damage(sql)
        let found = try faults()
        #expect(found.contains { $0.hasPrefix("\(subject): ") }, "found: \(found)")
    }

    @Test(arguments: [
        ("DROP VIEW post_details", "the view post_details is missing"),
        ("DROP VIEW thread_summaries; CREATE VIEW thread_summaries AS SELECT 1 AS id", "the view thread_summaries is not as"),
        ("DROP INDEX posts_by_date", "the index posts_by_date is missing"),
        ("DROP INDEX posts_by_date; CREATE INDEX posts_by_date ON posts (score)", "the index posts_by_date is not as"),
        ("DROP TABLE posts_words", "the table posts_words is missing"),
        ("DROP TABLE packed_columns", "the table packed_columns is missing"),
        ("DROP VIEW tagged_posts; DROP INDEX marks_by_text", "the view tagged_posts is missing"),
    ])
    func migratePutsBackWhatHoldsNothing(sql: String, fault: String) throws {
        try damage(sql)
        let found = try faults()
        #expect(
            found.contains { $0.hasPrefix("schema: \(fault)") && $0.contains("`threadbank migrate` puts it back") }, "\(found)")
        let archive = try Archive(path: path, creating: nil)
        #expect(try !archive.restoreSchema().isEmpty)
        #expect(try archive.restoreSchema().isEmpty, "the second time there is nothing to do")
        try archive.close()
        #expect(try faults().isEmpty)
    }

    @Test(arguments: [
        "DROP TABLE tags", "DROP TABLE replies", "DROP TABLE marks", "DROP TABLE posts_fts", "DROP TABLE posts_cjk",
        "DROP TABLE imports",
        "ALTER TABLE tags RENAME COLUMN tag TO label",
    ])
    func whatHoldsSomethingIsNamedAndNotInvented(sql: String) throws {
        try damage(sql)
        let found = try faults()
        #expect(found.contains { $0.hasPrefix("schema: the table ") && $0.contains("backup") }, "\(found)")
        let error = #expect(throws: ThreadbankError.self) { try Archive(path: path, creating: nil).restoreSchema() }
        #expect(error?.code == .archive)
        #expect(try faults() == found, "nothing was put in its place")
    }

    /// Tables that nothing else hangs on can be had again without what they held, when somebody says so.
    @Test(arguments: [
        "DROP TABLE attachments", "DROP TABLE tags; DROP TABLE links", "DROP VIEW tagged_posts; DROP TABLE marks",
        "DROP TABLE saved_searches", "DROP TABLE post_revisions",
    ])
    func migratePutsBackEmptyTablesWhereItIsTold(sql: String) throws {
        try damage(sql)
        #expect(try faults().contains { $0.contains("`threadbank migrate --empty` makes it again without what it held") })
        let archive = try Archive(path: path, creating: nil)
        #expect(throws: ThreadbankError.self) { try archive.restoreSchema() }
        #expect(try archive.restoreSchema(emptyTables: true).contains { $0.hasPrefix("table ") && $0.hasSuffix(", empty") })
        try archive.close()
        #expect(try faults().isEmpty)
    }

    @Test(arguments: ["DROP TABLE replies", "DROP TABLE posts_fts", "DROP TABLE imports"])
    func whatOthersHangOnIsNotMadeEmpty(sql: String) throws {
        try damage(sql)
        #expect(throws: ThreadbankError.self) { try Archive(path: path, creating: nil).restoreSchema(emptyTables: true) }
        #expect(try !faults().contains { $0.contains("--empty") })
    }

    /// SQLite's own words tell nobody what to do.
    @Test func readingWithoutATableSaysWhatToDo() throws {
        try damage("DROP TABLE attachments")
        let reader = try ArchiveReader(path: path)
        let wanted =
            "\(path): the table attachments is missing; restore a backup, or `threadbank migrate --empty` makes it again without what it held"
        func message(_ body: () throws -> Void) -> String? { #expect(throws: ThreadbankError.self, performing: body)?.message }
        let id = try #require(try reader.threads(ThreadListRequest()).items.first?.id)
        #expect(message { _ = try reader.thread(id) } == wanted)
        #expect(message { _ = try reader.exportPosts(.all) { _ in } } == wanted)
        #expect(message { _ = try reader.search(SearchRequest(.parse("has:attachment"), text: "")) } == wanted)
        try damage("DROP TABLE packed_columns")
        let derived = message { _ = try ArchiveReader(path: path).search(SearchRequest(.parse("body"), text: "")) }
        #expect(derived?.hasSuffix("; `threadbank check` tells what is wrong with the archive") == true, "\(derived ?? "")")
    }

    @Test func aTableInAViewsPlaceIsNamedAndLeft() throws {
        try damage("DROP VIEW post_details; CREATE TABLE post_details (mine TEXT); INSERT INTO post_details VALUES ('x')")
        let line =
            "a table has the name of the view post_details; rename it (`ALTER TABLE post_details RENAME TO …`) and run `threadbank migrate`"
        #expect(try faults() == ["schema: \(line)"])
        let error = #expect(throws: ThreadbankError.self) { try Archive(path: path, creating: nil).restoreSchema() }
        #expect(error?.message == "\(path): \(line)")
        try damage("ALTER TABLE post_details RENAME TO other")
        #expect(try Archive(path: path, creating: nil).restoreSchema() == ["view post_details"])
    }

    @Test func postsOfOneKeyAreNamed() throws {
        try damage("DROP INDEX posts_by_key; UPDATE posts SET source_key = 'a' WHERE source_key = 'd'")
        let error = #expect(throws: ThreadbankError.self) { try Archive(path: path, creating: nil).restoreSchema() }
        let message = try #require(error?.message)
        #expect(message.hasPrefix("\(path): the posts p1 and p4 have the same source and key; restore a backup, or "))
        #expect(message.contains("`threadbank export`") && !message.contains("SQLite"))
        // What it advises works: one post is made of both.
        let other = try Archive(path: folder.file("new.sqlite"))
        var posts: [ImportedPost] = []
        _ = try ArchiveReader(path: path).exportPosts(.all) { posts.append($0) }
        try other.importList(posts)
        #expect(try other.reader.allPosts().compactMap(\.sourceKey).sorted() == ["a", "b", "c"])
    }

    @Test func whatSomebodyAddedIsNoFault() throws {
        try damage("CREATE VIEW mine AS SELECT 1; CREATE INDEX mine_too ON posts (score); CREATE TABLE own (x); ANALYZE")
        #expect(try faults().isEmpty)
        try damage("ALTER TABLE posts ADD COLUMN mine TEXT; ALTER TABLE threads ADD COLUMN own_number INTEGER NOT NULL DEFAULT 0")
        #expect(try faults().isEmpty)
    }

    @Test func noMoreThanTenFaultsOfAKind() throws {
        let rows = (0..<50).map { "(\($0 + 900), 'x')" }.joined(separator: ", ")
        try damage("INSERT INTO tags VALUES \(rows)")
        #expect(try faults().count == 10)
    }

    /// Bytes of the middle of the file overwritten: `check` says so or the archive says that it is damaged; nothing traps.
    @Test(arguments: 1..<12) func overwrittenPagesAreFoundOrHarmless(page: Int) throws {
        var bytes = try #require(folder.bytes("archive.sqlite"))
        let offset = page * 4096 * 3
        guard offset + 4096 <= bytes.count else { return }
        bytes.replaceSubrange(offset..<offset + 4096, with: Data(repeating: 0xA5, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
        do {
            #expect(try !faults().isEmpty)
        } catch let error as ThreadbankError {
            #expect(error.description.contains("damaged"), "\(error)")
        }
    }
}
