// The walk over the records of a JSON text: shapes, places, faults, and texts made to hurt.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct JSONRecordsTests {
    /// What a walk gave: the texts of the records with their paths, what was reported, and why it stopped.
    private struct Walk: Equatable {
        var texts: [String] = []
        var paths: [[String]] = []
        var places: [ImportDiagnostic.Place] = []
        var scalars: [String] = []
        var rejected: [ImportDiagnostic] = []
        var failure: ImportDiagnostic?
    }

    /// Takes objects that hold an `id`, enters the rest.
    private func walk(
        _ text: String, chunk: Int = 1 << 16, _ decide: (JSONRecords.Place) -> JSONRecords.Step = Self.takingIDs
    ) throws -> Walk {
        var walk = Walk()
        let sink = RecordingSink()
        var records = JSONRecords(MemoryInput(name: "x", bytes: Array(text.utf8), chunk: chunk), faultsTo: sink)
        do {
            try records.forEach(decide) {
                walk.scalars.append("\($0.path.last ?? ""): \(String(decoding: $0.bytes, as: UTF8.self))")
            } _: {
                walk.texts.append(String(decoding: $0.bytes, as: UTF8.self))
                walk.paths.append($0.path)
                walk.places.append($0.place)
            }
        } catch let error as ImportError {
            walk.failure = error.diagnostic
        }
        walk.rejected = sink.rejected
        return walk
    }

    private static func takingIDs(_ place: JSONRecords.Place) -> JSONRecords.Step { place.keys.contains("id") ? .take : .enter }

    // MARK: Shapes

    @Test(arguments: [
        #"{"id":1} {"id":2}"#, "{\"id\":1}\n{\"id\":2}", "\u{FEFF}{\"id\":1}\r\n\r\n{\"id\":2}\r\n", #"[{"id":1},{"id":2}]"#,
        #"{"a": [{"id":1}, {"id":2}], "n": null}"#, #"{"a": {"b": {"id":1}, "c": [[[{"id":2}]]]}}"#, #"{"id":1}{"id":2}"#,
        "\u{1E}{\"id\":1}\n\u{1E}{\"id\":2}\n", "null\n{\"id\":1}\nnull\n{\"id\":2}", #"[[{"id":1}], 17, true, "x", [{"id":2}]]"#,
        #"{"\"{[": {"id":1}, "b": {"id":2}}"#, "{\"id\":1},\n{\"id\":2},\n",
    ])
    func recordsAreFoundInAnyShape(_ text: String) throws {
        for chunk in [1, 2, 3, 1 << 16] {
            let walk = try walk(text, chunk: chunk)
            #expect(walk.texts == [#"{"id":1}"#, #"{"id":2}"#], "\(text) by \(chunk)")
            #expect(walk.rejected.isEmpty && walk.failure == nil)
        }
    }

    @Test func pathsKeysAndScalarsAreThoseOnTheWayDown() throws {
        let walk = try walk(#"{"name": "N", "list": {"p\u0061ge": 3, "items": [{"id": {"id": 1}}, null]}, "end": {}}"#)
        #expect(walk.paths == [["list", "items"]])
        #expect(walk.texts == [#"{"id": {"id": 1}}"#])
        #expect(walk.scalars == [#"name: "N""#, "page: 3", "items: null"])
        #expect(walk.places == [.byte(49)])
    }

    @Test func keysAreThoseOfTheObjectAlone() throws {
        var seen: [Set<String>] = []
        _ = try walk(#"{"a": {"b": 1, "c": "d"}, "e": ["f", {"g": 1}], "h": "i\"j"} [{"k": 1}]"#) {
            seen.append($0.keys)
            return .skip
        }
        #expect(seen == [["a", "e", "h"], []])
    }

    @Test func keysBeyondTheLookaheadAreNotSeen() throws {
        var seen: Set<String> = []
        _ = try walk("{\"a\": \"\(String(repeating: "x", count: 1 << 16))\", \"b\": 1}", chunk: 1000) {
            seen = $0.keys
            return .skip
        }
        #expect(seen == ["a"])
    }

    @Test func linesAreNumberedWhereEachIsAValue() throws {
        #expect(try walk("{\"id\":1}\n\n{\"id\":2}\n").places == [.line(1), .line(3)])
        #expect(try walk("{\n\"id\":1}\n{\"id\":2}").places == [.byte(0), .byte(10)])
        #expect(try walk("[{\"id\":1}\n,{\"id\":2}]").places == [.byte(1), .byte(11)])
    }

    // MARK: Faults

    @Test(arguments: [
        (#"{"id":1, "x": "cut"#, 2), (#"{"id":1"#, 2), ("garbage", 2), (#"{"id":1}}"#, 2), (#"{"id":nul?}"#, 2),
        (#"{"id"=1}"#, 2),
        ("17", 2), ("{\"id\":[1}", 2), (#"{"id":1]"#, 2), (#"{"id":"x\"#, 2),
    ])
    func aBrokenLineCostsItself(_ line: String, _ number: Int) throws {
        for chunk in [1, 5, 1 << 16] {
            let walk = try walk("{\"id\":1}\n\(line)\n{\"id\":3}\n{\"id\":4}", chunk: chunk)
            #expect(walk.texts.filter { $0 != "{\"id\":1}" } == [#"{"id":3}"#, #"{"id":4}"#], "\(line) by \(chunk)")
            #expect(walk.rejected.map(\.place) == [.line(2)], "\(line) by \(chunk)")
            #expect(walk.failure == nil)
        }
    }

    @Test(arguments: [#"{"id":1, "x": "cut"#, #"{"id":1, "x": "#, "garbage", #"{"id":1, "x": [{"y": 1}"#])
    func aBrokenFirstLineCostsItself(_ line: String) throws {
        let walk = try walk("\(line)\n{\"id\":2}\n{\"id\":3}")
        #expect(walk.texts == [#"{"id":2}"#, #"{"id":3}"#])
        #expect(walk.rejected.map(\.place) == [.line(1)])
    }

    @Test func anObjectOfManyLinesMayFollowOneOfOneLine() throws {
        #expect(try walk("{\"id\":1}\n{\n  \"id\": 2\n}\n{\"id\":3}").texts.count == 3)
    }

    @Test(arguments: [
        #"{"id":2,"x":nul?}"#, #"{"id":2 "x":1}"#, #"{"id":2,}"#, #"{"id":'x'}"#,
        #"{"id":2,,"y":[1,2}3]}"#.replacing("}3", with: ",3"),
        "undefined",
    ])
    func aBrokenElementCostsItself(_ element: String) throws {
        for text in ["[{\"id\":1},\(element),{\"id\":3}]", "{\"a\":[\n{\"id\":1},\n\(element),\n{\"id\":3}]}"] {
            let walk = try walk(text)
            #expect(walk.texts == [#"{"id":1}"#, #"{"id":3}"#], "\(text)")
            #expect(walk.rejected.count == 1 && walk.failure == nil, "\(text): \(walk)")
        }
    }

    /// A lost quotation mark turns texts inside out; the layout tells where the next element starts.
    @Test(arguments: [#""x": "lost,"#, #""x": lost""#, #""x": ["#, #""x": {"y": ["#])
    func inATextOfLinesTheNextElementIsFoundByItsIndentation(_ member: String) throws {
        let text = """
            {
              "list": [
                {
                  "id": 1
                },
                {
                  "id": 2,
                  \(member)
                },
                {
                  "id": 3,
                  "y": [{}, "a"]
                },
                {
                  "id": 4,
                  \(member)
                }
              ],
              "other": {"id": 5}
            }
            """
        let walk = try walk(text)
        #expect(walk.texts.count == 3 && walk.texts.last == #"{"id": 5}"#)
        #expect(walk.rejected.count == 2 && walk.failure == nil)
    }

    @Test func aCutTextGivesAllBeforeTheCut() throws {
        let whole = #"{"post": {"id":0}, "list": [{"id":1}, {"id":2,"x":"y"}, {"id":3}], "more": [[{"id":4}]]}"#
        let all = try walk(whole).texts
        #expect(all.count == 5)
        for end in 1..<whole.utf8.count {
            let walk = try walk(String(whole.prefix(end)), chunk: 7)
            #expect(walk.texts == Array(all.prefix(walk.texts.count)))
            #expect(walk.texts.count == all.count { whole.prefix(end).contains($0) })
            #expect(walk.failure?.place == .byte(end) && walk.failure?.kind == "the JSON ends too early")
            #expect(walk.failure?.detail.hasPrefix("\(walk.texts.count) records") == true)
        }
    }

    @Test(arguments: ["garbage in, garbage out", "{\"id\":1}]", "{]", "\u{0}", "{\"a\" 1}", "{1: 2}", "[{\"id\":1}}"])
    func whatIsNoJSONIsSaidWithItsPlace(_ text: String) throws {
        let walk = try walk(text)
        #expect(
            walk.failure?.kind == "the JSON is broken here" || walk.rejected.first?.kind == "the JSON is broken here", "\(text)")
        #expect(walk.failure?.place != .whole)
    }

    @Test func aRecordThatIsTooLongIsPassedOver() throws {
        let long = String(repeating: "x", count: JSONRecords.longest)
        let walk = try walk("[{\"id\":1,\"x\":\"\(long)\"},{\"id\":2}]")
        #expect(walk.texts == [#"{"id":2}"#])
        #expect(walk.rejected.map(\.kind) == ["record too long"])
        #expect(walk.rejected.map(\.place) == [.byte(1)])
    }

    // MARK: Depth

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"], [true, false])
    func depthTrapsNothing(_ opening: String, isClosed: Bool) throws {
        let count = 1_000_000
        var text = String(repeating: opening, count: count)
        if isClosed {
            text += "1"
            text += String(opening.reversed()).map { $0 == "[" ? "]" : $0 == "{" ? "}" : "" }.joined().repeated(count)
        }
        for step in [JSONRecords.Step.enter, .take, .skip] {
            let walk = try walk(text) { _ in step }
            #expect((walk.failure == nil) == isClosed)
        }
    }

    @Test func theDecodersLimitIsARejectionAndNoTrap() throws {
        let text = "[" + "[".repeated(600) + "]".repeated(600) + ",{\"id\":1}]"
        var depths = 0
        var good = 0
        var records = JSONRecords(MemoryInput(name: "x", text: text))
        try records.forEach {
            $0.offset == 0 ? .enter : .take
        } _: { record in
            do {
                _ = try JSONText.decode([String: Int].self, from: record.bytes)
                good += 1
            } catch is DecodingError {
                depths += 1
            }
        }
        #expect((good, depths) == (1, 1))
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
