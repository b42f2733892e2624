// A new archive has pages that fit what will be imported.

import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct ArchivePagesTests {
    @Test(arguments: [(nil, 4096), (12_000, 4096), (8 << 20, 8192), (1 << 30, 16_384)] as [(Int?, Int)])
    func largerArchivesHaveLargerPages(expected: Int?, size: Int) throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"), expecting: expected)
        #expect(try pageSize(of: archive) == size)
        #expect(try archive.reader.faults() == [])
        try archive.optimize()
        #expect(try pageSize(of: archive) == size)
    }

    @Test func anArchiveThatIsThereKeepsItsPages() throws {
        let folder = try TemporaryFolder()
        try Archive.create(at: folder.file("archive.sqlite"), stemming: .none)
        let archive = try Archive(path: folder.file("archive.sqlite"), expecting: 1 << 30)
        #expect(try pageSize(of: archive) == 4096)
    }

    private func pageSize(of archive: Archive) throws -> Int? {
        try archive.reader.read { try Int.fetchOne($0, sql: "PRAGMA page_size") }
    }
}
