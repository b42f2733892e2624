// In an archive with stemming, the beginning of a word finds what looking at every word finds: words that begin so, and those of its stem.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct StemmedPrefixTests {
    static let words = [
        "encryption", "encrypt", "encrypted", "anonymity", "analyse", "analyses", "analysis", "analyst", "happy", "happiness",
        "hippy",
        "bus", "buses", "busy", "business", "but", "build", "gas", "gasoline", "garden", "creed", "creating", "created",
        "playing", "played",
        "plan", "synapse", "reliances", "reliant", "national", "nationally", "Crème", "cremes", "houses", "housing", "hour",
        "analysezz",
        "dvd", "dvds", "dvdsx", "generate", "generatexyz",
    ]

    /// Posts of two words each; every word stands in several, first and last.
    static let posts = words.indices.flatMap { place in
        [1, 5, 12].map { (words[place], words[(place + $0) % words.count]) }
    }

    private let archive: SearchArchive
    private let stems: [String: String]
    private let folded: [String: String]

    init() throws {
        archive = try SearchArchive(.english) { db in
            for (number, words) in Self.posts.enumerated() {
                let (first, second) = words
                let isQuoted = number % 3 == 0
                try TestPost(
                    id: Int64(number + 1), thread: Int64(number % 3 + 1), title: number % 4 == 0 ? second : nil,
                    body: isQuoted ? "> \(first) \(second)\n\nmine" : "\(first) \(second)"
                ).insert(db)
            }
        }
        let all = Set(Self.words + Self.prefixes).sorted()
        stems = try Self.terms(of: all, "porter unicode61 remove_diacritics 2")
        folded = try Self.terms(of: all, "unicode61 remove_diacritics 2")
    }

    /// What FTS5 itself keeps of words that it is given as they are.
    private static func terms(of words: [String], _ tokenizer: String) throws -> [String: String] {
        let rows = try DatabaseQueue().write { db in
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE w USING fts5 (word, tokenize = '\(tokenizer)');
                    CREATE VIRTUAL TABLE s USING fts5vocab (w, instance)
                    """)
            for (row, word) in words.enumerated() {
                try db.execute(sql: "INSERT INTO w (rowid, word) VALUES (?, ?)", arguments: [row, word])
            }
            return try Row.fetchAll(db, sql: "SELECT doc, term FROM s")
        }
        return Dictionary(uniqueKeysWithValues: rows.map { (words[$0[0] as Int], $0[1] as String) })
    }

    static let prefixes = Array(Set(words.flatMap { word in (1...word.count).map { String(word.prefix($0)) } })).sorted()

    /// Whether a word is what a beginning asks for.
    private func fits(_ word: String, _ prefix: String) -> Bool {
        guard let stem = stems[word], let wanted = stems[prefix], let typed = folded[prefix] else { return false }
        return stem == wanted || stem.hasPrefix(typed)
    }

    private func ids(where fits: (Int, String, String) -> Bool) -> [Int64] {
        Self.posts.enumerated().filter { fits($0, $1.0, $1.1) }.map { Int64($0.offset + 1) }
    }

    @Test func beginningsFindWhatLookingAtEveryWordFinds() throws {
        for prefix in Self.prefixes {
            let found = ids { _, first, second in fits(first, prefix) || fits(second, prefix) }
            func check(_ query: String, _ expected: [Int64], _ line: Int = #line) throws {
                #expect(try archive.ids(query).sorted() == expected, "\(query), line \(line)")
            }
            try check("\(prefix)*", found)
            try check("\"\(prefix)\"*", found)
            try check("-\(prefix)*", (1...Int64(Self.posts.count)).filter { !found.contains($0) })
            try check("own:\(prefix)*", found.filter { !isQuoted($0) || titleFits($0, prefix) })
            try check("quoted:\(prefix)*", found.filter(isQuoted))
            try check("title:\(prefix)*", (1...Int64(Self.posts.count)).filter { titleFits($0, prefix) })
            let threads = Set(found.map { ($0 - 1) % 3 })
            try check("thread:{\(prefix)*}", (1...Int64(Self.posts.count)).filter { threads.contains(($0 - 1) % 3) })
        }
    }

    @Test func beginningsInPhrasesAndNearOthersToo() throws {
        for (first, second) in Self.posts.prefix(60) {
            for prefix in Self.prefixes where second.hasPrefix(prefix) {
                let expected = ids { _, a, b in stems[a] == stems[first] && fits(b, prefix) }
                #expect(try archive.ids("\"\(first) \(prefix)\"*").sorted() == expected, "\(first) \(prefix)*")
                #expect(try archive.ids("thread:{\"\(first) \(prefix)\"*} \"\(first) \(prefix)\"*").sorted() == expected)
                let near = ids { _, a, b in
                    // One word may be both.
                    let isFirst = [a, b].contains { stems[$0] == stems[first] }
                    return isFirst && (fits(a, prefix) || fits(b, prefix))
                }
                #expect(try archive.ids("\(first) NEAR/0 \(prefix)*").sorted() == near, "\(first) NEAR \(prefix)*")
            }
        }
    }

    @Test func theWordsThatBeginSoStandOut() throws {
        let hit = try #require(try archive.archive.reader.search("analy* analyst").hits.first)
        #expect(hit.snippet.contains { $0.isHit && $0.text.lowercased().hasPrefix("analy") }, "\(hit.snippet)")
    }

    private func isQuoted(_ id: Int64) -> Bool { (id - 1) % 3 == 0 }
    private func titleFits(_ id: Int64, _ prefix: String) -> Bool {
        (id - 1) % 4 == 0 && fits(Self.posts[Int(id - 1)].1, prefix)
    }
}
