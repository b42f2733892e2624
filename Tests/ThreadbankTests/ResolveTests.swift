// A post may be named in every way that people come across it.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct ResolveTests {
    let village: ReadingArchive

    init() throws { village = try ReadingArchive(ReadingArchive.village) }

    @Test(
        arguments: [
            ("3", 3), ("p3", 3), (" p3\n", 3), ("99", nil), ("p99", nil), ("t1", nil), ("", nil), ("nothing", nil),
            ("threadbank:activitypub:https://lemmy.example/comment/3", 3), ("threadbank:mail:m1@example.org", 7),
            ("threadbank:activitypub:lemmy.example/comment/30", 3), ("threadbank:mail:nobody", nil), ("threadbank:", nil),
            ("https://lemmy.example/comment/3", 3), ("https://lemmy.example/comment/3/", 3), ("https://lemmy.example/x", 4),
            ("https://lists.example/m1@example.org/", 7), ("https://lists.example/m1%40example.org", 7),
            ("https://lists.example//", nil),
            ("lemmy.example/comment/30", 3), ("https://lemmy.example/comment/30", 3), ("12#3", 8), ("<m2@example.org>", 8),
            ("m2@example.org", 8), ("<>", nil),
        ] as [(String, Int64?)])
    func aPostIsFoundByEveryName(text: String, id: Int64?) throws {
        #expect(try village.reader.resolve(text)?.rawValue == id)
    }

    @Test(
        arguments: [
            ("1", 1), ("t2", 2), ("p7", 3), ("99", nil), ("p99", nil), ("m1@example.org", 3),
            ("https://lists.example/thread/3", 3),
            ("https://lemmy.example/post/1", 1),
        ] as [(String, Int64?)])
    func aThreadIsFoundByItsNumberURLOrAnyPost(text: String, id: Int64?) throws {
        #expect(try village.reader.resolveThread(text)?.rawValue == id)
    }

    @Test func aNameOfTwoPostsIsRefused() throws {
        try village.archive.write { try $0.execute(sql: "INSERT INTO post_aliases VALUES (2, 'twice', 7), (1, 'twice', 3)") }
        let error = #expect(throws: ThreadbankError.self) { try village.reader.resolve("twice") }
        #expect(error?.code == .invalid)
        #expect(error?.message == "twice: 2 posts have that name (p3, p7); name one by its number")
    }

    @Test func everyPostWithANameIsFoundByItsCitation() throws {
        try village.archive.write {
            try $0.execute(
                sql: """
                    INSERT INTO posts (id, thread_id, source_id, import_id, source_key) VALUES (20, 1, 3, 1, 'a:b/c%3A')
                    """)
        }
        for id in [1, 2, 3, 4, 5, 7, 8, 20] as [Int64] {
            let citation = try #require(try village.reader.citation(of: Post.ID(rawValue: id)))
            #expect(try village.reader.resolve(citation.description)?.rawValue == id)
            #expect(Citation(text: citation.description) == citation)
        }
        #expect(try village.reader.citation(of: Post.ID(rawValue: 20))?.description == "threadbank:text/pages%3Aold:a:b/c%3A")
    }
}
