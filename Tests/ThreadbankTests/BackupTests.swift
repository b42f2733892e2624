// A backup is the archive whole, one file in DELETE mode, and never replaces anything.

import Foundation
import GRDB
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct BackupTests {
    private let folder: TemporaryFolder
    private let archive: Archive
    private var copy: String { folder.file("copy.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.importSeeds(Seed.all)
    }

    @Test func theCopyIsWholeAndOneFile() throws {
        try archive.reader.backup(to: copy)
        #expect(folder.names.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
        let bytes = try #require(folder.bytes("copy.sqlite"))
        #expect([UInt8](bytes[18...19]) == [1, 1], "written in DELETE mode")
        let reader = try ArchiveReader(path: copy)
        #expect(try reader.dump() == archive.reader.dump())
        #expect(try reader.faults() == [])
        #expect(folder.bytes("copy.sqlite") == bytes, "reading it changes nothing")
    }

    @Test func itHoldsWhatIsOnlyInTheLogYet() throws {
        let other = try DatabaseQueue(path: archive.path)
        try other.read { db in
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM posts")
            var post = ImportedPost(source: SourceReference(kind: "test"), key: "new")
            post.body = "fresh"
            try archive.importList([post])
        }
        #expect((folder.bytes("archive.sqlite-wal")?.count ?? 0) > 0)
        try archive.reader.backup(to: copy)
        #expect(try ArchiveReader(path: copy).post(key: "new")?.body == "fresh")
    }

    @Test func theCopyIsAnArchiveToWriteTo() throws {
        try archive.reader.backup(to: copy)
        let second = try Archive(path: copy, creating: nil)
        #expect(try second.importSeeds(Seed.all).added == 0)
        #expect(try second.reader.faults() == [])
    }

    @Test func nothingIsOverwritten() throws {
        try Data("mine".utf8).write(to: URL(fileURLWithPath: copy))
        let error = #expect(throws: ThreadbankError.self) { try archive.reader.backup(to: copy) }
        #expect(error?.description.contains("is there already") == true)
        #expect(folder.bytes("copy.sqlite") == Data("mine".utf8))
        #expect(throws: ThreadbankError.self) { try archive.reader.backup(to: folder.file("no/such/folder.sqlite")) }
        #expect(throws: ThreadbankError.self) { try archive.reader.backup(to: folder.path) }
        #expect(folder.names.allSatisfy { !$0.contains(".new-") })
    }
}
