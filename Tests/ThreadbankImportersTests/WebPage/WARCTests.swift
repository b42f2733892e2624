// WARC files whose records are not as they say: the records beside a wrong one are kept.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WARCTests {
    private func read(_ text: String) throws -> RecordingSink {
        let sink = RecordingSink()
        try #require(Importers.named("html")).read(MemoryInput(name: "crawl.warc", text: text), into: sink)
        return sink
    }

    private func page(_ number: Int) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            + String(decoding: Seed.named("html/repeated-blocks.html").bytes, as: UTF8.self)
            .replacing("note1", with: "note\(number)1")
    }

    /// - parameter length: what it says; nil for a record that says none.
    private func record(_ number: Int, type: String = "response", block: String? = nil, length: (Int) -> String?) -> String {
        let block = block ?? page(number)
        let says = length(block.utf8.count).map { "Content-Length: \($0)\r\n" } ?? ""
        return "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Target-URI: https://notes.example/\(number)\r\n"
            + "Content-Type: application/http; msgtype=response\r\n\(says)\r\n\(block)\r\n\r\n"
    }

    private func sound(_ number: Int) -> String { record(number) { "\($0)" } }

    /// Too short, too long, too long by far, none, and no number.
    @Test(arguments: ["short", "long", "longer", "endless", "none", "negative", "word"])
    func aWrongLengthLosesNoOtherRecord(kind: String) throws {
        let wrong = record(2) { length in
            switch kind {
            case "short": "\(length - 300)"
            case "long": "\(length + 40)"
            case "longer": "\(length + 2500)"
            case "endless": "99999999999999"
            case "none": nil
            case "negative": "-5"
            default: "many"
            }
        }
        let text = sound(1) + wrong + sound(3) + sound(4)
        let sink = try read(text)
        #expect(sink.posts.count == 12 && sink.rejected.isEmpty)
        #expect(sink.warnings.count == 1 && sink.warnings.first?.place == .byte(sound(1).utf8.count))
        let next = sound(1).utf8.count + wrong.utf8.count
        #expect(sink.warnings.first?.description.contains("byte \(next)") == true, "\(sink.warnings)")
    }

    @Test(arguments: ["short", "long"])
    func aWrongLengthOfWhatIsNoPageLosesNone(kind: String) throws {
        let noise = String(repeating: "noise of a picture\r\n", count: 20_000)
        let wrong = record(2, type: "metadata", block: noise) { kind == "short" ? "\($0 - 1000)" : "\($0 + 1000)" }
        let sink = try read(sound(1) + wrong + sound(3))
        #expect(sink.posts.count == 6 && sink.warnings.count == 1)
    }

    @Test func whatIsNoRecordIsPassedOverAndSaid() throws {
        let text = sound(1) + "torn in two\r\nWARC/1.0 is not here\r\n" + sound(2)
        let sink = try read(text)
        #expect(sink.posts.count == 6 && sink.rejected.count == 1)
        #expect(sink.rejected.first?.place == .byte(sound(1).utf8.count))
        let end = try read(sound(1) + "torn")
        #expect(end.posts.count == 3 && end.rejected.count == 1)
    }

    /// A record may hold lines that look like the start of one.
    @Test func aRecordInARecordStaysInIt() throws {
        let inner = sound(7)
        let text = sound(1) + record(2, type: "resource", block: "x\r\n" + inner) { "\($0)" } + sound(3)
        let sink = try read(text.replacing("WARC-Type: resource", with: "WARC-Type: conversion"))
        #expect(sink.posts.count == 6 && sink.rejected.isEmpty && sink.warnings.isEmpty)
    }

    @Test func linesThatOnlyLookLikeRecordsTakeNoTime() throws {
        let sink = try read(sound(1) + String(repeating: "WARC/1.0\r\na: b\r\n", count: 50_000))
        #expect(sink.posts.count == 3 && !sink.rejected.isEmpty)
    }
}
