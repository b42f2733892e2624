// Queries that make no sense say where; giant ones are refused before anything can overflow.

import Testing
import ThreadbankCore

@Suite struct SearchQueryErrorTests {
    @Test(arguments: [
        ("foo athor:bob", "did you mean `author:`", "foo athor:bob", "    ^^^^^^"),
        ("color:red", "the fields are author:", "color:red", "^^^^^^"),
        ("author: bob", "right behind it", "author: bob", "^^^^^^^"),
        ("x after:2023-13", "no such date", "x after:2023-13", "        ^^^^^^^"),
        ("before:yesterday", "no such date", "before:yesterday", "       ^^^^^^^^^"),
        ("date:2023..2022", "date:2022..2023", "date:2023..2022", "     ^^^^^^^^^^"),
        ("date:..", "a range needs an end", "date:..", "     ^^"),
        ("score:many", "wants a number", "score:many", "      ^^^^"),
        ("score:>9223372036854775807", "wants a number", "score:>9223372036854775807", "      ^^^^^^^^^^^^^^^^^^^^"),
        ("is:gone", "present, deleted, removed", "is:gone", "   ^^^^"),
        ("has:wings", "link, attachment", "has:wings", "    ^^^^^"),
        ("thread:abc", "thread:12", "thread:abc", "       ^^^"),
        ("thread:{foo after:x} bar", "no such date", "thread:{foo after:x} bar", "                  ^"),
        ("日本 after:x", "no such date", "日本 after:x", "           ^"),
        ("a\u{202E}\n\u{1B} is:x", "`is:` knows", "a    is:x", "        ^"),
    ])
    func pointsAtThePlace(typed: String, what: String, line: String, caret: String) throws {
        let error = #expect(throws: ThreadbankError.self) { try SearchQuery.parse(typed) }
        let lines = try #require(error).message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(error?.code == .query)
        #expect(lines.count == 3 && lines[0].contains(what), "\(lines)")
        #expect(lines.dropFirst() == ["  " + line, "  " + caret])
    }

    @Test func showsOnlyTheSurroundingsInALongQuery() throws {
        let text = String(repeating: "word ", count: 100) + "after:x " + String(repeating: "word ", count: 100)
        let error = #expect(throws: ThreadbankError.self) { try SearchQuery.parse(text) }
        #expect(try #require(error).message.split(separator: "\n").allSatisfy { $0.count < 120 })
    }

    @Test(arguments: [
        String(repeating: "(", count: 1_000_000),
        String(repeating: "-(", count: 500_000),
        String(repeating: "title:(", count: 100_000) + "a",
        String(repeating: "a (b OR ", count: 100_000),
        String(repeating: "word ", count: 100_000),
        "\"" + String(repeating: "word ", count: 100_000) + "\"",
        String(repeating: "a-", count: 100_000),
        String(repeating: "author:a ", count: 100_000),
        String(repeating: "author:(a b) ", count: 100_000),
    ])
    func refusesWhatNoPersonTypes(text: String) {
        let error = #expect(throws: ThreadbankError.self) { try SearchQuery.parse(text) }
        #expect(error?.code == .query)
    }

    @Test(arguments: [
        String(repeating: ")", count: 1_000_000), String(repeating: "\"", count: 1_000_000),
        String(repeating: "- ", count: 500_000),
        String(repeating: "NOT ", count: 250_000), String(repeating: "++ OR ", count: 150_000),
        String(repeating: " ", count: 1_000_000), String(repeating: "x", count: 1_000_000),
        String(repeating: "() ", count: 300_000),
        String(repeating: ":", count: 1_000_000),
    ])
    func readsLongTextsInTheirStride(text: String) throws {
        _ = try SearchQuery.parse(text)
    }
}
