// The index of posts by author, which long imports leave out until they end.

import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct AuthorIndexTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("a.sqlite"))
    }

    private var hasIndex: Bool { get throws { try archive.reader.read { try !AuthorIndex.isMissing($0) } } }
    private var faults: [String] { get throws { try archive.reader.check().flatMap(\.faults) } }

    private func posts(_ numbers: Range<Int>) -> [ImportedPost] {
        numbers.map { number in
            var post = ImportedPost(source: SourceReference(kind: "test"), key: "k\(number)")
            post.body = "body \(number)"
            post.author = AuthorReference(key: "a\(number % 7)", name: "a\(number % 7)")
            return post
        }
    }

    /// Reads 700 posts, of which the index is left out from the 600th on.
    private func read() throws -> ImportRun {
        let run = try ImportRun(archive, batchPosts: 100)
        run.authorIndexLimit = 600
        try run.read(MemoryInput(name: "list", text: ""), with: ListImporter(posts(0..<700)))
        return run
    }

    @Test func itIsThereWhenTheRunHasEnded() throws {
        let run = try read()
        #expect(try !hasIndex)
        try run.finish()
        #expect(try hasIndex)
        #expect(try faults == [])
    }

    @Test func itIsThereWhenTheRunWasInterrupted() throws {
        try read().abandon()
        #expect(try hasIndex)
        #expect(try faults == [])
    }

    @Test func aShortRunOnALargerArchiveKeepsIt() throws {
        try archive.importList(posts(0..<800))
        let run = try read()
        #expect(try hasIndex)
        try run.finish()
    }

    /// As after a kill: no fault, and whoever writes next makes it.
    @Test(arguments: ["import", "optimize", "forget", "migrate"]) func afterAKillItComesBack(by verb: String) throws {
        do { _ = try read() }
        #expect(try !hasIndex)
        #expect(try faults == [])
        switch verb {
        case "import": try archive.importList(posts(900..<901))
        case "optimize": try archive.optimize()
        case "forget": #expect(try archive.forget(.posts([Post.ID(rawValue: 1)]), dryRun: false).posts == 1)
        default: #expect(try archive.restoreSchema() == ["index posts_by_author"])
        }
        #expect(try hasIndex)
        #expect(try faults == [])
        #expect(try archive.reader.read { try SearchIndex.isPrepared($0) } == ["forget", "migrate"].contains(verb))
    }

    @Test func withoutAnImportUnderWayItsLackIsAFault() throws {
        try archive.importList(posts(0..<10))
        try archive.write { try AuthorIndex.drop($0) }
        #expect(try faults.contains { $0.contains("posts_by_author is missing") })
    }

    /// Merging the index's segments frees a good part of an archive, wherever the batches happen to end.
    @Test func pagesThatARunHasFreedAreGivenBack() throws {
        try archive.write { db in
            try db.execute(sql: "CREATE TABLE large (bytes BLOB); INSERT INTO large VALUES (zeroblob(4000000)); DROP TABLE large")
        }
        func free() throws -> Int? { try archive.reader.read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") } }
        let before = try free() ?? 0
        try read().finish()
        #expect(before > 900)
        #expect(try free() == 0)
    }

    /// Else each batch would write the rows of all busy authors anew.
    @Test func whoIsKnownByTheKeyAloneHasNoDateOfTheName() throws {
        var (plain, named) = (posts(0..<1)[0], posts(1..<2)[0])
        plain.createdAt = 5
        named.createdAt = 6
        named.author?.displayName = "Ann"
        try archive.importList([plain, named])
        let dates = try archive.reader.read { try Int?.fetchAll($0, sql: "SELECT named_at FROM authors ORDER BY source_key") }
        #expect(dates == [nil, 6])
    }
}
