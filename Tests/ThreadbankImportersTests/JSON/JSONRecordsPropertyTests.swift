// The walk over random JSON: the same records by any chunks, the same values as Foundation reads, and no bytes that trap it.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct JSONRecordsPropertyTests {
    private struct Walk: Equatable {
        var records: [[UInt8]] = []
        var scalars: [[UInt8]] = []
        var paths: [[String]] = []
        var places: [ImportDiagnostic.Place] = []
        var rejected: [ImportDiagnostic] = []
        var failure: ImportDiagnostic?
    }

    private func walk(_ bytes: [UInt8], chunk: Int, takingAt depth: Int = 2) throws -> Walk {
        var walk = Walk()
        let sink = RecordingSink()
        var records = JSONRecords(MemoryInput(name: "x", bytes: bytes, chunk: chunk), faultsTo: sink)
        do {
            try records.forEach {
                $0.path.count >= depth || $0.keys.contains("k1") ? .take : .enter
            } scalar: {
                walk.scalars.append($0.bytes)
            } _: {
                walk.records.append($0.bytes)
                walk.paths.append($0.path)
                walk.places.append($0.place)
            }
        } catch let error as ImportError {
            walk.failure = error.diagnostic
        }
        walk.rejected = sink.rejected
        return walk
    }

    private static let texts = [
        "", "a", "\"", "\\", "é", "😀", "\n", "\u{1}", "[{", "}]", ",", ":", "\\u0041", String(repeating: "x", count: 90),
    ]

    private func value(_ depth: Int, _ random: inout SeededGenerator) -> Any {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 9), using: &random) {
        case 0: return NSNull()
        case 1: return Bool.random(using: &random)
        case 2: return Int.random(in: -1000...1000, using: &random)
        case 3: return 1.5e-7
        case 4: return Self.texts.randomElement(using: &random) ?? ""
        case 5, 6: return (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1, &random) }
        default: return object(depth, &random)
        }
    }

    private func object(_ depth: Int, _ random: inout SeededGenerator) -> [String: Any] {
        var members: [String: Any] = [:]
        for number in 0..<Int.random(in: 0...4, using: &random) {
            let key = Bool.random(using: &random) ? "k\(number)" : (Self.texts.randomElement(using: &random) ?? "")
            members[key] = value(depth + 1, &random)
        }
        return members
    }

    private func document(_ random: inout SeededGenerator) throws -> [UInt8] {
        let options: JSONSerialization.WritingOptions =
            Bool.random(using: &random) ? [.prettyPrinted, .sortedKeys] : [.sortedKeys]
        return try Array(JSONSerialization.data(withJSONObject: object(0, &random), options: options))
    }

    /// Every object and text that Foundation finds is found, in the same order.
    private func leaves(_ value: Any) -> Int {
        switch value {
        case let list as [Any]: list.reduce(0) { $0 + leaves($1) }
        case let members as [String: Any]: members.values.reduce(0) { $0 + leaves($1) }
        default: 1
        }
    }

    @Test func whatFoundationReadsIsFound() throws {
        var random = SeededGenerator(20)
        for _ in 0..<400 {
            let bytes = try document(&random)
            let walk = try walk(bytes, chunk: Int.random(in: 1...40, using: &random))
            #expect(walk.failure == nil && walk.rejected.isEmpty)
            let whole = try JSONSerialization.jsonObject(with: Data(bytes))
            let parts = try (walk.records + walk.scalars).map {
                try JSONSerialization.jsonObject(with: Data($0), options: .fragmentsAllowed)
            }
            #expect(parts.reduce(0) { $0 + leaves($1) } == leaves(whole))
            for (record, path) in zip(walk.records, walk.paths) {
                let part = try JSONSerialization.jsonObject(with: Data(record))
                #expect(holds(whole, at: path[...], part))
            }
        }
    }

    /// Whether the part stands at the path; lists add nothing to a path, so all their elements are asked.
    private func holds(_ value: Any, at path: ArraySlice<String>, _ part: Any) -> Bool {
        if path.isEmpty, NSArray(array: [value]).isEqual(NSArray(array: [part])) { return true }
        if let list = value as? [Any] { return list.contains { holds($0, at: path, part) } }
        guard let key = path.first, let member = (value as? [String: Any])?[key] else { return false }
        return holds(member, at: path.dropFirst(), part)
    }

    @Test func chunksMakeNoDifferenceEvenToBrokenTexts() throws {
        var random = SeededGenerator(21)
        for round in 0..<400 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...5, using: &random) { bytes += try document(&random) + [0x0A] }
            if round % 3 > 0 {
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let place = Int.random(in: bytes.indices, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes[place] = Array("{}[]\",:\n\\".utf8).randomElement(using: &random) ?? 0
                    default: if bytes.count > 1 { bytes.remove(at: place) }
                    }
                }
            }
            if round % 5 == 4 { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) }
            let whole = try walk(bytes, chunk: 1 << 20)
            for chunk in [1, 2, 3, 17, 100] {
                #expect(try walk(bytes, chunk: chunk) == whole, "\(String(decoding: bytes, as: UTF8.self)) by \(chunk)")
            }
            for (record, place) in zip(whole.records, whole.places) {
                guard case .byte(let offset) = place else { continue }
                #expect(Array(bytes[offset..<min(bytes.count, offset + record.count)]) == record)
            }
        }
    }

    /// A broken line never costs its neighbours.
    @Test func brokenLinesCostThemselves() throws {
        var random = SeededGenerator(22)
        for _ in 0..<200 {
            var lines: [[UInt8]] = (0..<6).map { Array("{\"k1\":\($0),\"t\":\"te\\\"xt, {[\"}".utf8) }
            let place = Int.random(in: 1..<5, using: &random)
            let cut = Int.random(in: 1..<lines[place].count, using: &random)
            lines[place] = Array(Bool.random(using: &random) ? lines[place].prefix(cut) : lines[place].suffix(cut))
            let walk = try walk(Array(lines.joined(separator: [0x0A])), chunk: 50)
            var good = lines
            good.remove(at: place)
            #expect(walk.records.filter { $0 != lines[place] } == good, "\(String(decoding: lines[place], as: UTF8.self))")
            #expect(walk.failure == nil && walk.rejected.map(\.place) == [.line(place + 1)])
        }
    }
}
