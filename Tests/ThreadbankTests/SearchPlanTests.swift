// The SQL of a search reads no more than it must, and no query that is parsed is too much for SQLite.

import Foundation
import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct SearchPlanTests {
    private static let shared = Result {
        try SearchArchive(.english) { db in
            for id in 1...50 { try TestPost(id: Int64(id), author: 1, createdAt: Int64(id), body: "word w\(id) x").insert(db) }
        }
    }
    let archive: SearchArchive

    init() throws { archive = try Self.shared.get() }

    private func plan(_ statement: SearchStatement) throws -> [String] {
        try archive.archive.reader.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + statement.sql, arguments: statement.arguments).map { $0["detail"] }
        }
    }

    /// Whether a line of a plan reads the table of posts, or a whole index of it, from end to end.
    private func isScanOfPosts(_ line: String) -> Bool {
        ["SCAN posts", "SCAN p", "SCAN s"].contains { line == $0 || line.hasPrefix($0 + " ") }
    }

    @Test(
        arguments: [
            "word", "word other", "\"a phrase\" -word", "word OR other", "word author:ann", "word -author:ann",
            "word after:2023 in:baking",
            "word score:>3 is:reply is:edited", "word source:mail", "word has:link", "word has:attachment tag:x",
            "word is:deleted",
            "word (other OR author:ann)", "word -(other author:ann)", "(word author:ann) OR (other score:>3)",
            "word OR author:ann", "word OR date:2023", "title:word thread:3", "author:ann (word OR score:>3)", "author:ann -word",
        ], SearchRequest.Sort.allCases)
    func textQueriesReadNoWholeTable(text: String, sort: SearchRequest.Sort) throws {
        let query = try SearchQuery.parse(text)
        let names = try archive.archive.reader.read { try SearchNames(query, $0) }
        for filter in [SearchSQL.Filter.lookup, .set] {
            // Without an index for any field the set form is never chosen (ArchiveReader.filter).
            if filter == .set, SearchSQL.filterCount(query, names, limit: 9) == nil { continue }
            let search = SearchSQL(query, names: names, filter: filter)
            for statement in [search.count(), search.page(sort, limit: 20, offset: 0)] {
                let plan = try plan(statement)
                #expect(
                    !plan.contains(where: isScanOfPosts), "\(text) \(filter)\n\(statement.sql)\n\(plan.joined(separator: "\n"))")
            }
        }
    }

    @Test func listsByDateNeedNoSorting() throws {
        for sort in [SearchRequest.Sort.newest, .oldest, .relevance] {
            let plan = try plan(SearchSQL(.everything).page(sort, limit: 20, offset: 0))
            #expect(plan == ["SCAN p USING INDEX posts_by_date"], "\(sort): \(plan)")
        }
    }

    @Test func detailsAreLookedUp() throws {
        #expect(try plan(SearchSQL.details(of: "[1,2]")).allSatisfy { !$0.hasPrefix("SCAN") || $0.hasPrefix("SCAN w") })
    }

    @Test(arguments: deepQueries + longQueries)
    func whateverIsParsedRuns(text: String) throws {
        _ = try archive.archive.reader.search(text)
        _ = try archive.archive.reader.search(SearchRequest(text, sort: .newest))
    }

    /// As deep as the parser lets them be.
    static let deepQueries: [String] = [
        "w# (x OR ", "w# -(x ", "x OR (word -(w# OR ", "author:ann (w# OR ", "author:ann (score:># OR ", "-(author:ann -(w# ",
        "is:root OR -(word (in:baking OR w# ", "title:(w# NEAR/3 \"a b\" OR ", "-(score:# -(is:reply OR ",
        "author:ann (in:a# OR ", "word OR -(has:link -(",
    ].map { level in
        var text = ""
        for number in 1...20 {
            let next = text + level.replacingOccurrences(of: "#", with: String(number))
            if (try? SearchQuery.parse(next + "x")) != nil { text = next }
        }
        return text
    }.flatMap { [$0 + "x", $0 + list("in:a#", 70, " OR "), $0 + list("-(w# has:link)", 30, " ")] }
        .filter { (try? SearchQuery.parse($0)) != nil }

    /// As long.
    static let longQueries: [String] =
        [" ", " OR ", " -", "* OR ", " NEAR/3 "].map { list("w#", 1000, $0) } + ["\"\(list("w#", 1000, " "))\""]
        + [list("(w# score:>#)", 100, " OR "), list("-(w# score:#)", 100, " "), list("author:a#", 100, " OR ")]
        + [list("-in:a#", 100, " "), list("has:link", 100, " ")]

    private static func list(_ term: String, _ count: Int, _ joint: String) -> String {
        (1...count).map { term.replacingOccurrences(of: "#", with: String($0)) }.joined(separator: joint)
    }
}
