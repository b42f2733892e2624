// What a search finds, in which order, and how it shows it.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct SearchTests {
    let archive: SearchArchive

    init() throws { archive = try Self.shared.get() }

    private static let shared = Result {
        let day = Int64(86_400)
        let start = Int64(1_685_577_600)  // 2023-06-01
        return try SearchArchive(.english) { db in
            let posts = [
                TestPost(id: 1, author: 1, createdAt: start, score: 5, title: "Bread and knife", body: "How do you cut it?"),
                TestPost(id: 2, author: 2, createdAt: start + day, score: 20, body: "With a bread knife; self-reliance is good."),
                TestPost(
                    id: 3, author: 3, createdAt: start + 40 * day, editedAt: start, state: .deleted, body: "A knife, a fork."),
                TestPost(id: 4, thread: 2, createdAt: nil, body: "Running bread <b>\u{1}x\u{2}</b> https://x.example/y"),
                TestPost(
                    id: 5, thread: 3, source: 2, author: 3, createdAt: start - day, state: .removed, title: "Tortilla", body: nil),
                TestPost(id: 6, thread: 3, source: 2, state: .missing, title: "Bread ghost"),
                TestPost(id: 7, thread: 2, createdAt: start, body: "日本語のテキスト ไทย bread"),
            ]
            for post in posts { try post.insert(db) }
            try db.execute(
                sql: """
                    INSERT INTO replies (post_id, parent_id, basis, confidence) VALUES (2, 1, 'native', 1), (3, 1, 'text', 0.5);
                    INSERT INTO replies (post_id, parent_id, basis, confidence) VALUES (4, NULL, 'manual', 1);
                    INSERT INTO post_revisions (post_id, body) VALUES (7, 'old');
                    INSERT INTO post_forums (post_id, forum_id) VALUES (4, 1);
                    INSERT INTO attachments (post_id, name) VALUES (5, 'x.png');
                    INSERT INTO links (from_post_id, to_post_id, kind) VALUES (3, 1, 'quote');
                    UPDATE threads SET root_post_id = 1 WHERE id = 1;
                    UPDATE threads SET root_post_id = 4 WHERE id = 2;
                    """)
        }
    }

    @Test(arguments: [
        ("bread", [1, 2, 4, 7]), ("bread knife", [1, 2]), ("bread -knife", [4, 7]), ("-bread", [3, 5]), ("run", [4]),
        ("\"bread knife\"", [2]), ("self-reliance", [2]), ("\"self reliance\"", [2]), ("knif*", [1, 2, 3]),
        ("BRÉAD", [1, 2, 4, 7]),
        ("title:bread", [1]), ("fork OR tortilla", [3, 5]), ("bread NEAR/1 knife", [1, 2]), ("bread NEAR/0 knife", [2]),
        ("", [1, 2, 3, 4, 5, 7]), ("++", []), ("++ bread", [1, 2, 4, 7]), ("zzzz", []),
        ("author:ann", [1]), ("by:\"ann lee\"", [1]), ("by:jose", [3, 5]), ("author:*@x.example", [3, 5]), ("by:@bob", [2]),
        ("-author:*", [4, 7]), ("author:nobody", []), ("by:_nn", []), ("by:a%", []), ("by:JOSÉ", [3, 5]), ("by:*", [1, 2, 3, 5]),
        ("-author:nobody", [1, 2, 3, 4, 5, 7]), ("author:an bread", []),
        ("in:\"baking*\"", [1, 2, 3, 4]), ("in:cafe", [5]), ("-in:baking", [5, 7]), ("source:mail", [5]),
        ("source:one", [1, 2, 3, 4, 7]), ("source:jsonl", [1, 2, 3, 4, 7]), ("source:JSONL/One", [1, 2, 3, 4, 7]),
        ("source:jsonl/*", [1, 2, 3, 4, 7]),
        ("source:mail/One", []), ("-source:jsonl/one", [5]),
        ("tag:\"how to\"", [1, 2, 3]), ("thread:2", [4, 7]), ("thread:4", [4, 7]), ("thread:99", []),
        ("after:2023-06-02", [2, 3]), ("before:2023-06-01", [5]), ("date:2023-06", [1, 2, 7]), ("date:..2023-05", [5]),
        ("-date:2023", [4]), ("score:>5", [2]), ("score:5..20", [1, 2]), ("-score:>5", [1, 3, 4, 5, 7]),
        ("is:deleted", [3]), ("is:removed", [5]), ("is:present", [1, 2, 4, 7]), ("is:missing", [6]),
        ("-is:missing", [1, 2, 3, 4, 5, 7]),
        ("bread is:missing", []), ("bread OR is:missing", [1, 2, 4, 6, 7]), ("is:edited", [3, 7]), ("is:reply", [2, 3]),
        ("is:root", [1, 4, 5, 7]), ("is:inferred", [3]), ("has:link", [3, 4]), ("has:attachment", [5]), ("bread has:link", [4]),
        ("knife -is:deleted", [1, 2]), ("knife (author:bob OR is:deleted)", [2, 3]), ("fork OR author:ann", [1, 3]),
        ("-(bread author:ann) knife", [2, 3]), ("(bread author:bob) OR (knife is:deleted) OR score:5", [1, 2, 3]),
        ("author:bob (fork OR score:>3)", [2]), ("fork OR -bread", [3, 5]), ("日本語のテキスト", [7]),
        ("author:(ann OR bob) title:(bread OR x)", [1]),
    ])
    func finds(query: String, expected: [Int64]) throws {
        #expect(try archive.ids(query).sorted() == expected)
        let count = try archive.archive.reader.search(SearchRequest(query, countOnly: true))
        #expect(count.total == expected.count && count.hits.isEmpty)
    }

    @Test func ordersAsAsked() throws {
        #expect(try archive.ids("bread", .newest) == [2, 7, 1, 4])
        #expect(try archive.ids("bread", .oldest) == [1, 7, 2, 4])
        #expect(try archive.ids("bread", .score) == [2, 1, 7, 4])
        #expect(try archive.ids("") == [3, 2, 7, 1, 5, 4])
        #expect(try archive.ids("", .oldest) == [5, 1, 7, 2, 3, 4])
        #expect(try archive.ids("bread").first == 1, "the title weighs more")
        #expect(try archive.ids("fork OR author:ann") == [3, 1], "what the text finds comes first")
        #expect(try archive.ids("fork OR author:ann", .oldest) == [1, 3])
    }

    @Test func pagesWithoutGapOrRepeat() throws {
        let whole = try archive.ids("bread")
        let pages = try (0..<5).flatMap { offset in
            try archive.archive.reader.search(SearchRequest("bread", limit: 1, offset: offset)).hits.map(\.id.rawValue)
        }
        #expect(pages == whole)
    }

    @Test func rankIsHigherForTheBetterAndZeroWithoutText() throws {
        for sort in SearchRequest.Sort.allCases {
            let hits = try archive.archive.reader.search(SearchRequest("bread", sort: sort)).hits
            let ranks = Dictionary(uniqueKeysWithValues: hits.map { ($0.id.rawValue, $0.rank) })
            #expect(ranks.values.allSatisfy { $0 > 0 })
            #expect(ranks[1] == ranks.values.max())
        }
        #expect(try archive.archive.reader.search("author:ann").hits.map(\.rank) == [0])
        #expect(try archive.archive.reader.search("-bread").hits.allSatisfy { $0.rank == 0 })
    }

    @Test func aHitKnowsItsPlace() throws {
        let hit = try #require(try archive.archive.reader.search("\"bread knife\"").hits.first)
        #expect(hit.threadTitle == "First" && hit.forum == "Baking & Bread" && hit.author == "bob" && hit.score == 20)
        #expect(hit.url == "https://one.example/k2" && hit.state == .present && hit.threadID.rawValue == 1)
        #expect(Timestamp.text(hit.createdAt) == "2023-06-02T00:00:00Z")
        #expect(hit.snippet.map(\.text).joined() == "With a bread knife; self-reliance is good.")
        #expect(hit.snippet.filter(\.isHit).map(\.text) == ["bread knife"])
    }

    @Test func marksCannotBeForgedByAPost() throws {
        let hit = try #require(try archive.archive.reader.search("running").hits.first)
        #expect(hit.snippet.filter(\.isHit).map(\.text) == ["Running"])
        #expect(hit.snippet.map(\.text).joined().contains("<b>\u{1}x\u{2}</b>"))
    }

    @Test func withoutTextTheBodyBegins() throws {
        #expect(
            try archive.archive.reader.search("author:bob").hits[0].snippet.map(\.text) == [
                "With a bread knife; self-reliance is good."
            ])
        #expect(try archive.archive.reader.search("is:removed").hits[0].snippet.isEmpty)
    }

    @Test func rawIsFTS5AndItsErrorsAreQueryErrors() throws {
        let reader = archive.archive.reader
        #expect(try reader.search(SearchRequest(.raw("title : bread OR fork"))).hits.map(\.id.rawValue).sorted() == [1, 3])
        for wrong in ["bread AND", "\"", "nosuch : x", "", "*x", "NEAR(", "a\u{0}b ("] {
            let error = #expect(throws: ThreadbankError.self) { try reader.search(SearchRequest(.raw(wrong))) }
            #expect(error?.code == .query, "\(wrong)")
        }
    }

    @Test func aBeginningInYFindsWhatBeginsSo() throws {
        let bodies = ["encryption of anonymity", "the analysis", "happy", "happiness", "an encrypted analyst", "a hippy"]
        let archive = try SearchArchive(.english) { db in
            for (number, body) in bodies.enumerated() { try TestPost(id: Int64(number + 1), body: body).insert(db) }
        }
        #expect(try Set(archive.ids("encry*")) == [1, 5])
        #expect(try Set(archive.ids("anony*")) == [1])
        #expect(try Set(archive.ids("Analy*")) == [2, 5])
        #expect(try archive.ids("happy*").contains(3))
        #expect(try Set(archive.ids("title:encry* OR analy* -the")) == [5])
    }
}
