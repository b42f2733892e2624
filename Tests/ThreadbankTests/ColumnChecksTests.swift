// An import leaves the schema's CHECK constraints out while it writes, and only then.

import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct ColumnChecksTests {
    private static let bad = "UPDATE posts SET state = 'gone'"

    private func archive(in folder: TemporaryFolder) throws -> Archive {
        let archive = try Archive(path: folder.file("a.sqlite"))
        var post = ImportedPost(source: SourceReference(kind: "jsonl", name: ""), key: "1")
        post.body = "a"
        _ = try archive.importList([post])
        return archive
    }

    @Test func testsAllOtherWritersAfterAnImport() throws {
        let archive = try archive(in: TemporaryFolder())
        #expect(throws: ThreadbankError.self) { try archive.write { try $0.execute(sql: Self.bad) } }
    }

    @Test func testsAgainAfterABatchThatFailed() throws {
        let archive = try archive(in: TemporaryFolder())
        struct Failure: Error {}
        #expect(throws: ThreadbankError.self) {
            try archive.write { db in try ColumnChecks.leavingOut(db) { throw Failure() } }
        }
        #expect(throws: ThreadbankError.self) { try archive.write { try $0.execute(sql: Self.bad) } }
    }

    @Test func checkFindsWhatWasLeftOut() throws {
        let archive = try archive(in: TemporaryFolder())
        try archive.write { db in try ColumnChecks.leavingOut(db) { try db.execute(sql: Self.bad) } }
        #expect(try archive.reader.check().contains { !$0.faults.isEmpty })
    }
}
