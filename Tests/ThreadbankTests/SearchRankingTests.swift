// The order of hits is that of the formula over all matches, worked out without any shortcut.

import CRanking
import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct SearchRankingTests {
    private static let words = [
        "bread", "breads", "breaded", "run", "runs", "running", "knife", "knives", "a", "a", "a", "of", "of", "self", "relate",
        "relation", "relational", "fork", "x1",
    ]
    private static let queries = [
        "a", "of", "bread", "breaded", "running", "relational", "bread knife", "a of", "run OR bread",
        "bread OR knife OR forks OR a",
        "\"a of\"", "rel*", "title:bread", "bread -knife", "a running breads", "a NEAR/3 of", "(a OR of) bread", "a author:ann",
        "bread -author:bob", "run is:reply", "relation is:root", "bread after:2023-03", "a in:baking", "a score:>3",
        "of has:attachment",
        "a OR author:ann", "thread:{fork} bread", "running OR relational OR knives", "a is:deleted", "own:bread a",
    ]

    @Test(arguments: [Archive.Stemming.english, .none]) func orderIsThatOfTheWholeFormula(stemming: Archive.Stemming) throws {
        var random = SeededGenerator(11)
        let archive = try Self.archive(of: 700, stemming, &random)
        try archive.archive.reader.read { db in
            for text in Self.queries {
                let query = try SearchQuery.parse(text)
                let expected = try Self.expected(query, stemming, db)
                for _ in 0..<3 {
                    var request = SearchRequest(query, limit: 20)
                    request.offset = Int.random(in: 0...max(0, expected.count), using: &random) / 2
                    let found = try ArchiveReader.search(request, db)
                    let page = expected.dropFirst(request.offset).prefix(20)
                    #expect(found.total == expected.count, "\(text)")
                    #expect(found.hits.map(\.id.rawValue) == page.map(\.id), "\(text) from \(request.offset)")
                    #expect(found.hits.map(\.rank) == page.map(\.rank), "\(text) from \(request.offset)")
                }
            }
        }
    }

    /// Every match as it was weighed by itself, then the formula on each, then a sort.
    private static func expected(_ query: SearchQuery, _ stemming: Archive.Stemming, _ db: Database) throws -> [SearchHits.Hit] {
        let search = SearchSQL(query, names: try SearchNames(query, db))
        let ids = try Int64.fetchAll(db, sql: search.allIDs.sql, arguments: search.allIDs.arguments)
        let base = try SearchHits(search, db, scored: true).weights(of: ids)
        var roots: [Int64: Int64] = [:]
        let sql = "SELECT p.id, t.root_post_id FROM posts p JOIN threads t ON t.id = p.thread_id"
        for row in try Row.fetchAll(db, sql: sql) { roots[row[0]] = row[1] }
        let forms = ExactForms(stemming == .english ? query : .everything)
        let ranked = try ids.map { id -> (hit: SearchHits.Hit, exact: Int) in
            var rank = base[id] ?? 0
            if roots[id] == id {
                let best = ids.filter { $0 != id && roots[$0] == id }.map { base[$0] ?? 0 }.max() ?? 0
                rank = (rank + SearchRanking.bestReply * best) * SearchRanking.openingPost
            } else if let root = roots[id] {
                rank += SearchRanking.itsOpeningPost * (base[root] ?? 0)
            }
            let row = try Row.fetchOne(db, sql: "SELECT title, body FROM posts WHERE id = ?", arguments: [id])
            let exact = forms.count(title: row?[0], body: row?[1])
            if forms.count > 1 { rank *= 1 - SearchRanking.stemsOnly * (1 - Double(exact) / Double(forms.count)) }
            return (SearchHits.Hit(id: id, rank: rank), forms.count == 1 ? exact : 0)
        }
        return ranked.sorted { a, b in
            a.exact != b.exact
                ? a.exact > b.exact : a.hit.rank != b.hit.rank ? a.hit.rank > b.hit.rank : a.hit.id < b.hit.id
        }.map(\.hit)
    }

    @Test(arguments: [Archive.Stemming.english, .none]) func matchesAreWeighedAsFTS5WeighsThem(stemming: Archive.Stemming) throws
    {
        var random = SeededGenerator(12)
        let archive = try Self.archive(of: 300, stemming, &random)
        let formula = ranking_formula(k1: 1.2, b: 0.75, weights: (1, 4, 0))
        try archive.archive.reader.read { db in
            for text in Self.queries {
                let query = try SearchQuery.parse(text)
                let search = SearchSQL(query, names: try SearchNames(query, db))
                let hits = try SearchHits(search, db, scored: true, formula: formula)
                var expected = Dictionary(uniqueKeysWithValues: hits.posts.map { ($0, 0.0) })
                for (index, match) in search.rankings {
                    #expect(index == .words)
                    let sql = "SELECT rowid, -bm25(posts_fts, 1.0, 4.0) FROM posts_fts WHERE posts_fts MATCH ?"
                    for row in try Row.fetchAll(db, sql: sql, arguments: [match]) where expected[row[0]] != nil {
                        expected[row[0]] = row[1]
                    }
                }
                #expect(hits.weights(of: hits.posts) == expected, "\(text)")
            }
        }
    }

    @Test func theNumbersOfTheFormulaAreThose() throws {
        var random = SeededGenerator(13)
        let archive = try Self.archive(of: 300, .none, &random)
        try archive.archive.reader.read { db in
            let numbers = SearchRanking.formula
            let bodies = try Row.fetchAll(db, sql: "SELECT id, body, title FROM posts")
            func words(_ text: String?) -> [Substring] { text?.split(separator: " ") ?? [] }
            let lengths = bodies.map { Double(words($0[1]).count + words($0[2]).count) }
            let average = lengths.reduce(0, +) / Double(lengths.count)
            for word in ["a", "knife", "x1"] {
                let counts = bodies.map { row in
                    [words(row[1]), words(row[2])].map { Double($0.count { $0 == word }) }
                }
                let matches = Double(counts.count { $0[0] + $0[1] > 0 })
                let rarity = max(1e-6, log((Double(bodies.count) - matches + 0.5) / (matches + 0.5)))
                let search = SearchSQL(try SearchQuery.parse(word))
                let weights = try SearchHits(search, db, scored: true).weights(of: bodies.map { $0[0] })
                #expect(Double(weights.count) <= matches && weights.count > 20)
                for (place, row) in bodies.enumerated() {
                    guard let weight = weights[row[0]] else { continue }
                    let often = numbers.weights.0 * counts[place][0] + numbers.weights.1 * counts[place][1]
                    let long = 1 - numbers.b + numbers.b * lengths[place] / average
                    let expected = rarity * often * (numbers.k1 + 1) / (often + numbers.k1 * long)
                    #expect(abs(weight - expected) <= 1e-9 * expected, "\(word) in \(row)")
                }
            }
        }
    }

    private static func archive(of count: Int, _ stemming: Archive.Stemming, _ random: inout SeededGenerator) throws
        -> SearchArchive
    {
        let posts = (1...count).map { number -> TestPost in
            func text(_ count: ClosedRange<Int>) -> String {
                (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random)! }.joined(
                    separator: " ")
            }
            let state = [PostState.present, .present, .present, .deleted, .missing].randomElement(using: &random)!
            let author = Int64.random(in: 0...3, using: &random)
            return TestPost(
                // Row ids lie in two blocks.
                id: Int64(number) * 150, thread: Int64.random(in: 1...3, using: &random), author: author == 0 ? nil : author,
                createdAt: 1_672_531_200 + Int64.random(in: 0..<(250 * 86_400), using: &random),
                score: Int64.random(in: 0...8, using: &random), state: state, title: number % 5 == 0 ? text(1...4) : nil,
                body: state == .missing ? nil : text(number % 90 == 0 ? 300...400 : 0...25))
        }
        return try SearchArchive(stemming) { db in
            for post in posts { try post.insert(db) }
            try db.execute(
                sql: """
                    INSERT INTO replies (post_id, parent_id, basis, confidence) SELECT id, id - 150, 'native', 1 FROM posts
                     WHERE id % 4 = 2 AND id > 150;
                    INSERT INTO attachments (post_id, name) SELECT id, 'x' FROM posts WHERE id % 9 = 3;
                    UPDATE threads SET root_post_id = (SELECT min(id) FROM posts WHERE thread_id = threads.id AND state = 'present');
                    """)
        }
    }

    @Test func aFormThatFewHaveIsFoundBehindManyStems() throws {
        let archive = try SearchArchive(.english) { db in
            for id in 1...900 {
                try TestPost(
                    id: Int64(id), body: id == 850 || id == 20 ? "a long long long tale of relational things" : "relation"
                ).insert(db)
            }
        }
        #expect(try archive.ids("relational", limit: 3) == [20, 850, 1])
    }
}
