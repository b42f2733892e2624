// Packed WARC files, a gzip member a record: a member that is damaged costs no other.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct PackedWARCTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func record(_ number: Int, lengthOff: Int = 0) -> String {
        let page = String(decoding: Seed.named("html/repeated-blocks.html").bytes, as: UTF8.self)
            .replacing("note1", with: "note\(number)1")
        let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://notes.example/\(number)\r\n"
            + "Content-Type: application/http; msgtype=response\r\nContent-Length: \(block.utf8.count + lengthOff)\r\n\r\n"
            + block + "\r\n\r\n"
    }

    private func packed(_ text: String) throws -> [UInt8] {
        let plain = folder.file("plain")
        try Data(text.utf8).write(to: URL(fileURLWithPath: plain))
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/bin/sh")
        gzip.arguments = ["-c", "gzip -nc '\(plain)' > '\(plain).gz'"]
        try gzip.run()
        gzip.waitUntilExit()
        return Array(try Data(contentsOf: URL(fileURLWithPath: plain + ".gz")))
    }

    /// The numbers of the pages that were read whole, what was rejected, and why reading ended early.
    private func read(_ bytes: [UInt8]) throws -> (pages: [Int], sink: RecordingSink, failure: ImportError?) {
        let path = folder.file("crawl.warc.gz")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let sink = RecordingSink()
        var failure: ImportError?
        try InputFinder().forEachInput(at: path) { found in
            guard case .importer(let importer) = found.match else { return }
            do { try importer.read(found.input, into: sink) } catch let error as ImportError { failure = error }
            failure = found.input.failure ?? failure
        }
        let pages = Dictionary(grouping: sink.posts) { post in post.thread?.key ?? "" }.filter { $0.value.count == 3 }
        return (pages.keys.compactMap { $0.split(separator: "/").last.flatMap { Int($0) } }.sorted(), sink, failure)
    }

    private func members(_ count: Int = 4) throws -> [[UInt8]] { try (1...count).map { try packed(record($0)) } }

    @Test func aWrongLengthLosesNoOtherRecord() throws {
        let all = try [record(1), record(2, lengthOff: 700), record(3)].map { try packed($0) }
        #expect(try read(Array(all.joined())).pages == [1, 2, 3])
    }

    /// Where the fault stands in the second of four members: its head, its compressed text, its checksum, nowhere left of it.
    @Test(arguments: ["magic", "method", "first", "middle", "checksum", "half", "zeros", "noise"])
    func aDamagedMemberCostsNoOther(kind: String) throws {
        var all = try members()
        switch kind {
        case "magic": all[1][0] = 0
        case "method": all[1][2] = 7
        case "first": all[1][10] ^= 0xFF
        case "middle": for place in 200..<210 { all[1][place] ^= 0x55 }
        case "checksum": all[1][all[1].count - 8] ^= 1
        case "half": all[1].removeLast(all[1].count / 2)
        case "zeros": for place in 100..<all[1].count { all[1][place] = 0 }
        default: all[1] = (0..<all[1].count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 31) }
        }
        let (pages, sink, failure) = try read(Array(all.joined()))
        #expect(pages == [1, 3, 4])
        #expect(sink.posts.count == 9 && failure == nil)
        #expect(sink.rejected.count == 1 && sink.warnings.isEmpty, "\(sink.rejected) \(sink.warnings)")
        let end = all[0].count + all[1].count
        // Zeros between members are none of them.
        let start = all[0].count + (kind == "magic" ? 1 : 0)
        #expect(sink.rejected.first?.place == .byte(start), "\(sink.rejected)")
        #expect(sink.rejected.first?.description.contains("byte \(end) ") == true, "\(sink.rejected)")
    }

    @Test func theDamagedPageIsNamedWhereItsAddressIsKnown() throws {
        var all = try members()
        all[1][all[1].count - 8] ^= 1
        let sink = try read(Array(all.joined())).sink
        #expect(sink.rejected.first?.description.contains("https://notes.example/2") == true, "\(sink.rejected)")
    }

    @Test func severalDamagedMembersAreSaidEach() throws {
        var all = try members(6)
        for number in [1, 2, 4] { all[number][150] ^= 0xFF }
        let (pages, sink, failure) = try read(Array(all.joined()))
        #expect(pages == [1, 4, 6] && sink.rejected.count == 3 && failure == nil, "\(sink.rejected)")
    }

    /// The whole was packed as one: what stands before the record in which the fault shows is kept.
    @Test func aDamagedFileOfOneMemberKeepsWhatStandsBefore() throws {
        var bytes = try packed((1...4).map { record($0) }.joined())
        bytes[bytes.count - 8] ^= 1
        let (pages, sink, _) = try read(bytes)
        #expect(pages == [1, 2, 3] && sink.rejected.count == 1)
    }

    @Test func theLastMemberMayBeDamagedToo() throws {
        var all = try members()
        all[3][all[3].count - 8] ^= 1
        let (pages, sink, failure) = try read(Array(all.joined()))
        #expect(pages == [1, 2, 3] && sink.posts.count == 9 && sink.rejected.count == 1 && failure == nil)
    }

    /// A download that ended early: nothing in it is wrong, so its last page is read as far as it goes.
    @Test func aFileThatBreaksOffIsReadAsFarAsItGoes() throws {
        var all = try members()
        all[3].removeLast(12)
        let (pages, sink, failure) = try read(Array(all.joined()))
        #expect(Array(pages.prefix(3)) == [1, 2, 3])
        #expect(sink.posts.count > 9)
        #expect(failure?.description.contains("break off") == true)
    }

    /// Wherever bytes of one member are changed, all others are read.
    @Test func randomDamageCostsNoOtherMember() throws {
        let sound = try members(5)
        var random = SeededGenerator(7)
        for _ in 0..<60 {
            var all = sound
            let number = Int.random(in: 1..<5, using: &random)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<all[number].count, using: &random)
                all[number][place] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { all[number].removeLast(Int.random(in: 0..<all[number].count, using: &random)) }
            let (pages, sink, _) = try read(Array(all.joined()))
            #expect(Set(pages).union([number + 1]) == [1, 2, 3, 4, 5], "member \(number + 1): \(pages) \(sink.rejected)")
            #expect(pages.contains(number + 1) || sink.rejected.count + sink.warnings.count > 0 || number == 4)
        }
    }

    /// What only looks like the start of a member takes no time and is none.
    @Test func startsThatAreNoneArePassedOver() throws {
        var all = try members(3)
        let decoy = try packed("no record at all\n")
        all[1][150] ^= 0xFF
        all.insert(Array(repeatElement([0x1F, 0x8B, 0x08, 0x00], count: 20_000).joined()) + decoy, at: 2)
        let (pages, sink, failure) = try read(Array(all.joined()))
        #expect(pages == [1, 3] && sink.rejected.count == 1 && failure == nil, "\(sink.rejected)")
    }

    @Test func aPackedPageThatBreaksOffIsReadAsFarAsItGoes() throws {
        let page = Seed.named("html/repeated-blocks.html").bytes
        let bytes = try packed(String(decoding: page, as: UTF8.self))
        let (_, sink, failure) = try read(Array(bytes.dropLast(20)))
        #expect(!sink.posts.isEmpty)
        #expect(failure != nil)
    }
}
