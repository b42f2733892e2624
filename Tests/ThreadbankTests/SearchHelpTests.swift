// What helps to search: words that were meant, posts that are alike, searches with a name, and how an answer was found.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct SearchHelpTests {
    static let bodies = [
        "The universe is expanding", "My university is closed; the universal remote too", "Self-reliance is a virtue",
        "A sourdough starter wants flour", "Feed the sourdough with flour and water", "Water the garden", "发酵面团需要时间", "面团的发酵",
    ]

    private func archive(_ stemming: Archive.Stemming = .english) throws -> SearchArchive {
        try SearchArchive(stemming) { db in
            for (index, body) in Self.bodies.enumerated() {
                try TestPost(id: Int64(index + 1), thread: Int64(index % 2 + 1), author: 1, createdAt: Int64(index), body: body)
                    .insert(db)
            }
        }
    }

    @Test(
        arguments: [
            ("universse", "universe"), ("sourdouhg flour", "sourdough flour"), ("-garden relianc3e", "-garden reliance"),
            ("ssourdough", "sourdough"), ("virtues", nil), ("sourdough virtue", nil), ("qqqqqq", nil), ("flour in:nowhere", nil),
            ("zourdough", "sourdough"), ("\"self relience\"", "\"self reliance\""),
        ] as [(String, String?)])
    func namesTheWordThatWasMeant(query: String, suggestion: String?) throws {
        for stemming in [Archive.Stemming.english, .none] where stemming == .english || query != "virtues" {
            let archive = try archive(stemming)
            let results = try archive.archive.reader.search(query)
            #expect(results.suggestion == suggestion, "\(stemming)")
            if let suggestion { #expect(try !archive.ids(suggestion).isEmpty) }
        }
    }

    @Test func exactFormsStandAboveTheirStems() throws {
        let archive = try SearchArchive(.english) { db in
            for id in 1...60 { try TestPost(id: Int64(id), body: "universities universities universal").insert(db) }
            try TestPost(id: 61, body: "so long a text about nothing at all, in which the University stands but once in the end")
                .insert(db)
        }
        #expect(try archive.ids("university", limit: 1) == [61])
        #expect(try archive.ids("universities", limit: 1) == [1])
        let pages = try (0..<61).flatMap {
            try archive.archive.reader.search(SearchRequest("university", limit: 1, offset: $0)).hits
        }
        #expect(Set(pages.map(\.id)).count == 61)
    }

    @Test func openingPostsCountForMore() throws {
        let archive = try SearchArchive(.english) { db in
            for id in 1...4 { try TestPost(id: Int64(id), thread: 1, body: "bread and butter").insert(db) }
            try db.execute(sql: "UPDATE threads SET root_post_id = 3 WHERE id = 1")
        }
        #expect(try archive.ids("bread") == [3, 1, 2, 4])
    }

    @Test func findsPostsThatAreAlike() throws {
        let archive = try archive()
        let alike = try archive.archive.reader.similar(to: Post.ID(rawValue: 4))
        #expect(alike.hits.map(\.id.rawValue) == [5])
        #expect(try archive.archive.reader.similar(to: Post.ID(rawValue: 7)).hits.map(\.id.rawValue) == [8])
        #expect(try archive.archive.reader.similar(to: Post.ID(rawValue: 5), withThread: true).hits.map(\.id.rawValue) == [4, 6])
        #expect(throws: ThreadbankError.self) { try archive.archive.reader.similar(to: Post.ID(rawValue: 99)) }
    }

    /// What an address is made of says nothing of what a post is about.
    @Test func postsWithoutWordsAreLikeNone() throws {
        let bodies = [
            "https://i.example/photos/a1.png?width=640&format=png", "![](https://i.example/photos/b2.png)",
            "www.example.org/photos/png", ":-) 😀",
            "photos of png and https", "<https://i.example/photos/b2.png> garden photos", "a garden of photos",
        ]
        let archive = try SearchArchive(.english) { db in
            for (index, body) in bodies.enumerated() {
                try TestPost(id: Int64(index + 1), thread: Int64(index % 3 + 1), body: body).insert(db)
            }
        }
        for id in 1...Int64(bodies.count) {
            let alike = try archive.archive.reader.similar(to: Post.ID(rawValue: id))
            #expect(alike.asksNothing == (id < 5), "\(bodies[Int(id - 1)])")
            #expect(id >= 5 || (alike.hits.isEmpty && alike.total == 0))
        }
        #expect(try archive.archive.reader.similar(to: Post.ID(rawValue: 6)).hits.first?.id.rawValue == 7)
    }

    @Test func aFormatThatIsTakenForASourceBringsTheSource() throws {
        let archive = try SearchArchive { db in
            try TestPost(id: 1, thread: 3, source: 2, body: "a mail").insert(db)
            try db.execute(sql: "UPDATE imports SET format = 'mbox'")
        }
        let unknown = try archive.archive.reader.unknownNames(in: .parse("source:MBOX OR source:usenet OR source:mial"))
        #expect(unknown.map(\.nearest) == [["mail"], [], ["mail"]])
    }

    @Test func searchesKeepTheirNames() throws {
        let archive = try archive()
        let first = SavedSearch(name: "dough", query: "water OR flour", sort: .newest)
        #expect(try archive.archive.save(first) == nil)
        #expect(
            try archive.archive.save(SavedSearch(name: "dough", query: "flour OR garden")) == first, "what had the name before")
        #expect(try archive.archive.reader.savedSearches() == [SavedSearch(name: "dough", query: "flour OR garden")])
        let text = try #require(try archive.archive.reader.expanding("@dough water")).text
        #expect(try archive.ids(text, .oldest) == [5, 6])
        #expect(try archive.archive.reader.expanding("@other") == nil)
        try archive.archive.save(SavedSearch(name: "open", query: "(water OR \"flour"))
        let narrowed = try #require(try archive.archive.reader.expanding("@open -garden")).text
        #expect(try archive.ids(narrowed, .oldest) == [4, 5], "what was left open does not swallow what follows")
        #expect(throws: ThreadbankError.self) { try archive.archive.save(SavedSearch(name: "a b", query: "x")) }
        #expect(throws: ThreadbankError.self) { try archive.archive.save(SavedSearch(name: "a", query: "is:x")) }
        try archive.archive.removeSearch("dough")
        #expect(throws: ThreadbankError.self) { try archive.archive.removeSearch("dough") }
    }

    @Test func explainsWhatItAsks() throws {
        let explanation = try archive().explained("flour author:ann")
        #expect(explanation.matches == ["\"flour\""] && explanation.indexes == ["posts_fts"])
        #expect(explanation.statements.map(\.name) == ["hits"])
        #expect(explanation.statements.allSatisfy { !$0.sql.isEmpty && !$0.plan.isEmpty && $0.values.contains("\"flour\"") })
        #expect(try archive().explained("发酵").indexes == ["posts_cjk"])
    }

    @Test(arguments: [
        ("how do I clean a knife", "clean OR knife"), ("clean the knife in:kitchen -bread", "(clean OR knife) in:kitchen -bread"),
        ("who am I", "who OR am OR I"), ("is:root", "is:root"), ("", ""), ("\"how to\" a*", "\"how to\" OR a*"),
        ("knife", "knife"),
    ])
    func anyWordWillDo(query: String, printed: String) throws {
        #expect(try SearchQuery.parse(query).withAnyWord.description == printed)
    }
}

extension SearchArchive {
    fileprivate func explained(_ query: String) throws -> SearchExplanation { try archive.reader.explain(SearchRequest(query)) }
}
