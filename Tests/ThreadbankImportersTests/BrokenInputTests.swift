// Broken inputs: nothing traps, what stands before or beside a fault is kept, and the fault is said with its place.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct BrokenInput {
    /// Formats whose records stand by themselves; the posts of a text, and of a page that is read as one, depend on all of it.
    private static let recordSeeds = Seed.all.filter { !isWhole($0) }

    private static func isWhole(_ seed: Seed) -> Bool { seed.importer == "text" || seed.fileName == "bare-text.html" }

    private func places(in seed: Seed, _ random: inout SeededGenerator) -> [Int] {
        (0..<20).map { _ in Int.random(in: 1..<seed.bytes.count, using: &random) }
    }

    @Test(arguments: Seed.all) func aCutInputKeepsWhatIsWhole(seed: Seed) throws {
        var random = SeededGenerator(1)
        let whole = try seed.read().sink.posts
        var last = 0
        for place in places(in: seed, &random).sorted() {
            let (sink, failure) = try seed.with(Array(seed.bytes[..<place])).read()
            if Self.isWhole(seed) { continue }
            let keys = sink.posts.map(\.key)
            // A page may tell a post's alias before its id.
            #expect(
                zip(sink.posts, whole).allSatisfy { $0.key == $1.key || $1.aliases.contains($0.key ?? "") }, "cut at \(place)")
            #expect(keys.count <= whole.count, "cut at \(place)")
            #expect(keys.count >= last, "cut at \(place)")
            last = keys.count
            if keys.count < whole.count {
                #expect(failure != nil || !sink.rejected.isEmpty || !sink.warnings.isEmpty, "cut at \(place): nothing said")
            }
            if let failure { #expect(failure.diagnostic.place != .whole, "cut at \(place): \(failure)") }
            #expect(sink.rejected.allSatisfy { $0.place != .whole })
        }
        #expect(Self.isWhole(seed) || last > 0)
    }

    @Test(arguments: recordSeeds) func aFlippedByteCostsNothingBeforeIt(seed: Seed) throws {
        var random = SeededGenerator(2)
        for place in places(in: seed, &random) {
            var bytes = seed.bytes
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let before = try seed.with(Array(seed.bytes[..<place])).read().sink.posts
            let found = try seed.with(bytes).read().sink.posts
            if seed.importer == "html" {
                // How a page is read hangs on all of it, and with that its keys and what "03/04" means; its last post may be broken off.
                let lost = before.dropLast().filter { post in
                    !found.contains {
                        $0.author?.name == post.author?.name && (post.createdAt == nil || post.createdAt == $0.createdAt)
                    }
                }
                #expect(lost.isEmpty, "flipped at \(place)")
            } else {
                #expect(Set(before.map(\.key)).isSubset(of: found.map(\.key)), "flipped at \(place)")
            }
        }
    }

    @Test(arguments: Seed.all) func noiseTrapsNothing(seed: Seed) throws {
        var random = SeededGenerator(3)
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let importer = try #require(Importers.named(seed.importer))
        for _ in 0..<20 {
            var bytes = seed.bytes
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let report = try archive.importInput(MemoryInput(name: seed.fileName, bytes: bytes), with: importer)
            #expect(report.isBalanced)
        }
        #expect(try archive.reader.faults() == [])
    }

    @Test(arguments: Seed.all) func shuffledLinesTrapNothing(seed: Seed) throws {
        var random = SeededGenerator(4)
        let lines = seed.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for _ in 0..<5 {
            let bytes = Array(lines.shuffled(using: &random).joined(separator: [0x0A]))
            let (sink, failure) = try seed.with(bytes).read()
            if seed.importer == "jsonl" {
                let whole = try seed.read().sink.posts
                #expect(failure == nil && sink.rejected.isEmpty)
                #expect(Set(sink.posts.map(\.key)) == Set(whole.map(\.key)))
            }
        }
    }

    /// The wrong importer, forced with --from, says so and takes nothing.
    @Test(arguments: Seed.all) func theWrongImporterTakesNothing(seed: Seed) throws {
        for importer in Importers.all where importer.name != seed.importer && importer.name != "text" {
            // A line with a body is a post of the interchange format, whoever wrote it.
            if importer.name == "jsonl", seed.importer == "reddit-dump" { continue }
            // A page that a browser saved as one file is a mail to whoever asks for mails.
            if seed.fileName.hasSuffix(".mhtml"), ["eml", "maildir"].contains(importer.name) { continue }
            let sink = RecordingSink()
            var failure: ImportError?
            do {
                try importer.read(seed.input, into: sink)
            } catch let error as ImportError {
                failure = error
            }
            #expect(failure != nil || !sink.rejected.isEmpty, "\(importer.name) says nothing of \(seed)")
            #expect(sink.posts.isEmpty, "\(importer.name) took \(seed)")
        }
    }
}
