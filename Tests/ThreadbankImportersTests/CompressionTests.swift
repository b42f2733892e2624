// Compressed inputs are read as what they hold, whatever they are called.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct Compression {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func stream(_ ending: String) throws -> [UInt8] { try #require(Packed.streams[ending]) }

    @Test(arguments: Packed.streams.keys.sorted()) func itIsToldByContent(ending: String) throws {
        for name in ["dump.jsonl.\(ending)", "dump", "dump.txt"] {
            let found = try Finding.all(at: folder.write(stream(ending), name))
            #expect(found.map(\.importer) == ["jsonl"] && found[0].keys == ["a"] && found[0].reason == nil)
        }
    }

    @Test(arguments: Packed.streams.keys.sorted()) func theKeyIsThatOfWhatIsPacked(ending: String) throws {
        #expect(try Finding.all(at: folder.write(stream(ending), "in/x/RC_2011.\(ending)")).map(\.key) == ["RC_2011"])
        #expect(try Finding.all(at: folder.file("in")).map(\.key) == ["x/RC_2011"])
        #expect(try Finding.all(at: folder.write(stream(ending), "dump.\(ending.uppercased())")).map(\.key) == ["dump"])
    }

    @Test(arguments: Packed.streams.keys.sorted()) func membersFollowEachOther(ending: String) throws {
        let zeros = [UInt8](repeating: 0, count: ending == "xz" ? 512 : 500)
        let found = try Finding.all(at: folder.write(stream(ending) + zeros + stream(ending) + stream(ending), "d"))
        #expect(found[0].keys == ["a", "a", "a"] && found[0].reason == nil)
    }

    @Test func aSkippableFrameIsSkipped() throws {
        let frame: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let found = try Finding.all(at: folder.write(frame + stream("zst") + frame + stream("zst"), "d"))
        #expect(found[0].keys == ["a", "a"] && found[0].reason == nil)
    }

    /// The first member is good, the second is cut anywhere: its start, its data, its checksum.
    @Test(arguments: Packed.streams.keys.sorted()) func whatStandsBeforeACutIsKept(ending: String) throws {
        let (whole, other) = (try stream(ending), try stream(ending))
        for cut in 1..<other.count {
            let found = try Finding.all(at: folder.write(whole + other.prefix(cut), "d"))
            #expect(found.count == 1 && found[0].keys.first == "a", "cut at \(cut)")
            let reason = try #require(found[0].reason, "cut at \(cut)")
            #expect(reason.hasPrefix("byte \(whole.count + cut): the "), "\(reason)")
            #expect(reason.contains("they break off"))
        }
    }

    @Test(arguments: Packed.streams.keys.sorted()) func noiseIsToldAndNoTrap(ending: String) throws {
        var random = SeededGenerator(3)
        let good = try stream(ending)
        for _ in 0..<200 {
            var bytes = good + good
            for _ in 0..<3 { bytes[Int.random(in: 12..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            _ = try Finding.all(at: folder.write(bytes, "d"))
        }
        let found = try Finding.all(at: folder.write(good + Array("something else".utf8), "d"))
        #expect(found[0].keys == ["a"])
        #expect(found[0].reason?.contains("byte \(good.count)") == true && found[0].reason?.contains("is something else") == true)
    }

    @Test func compressionMayBeNested() throws {
        // What zstd stores without compressing: a frame of one raw block (RFC 8878, 3.1.1).
        func stored(_ bytes: [UInt8]) -> [UInt8] {
            let size = UInt32(bytes.count)
            let block = size << 3 | 1
            return [0x28, 0xB5, 0x2F, 0xFD, 0xA0] + (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
                + (0..<3).map { UInt8(truncatingIfNeeded: block >> ($0 * 8)) } + bytes
        }
        var bytes = try stream("gz")
        for _ in 0..<3 { bytes = stored(bytes) }
        let found = try Finding.all(at: folder.write(bytes, "dump.jsonl.gz.zst.zst.zst"))
        #expect(found[0].keys == ["a"] && found[0].key == "dump.jsonl")
        let deep = try Finding.all(at: folder.write(stored(bytes), "deep"))
        #expect(deep[0].importer == nil && deep[0].reason?.contains("packed more than 4 times") == true)
    }

    @Test func theHashIsThatOfTheFile() throws {
        let bytes = try stream("gz")
        var hash = SHA256Hash()
        hash.update(bytes)
        try InputFinder().forEachInput(at: folder.write(bytes, "d.gz")) { found in
            #expect(try found.input.sha256 == hash.hex())
            while try found.input.next() != nil {}
            #expect(found.input.byteCount == bytes.count && found.input.bytesRead == bytes.count)
            try found.input.restart()
            #expect(try found.input.remainder() == Array(Packed.lines[0].utf8))
        }
    }

    /// A text page has no records to reject, so what is left of it is the page.
    @Test func aPageThatIsCutIsAPage() throws {
        let whole = try stream("gz")
        let found = try Finding.all(at: folder.write(whole + whole.prefix(30), "d"), InputFinder(format: Importers.named("text")))
        #expect(found[0].posts.isEmpty == false && found[0].reason?.contains("they break off") == true)
    }
}
