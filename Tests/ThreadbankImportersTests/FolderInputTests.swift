// Folders that are one input, by an importer made for the test.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

/// A dump: `index.txt`, the words of each file below `days/`, a post a file.
private struct DumpImporter: FolderImporter {
    let name = "dump"
    let version = 1
    let summary = "a dump of a test"
    let recognises = "index.txt beside days"

    func recognises(_ probe: InputProbe) -> Bool { false }

    func claims(_ folder: any FolderProbe) -> [String]? {
        guard folder.files.contains("index.txt"), folder.folders.contains("days") else { return nil }
        // Two that are not there, or not below it, which are left out.
        return ["index.txt", "days/none", "../x.jsonl"] + folder.files(in: "days").map { "days/\($0)" }
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        guard let folder = input as? any ImportFolder else {
            return try sink.add(Self.post("single \(input.key)", try input.remainder()))
        }
        for file in folder.files where file != "index.txt" {
            do {
                try sink.add(Self.post(file, try folder.open(file).remainder()))
            } catch let error as ImportError {
                sink.reject(error.diagnostic)
            }
        }
    }

    private static func post(_ key: String, _ bytes: [UInt8]) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "dump", name: ""), key: key)
        post.body = String(decoding: bytes, as: UTF8.self)
        return post
    }
}

@Suite struct FolderInputs {
    private let folder: TemporaryFolder
    private var finder: InputFinder { InputFinder(importers: [DumpImporter()] + Importers.all) }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("the index", "in/index.txt")
        try folder.write("monday", "in/days/1")
        try folder.write(Packed.streams["gz"] ?? [], "in/days/2.gz")
        try folder.write(Packed.lines[1], "in/other.jsonl")
        try folder.write(Packed.lines[1], "x.jsonl")
    }

    @Test func whatIsClaimedIsOneInputAndTheRestIsWalked() throws {
        let found = try Finding.all(at: folder.file("in"), finder)
        #expect(found.map(\.importer) == ["dump", "jsonl"])
        #expect(found.map(\.name) == [folder.file("in"), folder.file("in/other.jsonl")])
        #expect(found[0].keys == ["days/1", "days/2.gz"] && found[0].reason == nil)
        #expect(found[0].posts.last?.body == Packed.lines[0], "decompressed")
        #expect(found[0].key == "in")
    }

    @Test func itIsFoundBelowAndInArchives() throws {
        let below = try Finding.all(at: folder.path, finder)
        #expect(below.map(\.importer) == ["jsonl", "dump", "jsonl"] && below[1].key == "in")
        let tar = Packed.tar(Packed.member("d/index.txt", "i"), Packed.member("d/days/1", "monday"))
        let path = try folder.write(tar, "dump.tar")
        let found = try Finding.all(at: path, finder)
        #expect(found.map(\.name) == ["\(path)/d"] && found.map(\.importer) == ["dump"] && found[0].keys == ["days/1"])
    }

    @Test func chosenByHandItReadsItsFolderAndSingleFiles() throws {
        let found = try Finding.all(at: folder.file("in"), InputFinder(format: DumpImporter()))
        #expect(found.map(\.keys) == [["days/1", "days/2.gz"], ["single other.jsonl"]])
        let plain = try Finding.all(at: folder.file("in"), InputFinder(format: Importers.named("text")))
        #expect(plain.count == 4)
    }

    @Test func itsHashAndSizeAreThoseOfItsFiles() throws {
        func look() throws -> (hash: String?, bytes: Int?, read: Int) {
            var result: (String?, Int?, Int) = (nil, nil, 0)
            try finder.forEachInput(at: folder.file("in")) { found in
                guard case .importer(let importer) = found.match, importer.name == "dump" else { return }
                let hash = try found.input.sha256
                try importer.read(found.input, into: RecordingSink())
                result = (hash, found.input.byteCount, found.input.bytesRead)
            }
            return result
        }
        let first = try look()
        let gz = Packed.streams["gz"]?.count ?? 0
        #expect(first.bytes == 9 + 6 + gz && first.read == 6 + gz)
        #expect(try look().hash == first.hash)
        try folder.write(Packed.lines[0], "in/other.jsonl")
        #expect(try look().hash == first.hash, "not of what it did not claim")
        try folder.write("tuesday", "in/days/1")
        let changed = try look().hash
        #expect(changed != first.hash)
        try FileManager.default.moveItem(atPath: folder.file("in/days/1"), toPath: folder.file("in/days/0"))
        #expect(try look().hash != changed)
    }

    private func visit(_ body: (any ImportFolder, DumpImporter) throws -> Void) throws {
        try finder.forEachInput(at: folder.file("in")) { found in
            guard case .importer(let importer as DumpImporter) = found.match else { return }
            try body(#require(found.input as? any ImportFolder), importer)
        }
    }

    /// As long as some mails are: more than is read at once.
    private let long = [UInt8](repeating: 0x61, count: 300_000)

    @Test func itsHashIsTheSameWheneverItIsAskedFor() throws {
        try folder.write(long, "in/days/3")
        try folder.write("thursday", "in/days/4")
        var hashes: [String?] = []
        for isReadFirst in [false, true] {
            try visit { input, importer in
                if isReadFirst { try importer.read(input, into: RecordingSink()) }
                hashes.append(try input.sha256)
                #expect(input.failure == nil)
            }
        }
        #expect(hashes.count == 2 && hashes[0] != nil && hashes[0] == hashes[1])
    }

    @Test(arguments: ["days/1", "days/3", "days/4"]) func aFileThatChangesAfterItWasReadIsTold(name: String) throws {
        try folder.write(long, "in/days/3")
        try folder.write("thursday", "in/days/4")
        try visit { input, importer in
            try importer.read(input, into: RecordingSink())
            try folder.write("other words", "in/\(name)")
            _ = try input.sha256
            #expect(input.failure?.description.contains("changed while it was read") == true)
        }
    }

    @Test func aBrokenFileIsToldWithItsName() throws {
        let gz = try #require(Packed.streams["gz"])
        try folder.write(gz + gz.prefix(20), "in/days/2.gz")
        let found = try Finding.all(at: folder.file("in"), finder)
        #expect(found[0].keys == ["days/1", "days/2.gz"])
        #expect(found[0].reason?.hasPrefix("byte \(gz.count + 20): days/2.gz the gzip data are broken") == true)
    }

    @Test func finishedBeforeItIsNotReadAgain() throws {
        let archive = try Archive(path: folder.file("a.sqlite"))
        var reports: [ImportReport] = []
        for _ in 0..<2 {
            try finder.forEachInput(at: folder.file("in")) { found in
                guard case .importer(let importer) = found.match else { return }
                reports.append(try archive.importInput(found.input, with: importer))
            }
        }
        #expect(reports.map(\.added) == [2, 1, 0, 0] && reports.map(\.unchanged) == [0, 0, 2, 1])
    }
}
