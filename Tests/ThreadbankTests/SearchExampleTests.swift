// Every example of the article on the query language finds what it says, in an archive made for them.

import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct SearchExampleTests {
    static let examples: [String] = {
        let page = "\(Checkout.path)/Sources/ThreadbankCore/Documentation.docc/SearchSyntax.md"
        let text = (try? String(contentsOfFile: page, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```search\n").dropFirst().flatMap { block in
            block.components(separatedBy: "```")[0].split(separator: "\n").map {
                $0.components(separatedBy: " # ")[0].trimmingCharacters(in: .whitespaces)
            }
        }
    }()

    private static let dated: Int64 = 1_685_615_400
    private static let posts = [
        TestPost(
            id: 1, thread: 12, author: 1, createdAt: dated, score: 12, title: "My bread knife",
            body: "Self-reliance: a bread knife, and a fork."),
        TestPost(
            id: 2, thread: 12, author: 2, createdAt: dated + 86_400, score: 3,
            body: "> the bread knife\n\nI bake cake with http://cake.example."),
        TestPost(
            id: 3, thread: 1, author: 4, createdAt: 1_640_000_000, editedAt: 1_640_000_100, score: 7,
            body: "Bread alone, quoted of nobody"),
        TestPost(id: 4, thread: 1, author: 2, createdAt: 1_600_000_000, state: .deleted, body: "a butter knife for bread"),
        TestPost(id: 5, thread: 3, source: 2, author: 3, createdAt: 1_700_000_000, state: .removed, body: "knife"),
        TestPost(id: 6, thread: 3, source: 2, state: .missing),
        TestPost(id: 7, thread: 1, author: 1, createdAt: 1_710_000_000, body: "東京タワー、本当？ Python写 python"),
        TestPost(id: 8, thread: 2, author: 1, createdAt: 1_685_000_000, body: "nothing of that kind"),
        TestPost(id: 9, thread: 2, author: 1, createdAt: 1_685_000_000, body: "今天天气，今天 天气"),
    ]

    private static func archive() throws -> SearchArchive {
        try SearchArchive(.english) { db in
            try db.execute(
                sql: """
                    INSERT INTO authors (id, source_id, source_key, name, display_name)
                    VALUES (4, 1, 'emerson', 'emerson', 'Ralph Waldo Emerson');
                    INSERT INTO threads (id, source_id, forum_id, source_key, title) VALUES (12, 1, 1, 't12', 'Knives');
                    INSERT INTO tags (thread_id, tag) VALUES (12, 'howto');
                    """)
            for post in posts { try post.insert(db) }
            try db.execute(
                sql: """
                    UPDATE threads SET root_post_id = 1 WHERE id = 12;
                    INSERT INTO replies VALUES (2, 1, NULL, 'native', 1, NULL), (4, 3, NULL, 'text', 0.6, NULL);
                    INSERT INTO attachments VALUES (2, 'a.png', 'image/png', 12), (8, 'https://a.example', 'text/uri-list', NULL);
                    """)
        }
    }

    @Test func everyExampleFindsSomethingAndNotEverything() throws {
        let archive = try Self.archive()
        #expect(Self.examples.count > 50)
        for example in Self.examples {
            let found = try archive.archive.reader.search(SearchRequest(example, limit: 100))
            #expect(found.total > 0, "\(example)")
            #expect(found.total < Self.posts.count, "\(example)")
        }
    }

    @Test(
        arguments: [
            ("own:bread", [1, 3, 4]), ("quoted:\"bread knife\"", [2]), ("has:attachment", [2]), ("has:link", [2, 8]),
            ("thread:12", [1, 2]),
            ("is:missing", [6]), ("東京", [7]), ("bread thread:{author:ann is:root}", [1, 2, 3, 4]), ("score:5..20", [1, 3]),
            ("is:inferred", [4]),
            ("by:\"ralph waldo emerson\"", [3]), ("date:2023-06-01", [1]), ("-knife is:present", [3, 7, 8, 9]),
        ] as [(String, [Int64])])
    func theseFindJustThese(query: String, ids: [Int64]) throws {
        #expect(try Self.archive().ids(query).sorted() == ids)
    }

    @Test func aNameThatNobodyHasBringsTheNearest() throws {
        // The reader lives as long as its archive.
        let archive = try Self.archive()
        let reader = archive.archive.reader
        defer { withExtendedLifetime(archive) {} }
        let unknown = try reader.unknownNames(in: .parse("bread by:emersn in:bakin -author:ann source:mial tag:how"))
        #expect(
            unknown.map(\.kind) == [.author, .forum, .source, .tag] && unknown.map(\.text) == ["emersn", "bakin", "mial", "how"])
        #expect(
            unknown.map(\.nearest) == [["emerson", "Ralph Waldo Emerson"], ["Baking & Bread"], ["mail"], ["howto", "How To"]])
        #expect(try reader.unknownNames(in: .parse("by:*erson nothing")).isEmpty)
        #expect(try reader.names(of: .author, startingWith: "JOSE") == ["José"])
        #expect(try reader.names(of: .tag) == ["How To", "howto", "x"])
        #expect(try reader.names(of: .author, startingWith: "*") == [])
    }
}
