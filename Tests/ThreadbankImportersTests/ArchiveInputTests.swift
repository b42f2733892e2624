// zip, 7z and tar are folders, and nothing in them reaches beyond.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct ArchiveInputs {
    private let folder: TemporaryFolder
    private static let tar = Packed.tar(
        Packed.member("inner/", type: "5"), Packed.member("inner/a.jsonl", Packed.lines[0]),
        Packed.member("inner/b.jsonl", Packed.lines[1]))

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [("x.zip", Packed.zip), ("x.7z", Packed.sevenZip), ("x.tar", tar), ("noname", tar)])
    func itsFilesAreInputs(name: String, bytes: [UInt8]) throws {
        let path = try folder.write(bytes, name)
        let found = try Finding.all(at: path)
        #expect(found.map(\.name) == ["\(path)/inner/a.jsonl", "\(path)/inner/b.jsonl"])
        #expect(found.map(\.key) == ["inner/a.jsonl", "inner/b.jsonl"])
        #expect(found.map(\.keys) == [["a"], ["b"]])
        let walked = try Finding.all(at: folder.path)
        #expect(walked.map(\.name) == found.map(\.name) && walked.map(\.key) == found.map(\.key))
    }

    @Test func archivesInArchivesAreWalked() throws {
        let path = try folder.write(Packed.tar(Packed.member("deep/x.tar", String(decoding: Self.tar, as: UTF8.self))), "o.tar")
        let found = try Finding.all(at: path)
        #expect(found.map(\.name) == ["\(path)/deep/x.tar/inner/a.jsonl", "\(path)/deep/x.tar/inner/b.jsonl"])
        var nested = Self.tar
        for _ in 0..<4 { nested = Packed.tar(Packed.member("x.tar", String(decoding: nested, as: UTF8.self))) }
        let deep = try Finding.all(at: folder.write(nested, "deep.tar"))
        #expect(deep.count == 1 && deep[0].reason?.contains("archives deep") == true)
    }

    @Test func nothingLeavesTheArchive() throws {
        let post = Packed.lines[0]
        let bytes = Packed.tar(
            Packed.member("../up.jsonl", post), Packed.member("x/../../up.jsonl", post),
            Packed.member("/abs/a.jsonl", post), Packed.member("./dot.jsonl", post),
            Packed.member("link.jsonl", type: "2", target: "/etc/passwd"),
            Packed.member("hard.jsonl", type: "1", target: "dot.jsonl"),
            Packed.member("out", type: "2", target: folder.path), Packed.member("out/through.jsonl", post),
            Packed.member("pipe", type: "6"), Packed.member("dot.jsonl/below.jsonl", post))
        let path = try folder.write(bytes, "evil.tar")
        let found = try Finding.all(at: path)
        let read = found.filter { $0.importer != nil }.map { String($0.name.dropFirst(path.count + 1)) }
        #expect(read == ["dot.jsonl", "abs/a.jsonl", "out/through.jsonl"])
        let reasons = found.filter { $0.importer == nil }.reduce(into: [:]) { $0[$1.name] = $1.reason ?? "" }
        for name in ["../up.jsonl", "x/../../up.jsonl"] {
            #expect(reasons["\(path)/\(name)"]?.contains("leads out of the archive") == true)
        }
        for name in ["link.jsonl", "hard.jsonl", "out", "pipe"] {
            #expect(reasons["\(path)/\(name)"]?.contains("not followed") == true, "\(name)")
        }
        #expect(reasons["\(path)/dot.jsonl/below.jsonl"]?.contains("cannot be unpacked") == true)
        #expect(folder.names == ["evil.tar"], "nothing was written beside it")
    }

    @Test func anEncryptedArchiveIsOneLine() throws {
        let found = try Finding.all(at: folder.write(Packed.encryptedZip, "e.zip"))
        #expect(found.count == 1 && found[0].reason == "is encrypted; unpack it with its password first")
    }

    /// Cut anywhere: it ends, it says so, and what is whole before the cut is read.
    @Test(arguments: ["zip", "7z", "tar"]) func aCutArchiveIsToldAndNoTrap(kind: String) throws {
        let bytes = ["zip": Packed.zip, "7z": Packed.sevenZip, "tar": Self.tar][kind] ?? []
        for cut in stride(from: kind == "tar" ? 513 : 8, to: kind == "tar" ? 1900 : bytes.count - 1, by: 7) {
            let found = try Finding.all(at: folder.write(Array(bytes.prefix(cut)), "cut"))
            #expect(found.contains { $0.reason != nil }, "cut at \(cut)")
            if kind == "tar", cut > 1024 + 512 { #expect(found.contains { $0.keys == ["a"] }, "cut at \(cut)") }
        }
    }

    @Test func noiseIsNoTrap() throws {
        var random = SeededGenerator(9)
        for good in [Packed.zip, Packed.sevenZip, Self.tar] {
            for _ in 0..<150 {
                var bytes = good
                for _ in 0..<4 {
                    bytes[Int.random(in: 6..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                _ = try Finding.all(at: folder.write(bytes, "noise"))
            }
        }
    }

    @Test func officeDocumentsAreLeftAloneInAWalk() throws {
        let path = try folder.write(Packed.zip, "in/letter.docx")
        #expect(try Finding.all(at: folder.file("in")).map(\.importer) == [nil])
        #expect(try Finding.all(at: path).map(\.importer) == ["jsonl", "jsonl"], "named, it is opened")
    }

    @Test func theBytesOfItsFilesAddUpToItsOwn() throws {
        var sum = 0
        let path = try folder.write(Packed.zip, "x.zip")
        try InputFinder().forEachInput(at: path) { sum += $0.input.byteCount ?? 0 }
        #expect(abs(sum - Packed.zip.count) <= 2 && InputSizes.sum([path]) == Packed.zip.count)
    }

    @Test func aFormatByHandReadsTheFilesInIt() throws {
        let found = try Finding.all(at: folder.write(Packed.zip, "x.zip"), InputFinder(format: Importers.named("text")))
        #expect(found.map(\.importer) == ["text", "text"])
    }

    @Test func ctrlCEndsTheUnpacking() throws {
        let path = try folder.write(Self.tar, "x.tar")
        for patience in 1..<6 {
            var asked = 0
            let finder = InputFinder(shouldStop: {
                asked += 1
                return asked > patience
            })
            #expect(throws: ImportInterruption.self, "after \(patience)") { try finder.forEachInput(at: path) { _ in } }
        }
    }
}
