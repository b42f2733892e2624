// Thousands of random and broken queries find exactly what looking at every post finds.

import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct SearchRandomTests {
    static let words = [
        "bread", "knife", "fork", "bready", "kn", "a", "b", "x1", "OR", "near", "cake", "中", "中国", "国bread", "ไทยกั้น", "bread日",
        "日，本",
    ]
    static let fields = [
        "author:ann", "author:b*", "by:jose", "author:*", "author:nobody", "author:@ann", "after:2023-03", "before:2023-06",
        "date:2023-02..2023-04",
        "score:>3", "score:<0", "score:2..5", "is:deleted", "is:present", "is:missing", "is:root", "is:reply", "is:edited",
        "thread:1",
        "thread:2", "in:baking", "in:cafe", "source:mail", "source:jsonl/one", "source:jsonl", "tag:x", "title:bre*",
        "title:(knife NEAR/2 fork)",
        "author:(ann OR bob)", "own:bread", "own:(a OR 中)", "quoted:kn*", "quoted:\"a b\"", "own:(a NEAR/2 b)", "quoted:中国",
        "thread:{bread}", "thread:{中 -a}", "thread:{own:fork author:ann}", "thread:{is:missing}", "thread:{a OR thread:2}",
    ]

    /// Queries on which the two disagreed before.
    static let seen = [
        "(thread:{中国 author:@b*} bready -(a NEAR/2 中 cake NEAR/4 bread)) OR (is:deleted 国bread) OR own:knife",
        "\u{0E49}kn* -\"x1 near\"",
        "\u{0E49}kn* NOT \"x1 near\" OR near NEAR/3 ไทยกั(น -(-ไทกั้น AND is:deleted -(own:OR)) 😀OR \"bread日国bread knife\")",
    ]

    /// `THREADBANK_SEARCH_ROUNDS` asks for more.
    static let rounds = ProcessInfo.processInfo.environment["THREADBANK_SEARCH_ROUNDS"].flatMap { Int($0) } ?? 3000

    @Test func findsWhatLookingAtEveryPostFinds() throws {
        var random = SeededGenerator(4)
        let entries = (1...250).map { Self.entry($0, &random) }
        let archive = try SearchArchive { db in
            for entry in entries { try entry.post.insert(db) }
            for entry in entries where entry.parent != nil {
                try db.execute(
                    sql: "INSERT INTO replies (post_id, parent_id, basis, confidence) VALUES (?, ?, 'native', 1)",
                    arguments: [entry.post.id, entry.parent])
            }
        }
        let oracle = SearchOracle(entries)
        let queries = RandomQueries(words: Self.words, fields: Self.fields)
        var compared = 0
        var found = 0
        try archive.archive.reader.read { db in
            for round in 0..<Self.rounds {
                let size = round % 50 == 0 ? 60 : Int.random(in: 1...7, using: &random)
                var text = queries.query(size: size, using: &random)
                if round % 2 == 1 { text = queries.mutated(text, using: &random) }
                if round < Self.seen.count { text = Self.seen[round] }
                guard let query = try? SearchQuery.parse(text) else { continue }
                let expected = oracle.ids(query)
                compared += 1
                found += expected.count
                let sort = SearchRequest.Sort.allCases[round % 4]
                let names = try SearchNames(query, db)
                for filter in [SearchSQL.Filter.lookup, .set] {
                    let search = SearchSQL(query, names: names, filter: filter)
                    let page = search.page(sort, limit: 1000, offset: 0)
                    let count = search.count()
                    let ids = try Row.fetchAll(db, sql: page.sql, arguments: page.arguments).map { $0[0] as Int64 }
                    #expect(ids.sorted() == expected, "\(text.debugDescription) as \(query)\n\(page.sql)")
                    #expect(try Int.fetchOne(db, sql: count.sql, arguments: count.arguments) == expected.count, "\(query)")
                    let hits = try SearchHits(search, db, scored: round % 3 == 0)
                    #expect(hits.posts == expected, "packed: \(text.debugDescription) as \(query)\n\(search)")
                    if sort == .newest || sort == .oldest {
                        let start = round % 7
                        let page = try hits.byDate(newestFirst: sort == .newest, start..<start + 20).map(\.id)
                        #expect(page == ids.dropFirst(start).prefix(20).map { $0 }, "packed \(sort): \(query)")
                    }
                }
                if round % 10 == 0 { try Self.compareFacets(query, expected, entries, db) }
            }
        }
        #expect(compared > Self.rounds * 8 / 10)
        #expect(found > compared * 10, "the queries are no good: they find next to nothing")
    }

    private static func compareFacets(_ query: SearchQuery, _ ids: [Int64], _ entries: [SearchOracle.Entry], _ db: Database)
        throws
    {
        let hits = try SearchHits(SearchSQL(query, names: SearchNames(query, db)), db, scored: false)
        let facets = try SearchFacetCounts(hits: hits, db: db).facets()
        let posts = entries.filter { ids.contains($0.post.id) }.map(\.post)
        func counts(_ value: (TestPost) -> String?) -> [String?: Int] {
            Dictionary(grouping: posts, by: value).mapValues(\.count)
        }
        func counts(_ values: [SearchFacets.Value]) -> [String?: Int] {
            Dictionary(uniqueKeysWithValues: values.map { ($0.value, $0.count) })
        }
        let names = [1: "ann", 2: "bob", 3: "José"]
        #expect(counts(facets.author) == counts { $0.author.flatMap { names[Int($0)] } }, "\(query)")
        #expect(counts(facets.state) == counts { $0.state.rawValue }, "\(query)")
        #expect(counts(facets.source) == counts { $0.source == 1 ? "One" : "mail" }, "\(query)")
        #expect(
            counts(facets.month) == counts { $0.createdAt.flatMap { Timestamp.text($0) }.map { String($0.prefix(7)) } },
            "\(query)")
        #expect(counts(facets.forum) == counts { [1: "Baking & Bread", 3: "Café"][Int($0.thread)] }, "\(query)")
    }

    private static func entry(_ id: Int, _ random: inout SeededGenerator) -> SearchOracle.Entry {
        func text(_ count: ClosedRange<Int>) -> String {
            (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
        }
        // Most posts have spaces only; in others some words touch, or a line is quoted.
        func body() -> String {
            let isPlain = id % 3 > 0
            return text(0...8).split(separator: " ").map { word in
                isPlain || Bool.random(using: &random)
                    ? word + " " : word + ["", "\n> ", "\n", "。", ", "].randomElement(using: &random)!
            }.joined()
        }
        func maybe<T>(_ value: T) -> T? { Int.random(in: 0..<4, using: &random) > 0 ? value : nil }
        let author = Int64.random(in: 0...3, using: &random)
        let thread = Int64.random(in: 1...3, using: &random)
        let state = [PostState.present, .present, .present, .deleted, .removed, .missing].randomElement(using: &random)!
        let post = TestPost(
            id: Int64(id * 3), thread: thread, source: thread == 3 ? 2 : 1, author: author == 0 ? nil : author,
            createdAt: maybe(1_672_531_200 + Int64.random(in: 0..<(250 * 86_400), using: &random)),
            editedAt: maybe(0).flatMap { _ in maybe(1) }, score: maybe(Int64.random(in: -3...8, using: &random)), state: state,
            title: maybe(text(0...3)), body: state == .missing ? nil : maybe(body()))
        let names = [[], ["ann", "Ann Lee", "u1"], ["bob", "u2"], ["José", "jose@x.example"]][Int(author)]
        let parent = id > 1 ? maybe(Int64(Int.random(in: 1..<id, using: &random) * 3)) : nil
        return SearchOracle.Entry(post: post, authorNames: names, parent: parent)
    }
}
