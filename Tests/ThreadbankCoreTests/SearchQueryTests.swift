// What a typed query means, and that printing it loses nothing.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct SearchQueryTests {
    /// The meaning is given as the printed query: each `printed` reads back as itself.
    @Test(arguments: [
        ("bread knife", "bread knife"),
        ("bread AND knife", "bread knife"),
        ("  bread\n\tknife  ", "bread knife"),
        ("bread knife OR cake", "(bread knife) OR cake"),
        ("bread (knife OR fork)", "bread (knife OR fork)"),
        ("bread NOT knife", "bread -knife"),
        ("NOT NOT bread", "bread"),
        ("-(a OR b) c", "-(a OR b) c"),
        ("a-b self-reliance", "a-b self-reliance"),
        ("foo.bar o'clock C++", #"foo.bar o'clock "C++""#),
        ("pre* \"a pre\"*", "pre* \"a pre\"*"),
        ("foo.* foo*.", "foo* foo*"),
        ("\"a pre*\" \"a pre**\"* \"a *\" title:\"pre*\" by:\"a*\"", "\"a pre\"* \"a pre\"* \"a *\" title:pre* author:a*"),
        ("a NEAR/3 b NEAR/3 c", "a NEAR/3 b NEAR/3 c"),
        ("a NEAR/3 b NEAR/4 c", "a NEAR/3 b b NEAR/4 c"),
        ("a NEAR b", "a NEAR/10 b"),
        ("NOT a NEAR/2 b", "-(a NEAR/2 b)"),
        ("title:(a NEAR/2 b)", "title:(a NEAR/2 b)"),
        ("title:(a OR \"b c\")", "title:a OR title:\"b c\""),
        ("thread:{a OR (b c)} d", "thread:{a OR (b c)} d"),
        ("thread:{a thread:{\"}\" b}} c}", "thread:{a thread:{b}} \"c}\""),
        ("thread:{a", "thread:{a}"), ("thread:{} x", "x"), ("-thread:{own:a} x", "-thread:{own:a} x"),
        ("own:(a NEAR/2 b) quoted:\"a b\"", "own:(a NEAR/2 b) quoted:\"a b\""),
        ("中文* 「東京」、大阪！ \"好！\"", "中文 \"東京」、大阪\" \"好！\""),
        ("author:(ann OR bob) x", "(author:ann OR author:bob) x"),
        ("by:\"Ann Lee\" Author:ann", "author:\"Ann Lee\" author:ann"),
        ("-author:bob -is:deleted -\"a b\"", "-author:bob -is:deleted -\"a b\""),
        ("score:>10 score:<=-3 score:5 score:=5 score:1..2", "score:>=11 score:<=-3 score:5 score:5 score:1..2"),
        ("thread:t12 has:link is:ROOT", "thread:12 has:link is:root"),
        ("date:2023-1..2023-06 date:2020", "date:2023-01..2023-06 date:2020"),
        ("https://example.org/x?y=1 12:30", #""https://example.org/x?y=1" "12:30""#),
        ("std::vector Re:foo mailto:a@b.c", #""std::vector" "Re:foo" "mailto:a@b.c""#),
    ])
    func means(typed: String, printed: String) throws {
        let query = try SearchQuery.parse(typed)
        #expect(query.description == printed)
        #expect(try SearchQuery.parse(query.description) == query)
    }

    @Test(arguments: [
        ("\"bread knife", "\"bread knife\""),
        ("bread\" knife", "bread knife"),
        ("12\"x", "\"12 x\""),
        ("“bread knife”", "\"bread knife\""),
        ("(bread (knife", "bread knife"),
        ("bread) knife :)", "\"bread)\" knife"),
        ("main() (see main())", "\"main()\" see \"main()\""),
        ("OR", "\"OR\""), ("bread OR", "bread \"OR\""), ("AND bread", "\"AND\" bread"), ("bread NOT", "bread \"NOT\""),
        ("a OR OR b", "a OR (\"OR\" b)"),
        ("bread NEAR/x knife", "bread \"NEAR/x\" knife"),
        ("bread NEAR/5 author:ann", "bread \"NEAR/5\" author:ann"),
        ("--word - x a - b", "\"--word\" x a b"),
        ("bread ++ | && !", "bread"),
        ("a OR ++", "a"),
        ("-++", "\"\""), ("(((", "\"\""), ("x OR ()", "x"), ("", ""), (" \t\u{7F}", ""),
        ("bread\u{0}knife", "bread knife"),
    ])
    func takesBrokenTextForWhatItCanMean(typed: String, printed: String) throws {
        #expect(try SearchQuery.parse(typed).description == printed)
    }

    /// What holds nothing to look for finds nothing, whatever it is made of; only what is empty asks for everything.
    @Test(arguments: [
        "(", ")", "()", "( )", "((", "))", ")(", "\"", "\"\"", "\"\"\"", "“”", "-", "--", "---", "-\"", "-(", "-()", "- -", "*",
        "-*", "\"*", "+", ":",
        ":-)", "?", "…", "😀", "^", "{}", "thread:{}", "thread:{(}", "-thread:{}", "author:()", "title:\"", "title:*", "NOT (",
        "NOT -",
        "() AND ()", "\u{200B}", "¿?", "。", "*\"*",
    ])
    func punctuationAloneFindsNothing(typed: String) throws {
        let query = try SearchQuery.parse(typed)
        #expect(query == .nothing)
        #expect(try SearchQuery.parse(query.description) == .nothing)
        #expect(try SearchQuery.parse(query.description + " bread") == .text("bread"))
        #expect(try SearchQuery.parse("bread " + typed) == .text("bread"), "it is left out beside a word")
    }

    @Test(arguments: ["OR", "NOT", "AND", "NEAR", "NEAR/5"])
    func operatorsAloneAreWords(typed: String) throws {
        #expect(try SearchQuery.parse(typed) == .text(typed))
    }

    @Test func readsTheTree() throws {
        let query = try SearchQuery.parse(#""self reliance" -author:bob after:2023 brea* OR x"#)
        let brea = SearchQuery.text(SearchText("brea", isPrefix: true))
        let after = SearchQuery.field(.after(try #require(SearchDate("2023"))))
        #expect(query == .or([.and([.text("self reliance"), .not(.field(.author("bob"))), after, brea]), .text("x")]))
        #expect(query.positiveTexts == [.text("self reliance"), brea, .text("x")])
        #expect(query.fields.count == 2)
    }

    @Test func printedQueriesReadBackTheSame() throws {
        let queries = RandomQueries(words: Self.words, fields: Self.fields)
        var random = SeededGenerator(1)
        for round in 0..<20_000 {
            var text = queries.query(size: Int.random(in: 1...9, using: &random), using: &random)
            if round % 2 == 1 { text = queries.mutated(text, using: &random) }
            guard let query = try? SearchQuery.parse(text) else { continue }
            let printed = query.description
            #expect(try SearchQuery.parse(printed) == query, "\(text.debugDescription) → \(printed.debugDescription)")
        }
    }

    @Test func anyBytesAreAQueryOrAQueryError() {
        var random = SeededGenerator(2)
        let pieces = ["\"", "(", ")", "-", "*", "OR", "NOT", "NEAR/2", "title:", "é", "a", " ", " ", "\u{0}", ":", "score:", "}"]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...20, using: &random)).flatMap { _ in
                Bool.random(using: &random)
                    ? Array(pieces.randomElement(using: &random)!.utf8) : [UInt8.random(in: 0...255, using: &random)]
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(ThreadbankError) {
                let query = try SearchQuery.parse(text)
                #expect(try SearchQuery.parse(query.description) == query, "\(text.debugDescription)")
            } catch {
                #expect(error.code == .query && error.message.contains("^"), "\(text.debugDescription): \(error)")
            }
        }
    }

    static let words = [
        "bread", "knife", "self-reliance", "C++", "o'clock", "OR", "near", "x", "éa", "foo:bar", "a\"b", "NEAR/3",
    ]
    static let fields = [
        "author:bob", "by:\"a b\"", "author:b*", "after:2023", "date:2022..2023-05", "score:>3", "is:root", "has:link",
        "thread:4",
        "title:\"x y\"*", "thread:{x y}", "own:x", "quoted:(x OR y)", "thread:{-a OR thread:{b}}", "in:a/b", "tag:(x OR y)",
        "title:(a NEAR/3 b)", "athor:x", "after:20233",
    ]
}
