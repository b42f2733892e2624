// Members taken from a record without decoding it: strings as Foundation decodes them, and what Foundation refuses.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct JSONValueTests {
    private enum Name: String, CaseIterable, Sendable {
        case a, b
        case long = "a_longer_name"
    }

    private func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    private func text(_ quoted: [UInt8]) -> String { JSONString.text(of: quoted) }

    @Test func stringsAreAsFoundationDecodesThem() throws {
        var random = SeededGenerator(30)
        let parts = [
            "a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u00e9", "\\u00E9", "\\ud83d\\ude00", "\\u2028", "}",
            "]", ",", ":",
        ]
        for _ in 0..<2000 {
            let inner = (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
            let quoted = Array("\"\(inner.joined())\"".utf8)
            let expected = try JSONSerialization.jsonObject(with: Data(quoted), options: .fragmentsAllowed) as? String
            #expect(text(quoted) == expected)
            let record = try JSONValue(Array("{\"x\": 1, \"b\" : ".utf8) + quoted + Array(",\"a\":[]}".utf8))
            #expect(record["b"]?.text == expected)
        }
    }

    @Test(arguments: [
        ("\\ud83d", "\u{FFFD}"), ("\\ude00x", "\u{FFFD}x"), ("\\ud83d\\ud83d\\ude00", "\u{FFFD}😀"), ("\\u0000", "\u{FFFD}"),
        ("a\u{1}\tb\nc", "a\u{1}\tb\nc"), ("\\x0B", "\\x0B"), ("\\u12", "\\u12"), ("\\u12zz", "\\u12zz"), ("\u{0}", "\u{FFFD}"),
        ("\\uD83D\\u0041", "\u{FFFD}A"),
    ])
    func whatFoundationRefusesIsRead(_ inner: String, _ decoded: String) {
        #expect(text(Array("\"\(inner)\"".utf8)) == decoded)
    }

    @Test func invalidBytesBecomeReplacements() {
        #expect(text([0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
        #expect(text([0x22, 0x5C, 0x6E, 0xC3, 0x22]) == "\n\u{FFFD}")
    }

    @Test func membersAreFoundByName() throws {
        let record = try value(#" {"b": {"a": 9}, "z": "a", "a" : 5 , "a_longer_name": [true, null], "\u0061": 6}"#)
        var found: [Name: [String]] = [:]
        record.forEachMember(JSONNames<Name>()) { name, value in
            found[name, default: []].append(value.looseText ?? (value.isObject ? "object" : value.isArray ? "list" : "?"))
        }
        #expect(found == [.a: ["5", "6"], .b: ["object"], .long: ["list"]])
        var elements: [Bool?] = []
        record["a_longer_name"]?.forEachElement { elements.append($0.bool) }
        #expect(elements == [true, nil])
    }

    @Test(arguments: [
        ("5", Int64(5)), ("-5", -5), ("5.9", 5), ("\"5\"", 5), ("1e3", 1000), ("\"x\"", nil), ("null", nil), ("true", nil),
        ("1e300", nil),
        ("[5]", nil), ("", nil), ("-", nil), ("99999999999999999999", nil),
    ])
    func wholeNumbers(_ text: String, _ number: Int64?) throws { #expect(try value(text).integer == number) }

    @Test func manyMembersAreAsFoundationHasThem() throws {
        var random = SeededGenerator(31)
        for _ in 0..<500 {
            let members = Dictionary(
                (0..<20).map { _ in (Int.random(in: 0...99, using: &random), Int.random(in: 0...9, using: &random)) }
            ) { $1 }
            let object = ["list": members.map { ["k\($0.key)": $0.value] }]
            let options: JSONSerialization.WritingOptions = Bool.random(using: &random) ? .prettyPrinted : []
            let bytes = try Array(JSONSerialization.data(withJSONObject: object, options: options))
            for isDeep in [false, true] {
                var found: [Int: Int64] = [:]
                try JSONValue(bytes, isDeep: isDeep)["list"]?.forEachElement { element in
                    element.forEachMember { key, value in if let n = Int(key.dropFirst()) { found[n] = value.integer } }
                }
                #expect(found == members.mapValues(Int64.init))
            }
        }
    }

    @Test func anyBytesAreNoTrap() throws {
        var random = SeededGenerator(32)
        let good = Array(#"{"a": [1, {"b": "c\u00e9"}, "d"], "a_longer_name": -1.5e3, "e": null}"#.utf8)
        for _ in 0..<5000 {
            var bytes = Array(good.prefix(Int.random(in: 0...good.count, using: &random)))
            for _ in 0..<3 where !bytes.isEmpty {
                let noise = Array("{}[]\",:\\u0 ".utf8) + [0, 0xFF, UInt8.random(in: 0...255, using: &random)]
                bytes[Int.random(in: bytes.indices, using: &random)] = noise.randomElement(using: &random) ?? 0
            }
            var stack = [try JSONValue(bytes, isDeep: true)]
            var count = 0
            while let value = stack.popLast() {
                count += 1
                _ = (value.text, value.integer, value.seconds, value.bool)
                value.forEachElement { stack.append($0) }
                value.forEachMember { _, member in stack.append(member) }
            }
            #expect(count <= bytes.count + 1)
        }
    }

    @Test func aRecordOfBracketsAloneIsRefused() {
        #expect(throws: JSONEnds.TooDeep.self) {
            try JSONValue([UInt8](repeating: UInt8(ascii: "["), count: 2 << 20), isDeep: true)
        }
    }
}
