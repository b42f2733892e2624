// JSON as real files have it: what is broken is mended where its meaning is plain, and refused in words where it is not.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct JSONTextTests {
    private struct Record: Decodable, Equatable {
        struct Inner: Decodable, Equatable {
            var postID: Int64?
            enum CodingKeys: String, CodingKey { case postID = "post_id" }
        }
        var text: String?
        var flag: Bool?
        var inner: Inner?
        var list: [Inner]?
    }

    private func decode(_ text: String) throws -> Record { try JSONText.decode(Record.self, from: Array(text.utf8)) }

    private func reason(_ text: String) -> String {
        do {
            _ = try decode(text)
            return "decoded"
        } catch {
            return JSONText.reason(error)
        }
    }

    // MARK: What is mended

    @Test(arguments: [
        (#"{"text": "a\ud83d\ude00b"}"#, "a😀b"), (#"{"text": "a\ud83db"}"#, "a\u{FFFD}b"),
        (#"{"text": "a\ude00"}"#, "a\u{FFFD}"),
        (#"{"text": "\ud83d\ud83d\ude00"}"#, "\u{FFFD}😀"), (#"{"text": "\ud83d"}"#, "\u{FFFD}"),
        (#"{"text": "\\ud83d"}"#, "\\ud83d"), ("{\"text\": \"a\nb\tc\u{1}\"}", "a\nb\tc\u{1}"),
        (#"{"text": "a\u0000b"}"#, "a\u{0}b"), ("{\"text\": \"a\u{0}b\"}", "a\u{0}b"), (#"{"text": "\"\\\/"}"#, "\"\\/"),
    ])
    func textIsMended(_ json: String, _ expected: String) throws { #expect(try decode(json).text == expected) }

    @Test func invalidUTF8BecomesReplacementCharacters() throws {
        let bytes = Array("{\"text\": \"a".utf8) + [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] + Array("b\"}".utf8)
        let text = try #require(try JSONText.decode(Record.self, from: bytes).text)
        #expect(text.hasPrefix("a\u{FFFD}") && text.hasSuffix("b") && text.contains("("))
    }

    // MARK: What is refused

    @Test(arguments: [
        ("", "not valid JSON"), ("{", "not valid JSON"), (#"{"text": "#, "not valid JSON"), (#"{"text": 1}"#, "text: is no text"),
        (#"{"flag": "yes"}"#, "flag: is no true or false"), (#"{"inner": {"post_id": "x"}}"#, "inner.post_id: is no number"),
        (#"{"list": [{}, {"post_id": true}]}"#, "list.1.post_id: is no number"), ("[]", "is no JSON object"),
    ])
    func reasonsNameTheOriginsField(_ json: String, _ expected: String) { #expect(reason(json) == expected) }

    @Test func deepNestingIsRefusedAndNoCrash() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(reason("{\"text\": " + deep) == "not valid JSON")
        #expect(reason("{\"more\": " + deep + String(repeating: "]", count: 100_000) + "}") != "decoded")
        #expect(reason(String(repeating: "{\"a\":", count: 100_000)) == "not valid JSON")
    }

    // MARK: Loose values

    private func loose<T: Decodable>(_ type: T.Type, _ json: String) -> T? {
        try? JSONText.decode([T].self, from: Array("[\(json)]".utf8)).first
    }

    @Test(arguments: [
        ("1", 1), ("-7", -7), ("3.0", 3), ("2.6", 3), ("\"42\"", 42), ("9223372036854775807", Int64.max), ("1e300", nil),
        ("\"x\"", nil), ("null", nil), ("true", nil),
    ])
    func wholeNumbers(_ json: String, _ expected: Int64?) { #expect(loose(LooseInteger.self, json)?.value == expected) }

    @Test(arguments: [("\"a\"", "a"), ("12", "12"), ("\"\"", ""), ("1.5", nil), ("null", nil)])
    func texts(_ json: String, _ expected: String?) { #expect(loose(LooseText.self, json)?.text == expected) }

    @Test(arguments: [
        ("1690875312", 1_690_875_312), ("1690875312.9", 1_690_875_312), ("\"1690875312\"", 1_690_875_312),
        ("\"2023-08-01T07:35:12Z\"", 1_690_875_312), ("\"2023-08-01T07:35:12.094796\"", 1_690_875_312),
        ("\"2023-08-01T09:35:12+02:00\"", 1_690_875_312), ("\"3 hours ago\"", nil), ("\"\"", nil), ("1e300", nil), ("true", nil),
    ])
    func dates(_ json: String, _ expected: Int64?) { #expect(loose(LooseDate.self, json)?.seconds == expected) }

    @Test func aTimeThatNoCalendarKnowsIsNoTrap() {
        for json in ["9e14", "-9e14", "\"9999-12-31T23:59:60Z\"", "\"0000-00-00T00:00:00Z\"", "\"2023-02-30T25:61:61Z\""] {
            _ = loose(LooseDate.self, json)
        }
    }
}
