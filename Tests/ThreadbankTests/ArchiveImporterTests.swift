// One archive into another: nothing is lost, nothing comes twice.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ArchiveImporterTests {
    private func lines(_ archive: Archive, withMerged: Bool = true) throws -> [String] {
        var lines: [String] = []
        _ = try archive.reader.exportPosts { post in
            var post = post
            if !withMerged { post.mergedThreads = [] }
            lines.append(InterchangeLine.post(post).text)
        }
        return lines.sorted()
    }

    private func merge(_ other: Archive, into archive: Archive) throws -> ImportReport {
        try archive.importInput(
            MemoryInput(name: other.path, text: ""), with: ArchiveImporter(into: archive.path), again: true)
    }

    private func post(_ key: String, body: String? = nil, at date: Int64 = 0, parent: String? = nil) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "test"), key: key)
        post.body = body ?? "body of \(key)"
        post.createdAt = date
        post.author = AuthorReference(key: "ann", name: "ann")
        post.parent = parent.map { ParentStatement(PostReference(.key($0)), basis: .native) }
        return post
    }

    @Test func seedsComeOverWholeAndOnlyOnce() throws {
        let folder = try TemporaryFolder()
        let other = try Archive(path: folder.file("other.sqlite"))
        try other.importSeeds(Seed.all)
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let first = try merge(other, into: archive)
        #expect(first.isBalanced && first.rejected == 0 && first.added == first.read)
        #expect(try lines(archive) == lines(other))
        #expect(try archive.reader.threadSets() == other.reader.threadSets())
        let second = try merge(other, into: archive)
        #expect(second.read == first.read && second.unchanged == second.read)
        #expect(try archive.reader.faults() == [])
    }

    @Test func revisionsAndLinksByHandComeAlong() throws {
        let folder = try TemporaryFolder()
        let other = try Archive(path: folder.file("other.sqlite"))
        var edited = post("b", body: "new words", parent: "a")
        edited.editedAt = 100
        try other.importLists([[post("a"), post("b", body: "old words", parent: "a"), post("c", parent: "a")]])
        try other.importList([edited])
        try other.link(#require(try id("c", other)), to: #require(try id("b", other)))
        let archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.importLists([[post("a"), post("c", parent: "a")]])
        let report = try merge(other, into: archive)
        #expect(report.added == 1 && report.changed == 1 && report.unchanged == 1)
        #expect(try lines(archive) == lines(other))
    }

    @Test(arguments: 0..<30) func halvesMergedAreTheWhole(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 900)
        let folder = try TemporaryFolder()
        let posts = (0..<40).map { n -> ImportedPost in
            let parent = Int.random(in: -8..<46, using: &random)
            return post("k\(n)", at: Int64(n), parent: parent < 0 || parent == n ? nil : "k\(parent)")
        }
        .shuffled(using: &random)
        let whole = try Archive(path: folder.file("whole.sqlite"))
        try whole.importList(posts)
        let halves = try [posts.prefix(20), posts.suffix(20)].enumerated().map { index, half in
            let archive = try Archive(path: folder.file("half\(index).sqlite"))
            try archive.importList(Array(half))
            return archive
        }
        _ = try merge(halves[1], into: halves[0])
        #expect(try halves[0].reader.threadSets() == whole.reader.threadSets())
        // Of a thread that was merged here, its old key stays known; the whole never had that thread.
        #expect(try lines(halves[0], withMerged: false) == lines(whole))
        #expect(try halves[0].reader.faults() == [])
    }

    @Test func anArchiveIsNotImportedIntoItself() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.importList([post("a")])
        let report = try merge(archive, into: archive)
        #expect(report.read == 0)
    }

    @Test func whatIsNoArchiveIsRefused() throws {
        let folder = try TemporaryFolder()
        let result = try DryRun.read(
            MemoryInput(name: folder.file("nothing.sqlite"), text: ""), with: ArchiveImporter(), events: ImportEvents())
        #expect(result.failure != nil && result.report.read == 0)
    }

    private func id(_ key: String, _ archive: Archive) throws -> Post.ID? {
        try archive.reader.allPosts().first { $0.sourceKey == key }?.id
    }
}
