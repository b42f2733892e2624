// The short way of reading a line of the interchange format gives what the decoder gives, or gives up.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct PlainLineTests {
    @Test(arguments: [
        #"{"body":"a"}"#, #" { "body" : "a\n\"b\" \\ \u2019 \/" , "score" : -3 } "#, #"{"key":12,"parent":7,"state":"deleted"}"#,
        #"{"body":"é漢👩","created_at":"2024-02-03T04:05:06Z","edited_at":1700000000,"rendering":true,"title":null}"#,
        #"{"body":"","markup":"markdown","basis":"order","confidence":1,"place":0,"thread":"t","author":"A","forum":"f"}"#,
        #"{"threadbank":1,"end":2}"#,
    ])
    func readsWhatIsPlain(line: String) throws {
        let plain = try #require(PlainLine.record(of: Array(line.utf8)))
        #expect(try describe(plain) == describe(decoded(Array(line.utf8))))
    }

    @Test(arguments: [
        #"{"body":"a","body":"b"}"#, #"{"body":"a","other":1}"#, #"{"body":["a"]}"#, #"{"body":"\ud83d\ude00"}"#,
        #"{"body":"\u0000"}"#,
        #"{"body":"\x"}"#, #"{"body":"a"} {}"#, #"{"body":"a",}"#, #"{"score":01}"#, #"{"score":1.5}"#, #"{"score":1e3}"#,
        #"{"score":-0}"#, #"{"score":1234567890123456}"#, #"{"score":"5"}"#, #"{"state":"gone"}"#, #"{"created_at":"soon"}"#,
        #"{"parent":{"alias":"x"}}"#, #"{"author":5}"#, #"{"rendering":1}"#, #"{}"#, #"{"body":"a""#, #"{"body":"a"#, "", "[]",
        "5",
        "{\"body\":\"a\tb\"}", #"{"body":tru}"#, #"{"body":nul}"#, #"{"body" "a"}"#, #"{"body":}"#, #"{"score":-}"#,
        #"{"body":"\u12"}"#,
    ])
    func leavesTheRestToTheDecoder(line: String) { #expect(PlainLine.record(of: Array(line.utf8)) == nil) }

    @Test func leavesInvalidTextToTheDecoder() {
        #expect(PlainLine.record(of: Array("{\"body\":\"a".utf8) + [0xFF] + Array("\"}".utf8)) == nil)
    }

    /// Lines made at random, whole and with a byte changed: where the short way reads them, the decoder reads the same.
    @Test func agreesWithTheDecoder() throws {
        var chance = SeededGenerator(5)
        let keys = [
            "body", "title", "key", "parent", "score", "created_at", "state", "author", "thread", "confidence", "x", "rendering",
        ]
        let values = [
            "\"a\"", "\"\"", "\"é\\n\\u00e9\\\"\"", "\"2020-01-02\"", "\"present\"", "12", "-7", "0", "null", "true", "1.5", "[]",
            "{}",
            "\"\\ud800\"", "1700000000", "\"12\"",
        ]
        let odd = Array("\"\\{}[]:,0 x\u{1}".utf8)
        var plain = 0
        for _ in 0..<4000 {
            let members = keys.shuffled(using: &chance).prefix(Int.random(in: 1...5, using: &chance)).map {
                "\"\($0)\":" + values.randomElement(using: &chance)!
            }
            var line = Array(("{" + members.joined(separator: ",") + "}").utf8)
            if Bool.random(using: &chance) {
                line[Int.random(in: line.indices, using: &chance)] = odd.randomElement(using: &chance)!
            }
            guard let record = PlainLine.record(of: line) else { continue }
            plain += 1
            let faults = FieldFaults()
            let expected = try JSONText.decode(InterchangeRecord.self, from: line, faults: faults)
            #expect(describe(record) == describe(expected), "\(String(decoding: line, as: UTF8.self))")
            #expect(faults.take().isEmpty)
        }
        #expect(plain > 150)
    }

    private func decoded(_ line: [UInt8]) throws -> InterchangeRecord { try JSONText.decode(InterchangeRecord.self, from: line) }
    private func describe(_ record: InterchangeRecord) -> String { String(reflecting: record) }
}
