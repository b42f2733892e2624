// JSON as it is written: what two ways of writing give, and that readers of JSON take it back as it was.

import Foundation
import Testing
import ThreadbankTestSupport

@testable import ThreadbankCore

@Suite struct JSONWritingTests {
    /// Characters that need escapes stand at every place of the sixteen that are looked at together.
    @Test func writesTextsThatComeBackAsTheyWere() throws {
        let specials = ["\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "é", "漢", "👩‍👩‍👧", "/"]
        for special in specials {
            for before in 0...34 {
                for after in [0, 1, 15, 16, 17] {
                    let text = String(repeating: "a", count: before) + special + String(repeating: "b", count: after)
                    #expect(try back(JSON.string(text).text) == text)
                }
            }
        }
        #expect(JSON.string("a\u{7F}\u{85}b\tc\u{1}").text == "\"a\\u007f\\u0085b\\tc\\u0001\"")
    }

    @Test(
        arguments: [0, 7, -7, 9, 10, -10, 99, 100, 1_234_567_890, 999_999_999_999_999_999, 1_000_000_000_000_000_000, .max, .min]
            as [Int64])
    func writesIntegers(value: Int64) {
        var writer = JSONObjectWriter()
        writer.begin()
        writer.add("n", value)
        writer.end()
        let bytes = writer.take()
        #expect(String(decoding: bytes, as: UTF8.self) == "{\"n\":\(value)}")
    }

    /// The writer and the list take the same members, and give the same object.
    @Test func writesObjectsAsValuesAreWritten() {
        var chance = SeededGenerator(11)
        for _ in 0..<200 {
            let texts = (0..<4).map { _ in Bool.random(using: &chance) ? nil : randomText(&chance) }
            let numbers = (0..<3).map { _ in Bool.random(using: &chance) ? nil : Int64.random(in: .min ... .max, using: &chance) }
            var list = JSONMemberList()
            var writer = JSONObjectWriter()
            fill(&list, texts, numbers)
            writer.begin()
            fill(&writer, texts, numbers)
            writer.end()
            let bytes = writer.take()
            #expect(String(decoding: bytes, as: UTF8.self) == JSON.object(list.members).text)
        }
    }

    private func fill(_ members: inout some JSONMembers & ~Copyable, _ texts: [String?], _ numbers: [Int64?]) {
        for text in texts { members.add("text", text) }
        for number in numbers { members.add("number", number) }
        members.add("real", numbers[0].map { Double($0) / 7 })
        members.add("one", 1.0)
        members.add("values", texts.map { JSON($0) })
        var integers = numbers.compactMap { $0 }.makeIterator()
        members.add("integers", integers: { integers.next() })
        for number in numbers { members.add("time", time: number) }
        members.add("time", time: 1_700_000_000)
    }

    private func randomText(_ chance: inout SeededGenerator) -> String {
        let characters = Array("abc \"\\\n\u{85}é漢")
        return String((0..<Int.random(in: 0...60, using: &chance)).map { _ in characters.randomElement(using: &chance)! })
    }

    private func back(_ json: String) throws -> String? {
        try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
    }
}
