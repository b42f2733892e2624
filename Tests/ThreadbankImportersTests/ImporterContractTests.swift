// What every importer promises, checked on the seeds of each: a new importer is checked by having a folder of seeds.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct ImporterContract {
    @Test(arguments: Seed.fileImporters) func everyImporterHasASeed(importer: String) {
        #expect(!Seed.of(importer).isEmpty, "put a small hand-made input into seeds/\(importer)/")
        #expect(importer == importer.lowercased() && !importer.contains(" "))
        #expect(Importers.named(importer)?.version ?? 0 > 0)
    }

    @Test(arguments: Seed.all) func itsSeedsGivePosts(seed: Seed) throws {
        let (sink, failure) = try seed.read()
        #expect(failure == nil)
        #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
        #expect(sink.posts.contains { $0.state == .present && $0.body?.isEmpty == false })
        for post in sink.posts {
            #expect(post.reference != nil, "a post without any name")
            #expect(post.state != .missing || post.body == nil)
            if let parent = post.parent { #expect(parent.basis.isCertain == (parent.confidence == 1)) }
        }
    }

    /// Chunks of any size are one text.
    @Test(arguments: Seed.all) func chunksMakeNoDifference(seed: Seed) throws {
        let whole = try seed.read().sink.posts
        for chunk in [1, 7, 1000] {
            let sink = RecordingSink()
            let input = MemoryInput(name: seed.fileName, bytes: seed.bytes, chunk: chunk)
            try Importers.named(seed.importer)?.read(input, into: sink)
            #expect(sink.posts == whole)
        }
    }

    @Test(arguments: Seed.all) func anEmptyInputGivesNothing(seed: Seed) throws {
        #expect(try seed.with([]).read().sink.posts.isEmpty)
    }

    @Test(arguments: Seed.fileImporters) func aSecondImportChangesNothing(importer: String) throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let first = try archive.importSeeds(Seed.of(importer))
        #expect(first.isBalanced)
        #expect(first.added > 0 && first.rejected == 0)
        let dump = try archive.reader.dump()
        let threads = try archive.reader.threadSets()
        for again in [false, true] {
            let report = try archive.importSeeds(Seed.of(importer), again: again)
            #expect(report.isBalanced)
            #expect(report.read == first.read && report.unchanged == report.read, "again: \(again)")
            #expect(report.missing + report.threads + report.authors == 0)
            #expect(try archive.reader.dump() == dump)
            #expect(try archive.reader.threadSets() == threads)
        }
        #expect(try archive.reader.faults() == [])
    }

    /// All seeds in one archive, in any order of files.
    @Test func anyOrderOfSeedsGivesTheSameArchive() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(11)
        var expected: [String]?
        for round in 0..<6 {
            let archive = try Archive(path: folder.file("\(round).sqlite"))
            #expect(try archive.importSeeds(round == 0 ? Seed.all : Seed.all.shuffled(using: &random)).isBalanced)
            #expect(try archive.reader.faults() == [])
            let dump = try archive.reader.dump()
            #expect(dump == expected ?? dump)
            expected = dump
        }
    }
}
