// Which post opens a container, in whatever batches its posts come: against asking all of them.

import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct ContainerOpenings {
    private static let source = SourceReference(kind: "test")

    @Test(arguments: 0..<80) func theFirstThatAnswersNoneInItOpensAContainer(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("a.sqlite"))
        for _ in 0..<2 {
            let posts = (0..<40).map { _ in post(&random) }
            try archive.importLists([posts], batchPosts: Int.random(in: 1...15, using: &random))
            #expect(try archive.reader.faults() == [])
            let (found, expected) = try archive.reader.read { db in (try Self.stored(db), try Self.expected(db)) }
            #expect(!expected.isEmpty && found == expected)
        }
    }

    /// One of thirty posts, in one of three containers or none; what decides is often missing or the same.
    private func post(_ random: inout SeededGenerator) -> ImportedPost {
        let index = Int.random(in: 0..<30, using: &random)
        var post = ImportedPost(source: Self.source, key: ["k\(index)", "é\(index)"].randomElement(using: &random))
        post.aliases = ["a\(index)"]
        post.body = "words"
        post.place = [nil, nil, 1, 2].randomElement(using: &random) ?? nil
        post.createdAt = [nil, 100, 200].randomElement(using: &random) ?? nil
        post.thread = [nil, "c1", "c2", "c3"].randomElement(using: &random).flatMap { $0.map { ThreadReference(key: $0) } }
        if Int.random(in: 0..<10, using: &random) == 0 { post.state = .missing }
        if Bool.random(using: &random) {
            let other = Int.random(in: 0..<30, using: &random)
            post.parent = ParentStatement(
                PostReference(Bool.random(using: &random) ? .key("k\(other)") : .alias("a\(other)")), basis: .native)
        }
        return post
    }

    private static func stored(_ db: Database) throws -> [Int64: Int64] {
        try Row.fetchAll(db, sql: "SELECT id, root_post_id FROM threads WHERE is_container AND merged_into IS NULL")
            .reduce(into: [:]) { $0[$1[0]] = $1[1] as Int64? }
    }

    private static func expected(_ db: Database) throws -> [Int64: Int64] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT p.thread_id, p.id, p.place, p.created_at, p.source_key,
                       (SELECT min(alias) FROM post_aliases WHERE post_id = p.id)
                  FROM posts p JOIN threads t ON t.id = p.thread_id
                  LEFT JOIN replies r ON r.post_id = p.id LEFT JOIN posts q ON q.id = r.parent_id
                 WHERE t.is_container AND q.thread_id IS NOT p.thread_id
                """)
        return Dictionary(grouping: rows) { $0[0] as Int64 }.compactMapValues { rows in
            rows.min { precedes($0, $1) }.map { $0[1] as Int64 }
        }
    }

    /// By place, then date, unknown ones last; then by key, a missing one first; then by alias.
    private static func precedes(_ a: Row, _ b: Row) -> Bool {
        for column in 2...3 {
            let (x, y) = (a[column] as Int64? ?? .max, b[column] as Int64? ?? .max)
            if x != y { return x < y }
        }
        for column in 4...5 {
            let (x, y) = (Array((a[column] as String? ?? "").utf8), Array((b[column] as String? ?? "").utf8))
            if x != y { return x.lexicographicallyPrecedes(y) }
        }
        return false
    }
}
