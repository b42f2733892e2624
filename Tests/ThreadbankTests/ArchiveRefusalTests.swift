// What is no archive of this version is refused in one clear line, and its bytes stay.

import Foundation
import GRDB
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ArchiveRefusals {
    private let folder: TemporaryFolder
    private var path: String { folder.file("x.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    /// Opens it in every way, and returns the messages.
    private func refusals(creating: Archive.Stemming? = .english) -> [String] {
        var messages: [String] = []
        func collect(_ body: () throws -> Void) {
            do {
                try body()
                messages.append("opened")
            } catch {
                messages.append("\(error)")
            }
        }
        collect { _ = try ArchiveReader(path: path) }
        collect { _ = try Archive(path: path, creating: creating) }
        return messages
    }

    private func expectRefused(_ words: String, keeping name: String = "x.sqlite") {
        let (names, bytes) = (folder.names, folder.bytes(name))
        for message in refusals() {
            #expect(message.contains(words), "\(message)")
            #expect(!message.contains("\n") && message.contains(path) && message.contains("; "))
        }
        #expect(folder.names == names)
        #expect(folder.bytes(name) == bytes)
    }

    private func write(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }

    @Test func aForeignDatabase() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT)") }
        try queue.close()
        expectRefused("another program")
    }

    @Test func aNewerArchive() throws {
        try Archive.create(at: path, stemming: .none)
        var bytes = try #require(folder.bytes("x.sqlite"))
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try bytes.write(to: URL(fileURLWithPath: path))
        expectRefused("newer threadbank (schema 99)")
    }

    @Test(arguments: ["just text\n", "", "SQLite format 3\0", "S", "\u{FEFF}{}"]) func aFileThatIsNoDatabase(_ text: String)
        throws
    {
        try write(text)
        expectRefused("is no threadbank archive")
    }

    @Test func aFolder() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        expectRefused("is a folder")
    }

    @Test func nothing() throws {
        for message in refusals(creating: nil) { #expect(message.contains("there is no archive here")) }
        #expect(folder.names.isEmpty)
    }

    @Test func aFileThatIsCutOff() throws {
        try Archive.create(at: path, stemming: .none)
        let bytes = try #require(folder.bytes("x.sqlite")).prefix(9000)
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: ThreadbankError.self) {
            let reader = try ArchiveReader(path: path)
            _ = try reader.allPosts()
        }
        #expect(error?.description.contains("damaged") == true, "\(String(describing: error))")
    }

    @Test func anArchiveIsNotMadeTwice() throws {
        try write("mine")
        #expect(throws: ThreadbankError.self) { try Archive.create(at: path, stemming: .english) }
        #expect(folder.bytes("x.sqlite") == Data("mine".utf8))
        #expect(folder.names == ["x.sqlite"])
    }

    @Test func aNewArchiveIsMadeWithItsFolder() throws {
        let deep = folder.file("new/deeper/archive.sqlite")
        try Archive(path: deep).close()
        #expect(try ArchiveReader(path: deep).faults() == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("new/deeper")) == ["archive.sqlite"])
    }

    @Test func anotherImportHoldsTheLock() throws {
        let archive = try Archive(path: path)
        let run = try ImportRun(archive)
        let second = try Archive(path: path)
        let error = #expect(throws: ThreadbankError.self) { _ = try ImportRun(second) }
        #expect(error?.code == .locked)
        #expect(error?.description.contains("another import runs since 20") == true)
        #expect(throws: ThreadbankError.self) { try second.link(Post.ID(rawValue: 1), to: Post.ID(rawValue: 2)) }
        #expect(throws: ThreadbankError.self) { _ = try second.forget(.importRun(1), dryRun: true) }
        // Readers do not mind.
        #expect(try ArchiveReader(path: path).allPosts().isEmpty)
        try run.finish()
        withExtendedLifetime(run) {}
    }

    @Test func theLockGoesWithItsHolder() throws {
        let archive = try Archive(path: path)
        do { try ImportRun(archive).finish() }
        _ = try ImportRun(archive)
        try archive.close()
        #expect(folder.names == ["x.sqlite"])
    }

    /// Ten seconds of patience are for real use; here the other side lets go.
    @Test func anExclusiveLockOfAnotherProgramIsSaid() throws {
        try Archive.create(at: path, stemming: .none)
        var configuration = Configuration()
        configuration.journalMode = .default
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.inDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
            let error = #expect(throws: ThreadbankError.self) { _ = try ArchiveReader(path: path).allPosts() }
            #expect(error?.description.contains("is locked by another program") == true, "\(String(describing: error))")
            try db.execute(sql: "ROLLBACK")
        }
    }
}
