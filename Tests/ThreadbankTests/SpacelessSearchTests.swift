// Chinese, Japanese, Korean and Thai are found by any substring, as `contains` finds them.

import Foundation
import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct SpacelessSearchTests {
    static let texts = [
        "今天天气很好，我们去公园。", "東京タワーは高いです。「本当？」", "대한민국의 수도는 서울이다.", "ภาษาไทยไม่มีช่องว่าง ระหว่างคำ",
        "我用Python写iPhone的程序", "The word 中文 means Chinese; 日本語、too", "plain English text", "ｶﾀｶﾅとひらがな", "𠮷野家で食べる",
        "한\u{1112}\u{1161}\u{11AB}",
    ]

    private func archive(_ texts: [String]) throws -> SearchArchive {
        try SearchArchive(.english) { db in
            for (index, text) in texts.enumerated() {
                try TestPost(id: Int64(index + 1), title: index % 3 == 0 ? "Title" : nil, body: text).insert(db)
            }
        }
    }

    @Test func anySubstringIsFound() throws {
        let archive = try archive(Self.texts)
        for text in Self.texts {
            let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
            for start in scalars.indices {
                for end in start..<min(start + 5, scalars.count) {
                    let part = scalars[start...end]
                    guard part.allSatisfy({ $0.value > 0x7F && !$0.properties.isWhitespace }) else { continue }
                    guard part.contains(where: { $0.properties.generalCategory == .otherLetter }) else { continue }
                    let query = String(String.UnicodeScalarView(part))
                    let expected = Self.texts.indices.filter {
                        Self.texts[$0].precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value).description
                            .contains(part.map { String($0.value) }.joined(separator: ", "))
                    }
                    #expect(try archive.ids("\"\(query)\"", .oldest).sorted() == expected.map { Int64($0 + 1) }, "\(query)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("python", [5]), ("iphone 程序", [5]), ("Python写", [5]), ("中文 chinese", [6]), ("中文 -means", []), ("\"word 中文\"", [6]),
            ("title:中", []), ("日 OR english", [6, 7]), ("-中文 english", [7]), ("means", [6]), ("pyth*", [5]),
            ("\"means chinese\"", [6]),
            ("word -日", []), ("公園", []), ("天", [1]), ("ั", []), ("่", [4]), ("한", [3, 10]),
        ] as [(String, [Int64])])
    func scriptsMix(query: String, ids: [Int64]) throws {
        #expect(try archive(Self.texts).ids(query, .oldest).sorted() == ids)
    }

    @Test func aHitShowsWhereItIs() throws {
        let long = String(repeating: "前文", count: 300) + "関西国際空港" + String(repeating: "後文", count: 300)
        let archive = try archive([long])
        let hits = try archive.archive.reader.search("国際").hits
        let snippet = try #require(hits.first?.snippet)
        #expect(snippet.filter(\.isHit).map(\.text) == ["国際"])
        #expect(snippet.map(\.text).joined().contains("関西国際空港"))
        #expect(snippet.map(\.text).joined().count < 200)
    }

    @Test func theIndexIsEmptyWhereNoSuchTextIs() throws {
        let archive = try archive(["only English", "“quotes” – and émigrés, Ж, Ω"])
        let rows = try archive.archive.reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM posts_cjk_docsize") }
        #expect(rows == 0)
        #expect(try archive.ids("中").isEmpty)
    }
}
