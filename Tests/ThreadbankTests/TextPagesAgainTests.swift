// A copied page that comes again, longer or with tombstones: its posts keep their keys and texts.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct TextPagesAgain {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private static let posts = [
        "rowan 3 points 2 days ago\nWhich oil for a wet chain? Mine squeaks after every rain.",
        "linden 5 points 2 days ago\nA thick one, and little of it. Wipe off what is outside.",
        "aspen 1 point 2 days ago\nWax. It stays clean much longer, though it takes an evening.",
        "rowan 2 points 1 day ago\nThank you both, I will try the wax.",
    ]

    @discardableResult
    private func read(_ posts: [String]) throws -> ImportReport {
        let text = posts.joined(separator: "\n\n")
        let report = try archive.importInput(
            MemoryInput(name: "page.txt", text: text, key: "page.txt"), with: try #require(Importers.named("text")))
        #expect(report.isBalanced)
        #expect(try archive.reader.faults() == [])
        return report
    }

    /// The present and deleted posts in page order.
    private func stored() throws -> [Post] {
        try archive.reader.allPosts().filter { $0.state != .missing }.sorted { ($0.place ?? 0) < ($1.place ?? 0) }
    }

    @Test func theSamePageAgainChangesNothing() throws {
        let first = try read(Self.posts)
        #expect(first.added == 4)
        let dump = try archive.reader.dump()
        #expect(try read(Self.posts + []).unchanged == first.read)
        #expect(try archive.reader.dump() == dump)
    }

    @Test func aPageThatIsLongerThanABatchIsTheSameAndKeepsItsKeys() throws {
        try read(Self.posts)
        let whole = try archive.reader.dump()
        let text = MemoryInput(name: "page.txt", text: Self.posts.joined(separator: "\n\n"), key: "page.txt")
        let importer = try #require(Importers.named("text"))
        let other = try Archive(path: folder.file("batches.sqlite"))
        for expected in ["added", "again"] {
            let run = try ImportRun(other, again: true, batchPosts: 2)
            try run.read(text, with: importer)
            try run.finish()
            #expect(try other.reader.dump() == whole, "\(expected)")
            #expect(try other.reader.faults() == [])
        }
    }

    @Test func aLongerCopyKeepsKeysAndAddsTheRest() throws {
        try read(Array(Self.posts.prefix(2)))
        let before = try stored().map(\.sourceKey)
        let report = try read(Self.posts)
        #expect(report.added == 2)
        let after = try stored()
        #expect(Array(after.map(\.sourceKey).prefix(2)) == before)
        #expect(after.count == 4)
        #expect(try archive.reader.threads(ThreadListRequest()).total == 1)
    }

    @Test func postsThatComeBetweenMoveNoKeys() throws {
        try read([Self.posts[0], Self.posts[3]])
        let before = try stored().map(\.sourceKey)
        #expect(try read(Self.posts).added == 2)
        let after = try stored()
        #expect([after[0].sourceKey, after[3].sourceKey] == before)
    }

    @Test(arguments: ["[deleted]", "deleted by creator", "[removed]"]) func aTombstoneKeepsTextAndKey(wording: String) throws {
        try read(Self.posts)
        let before = try stored()
        var page = Self.posts
        page[1] = "linden 5 points 3 days ago\n\(wording)"
        let report = try read(page)
        #expect((report.added, report.changed > 0) == (0, true))
        let after = try stored()
        #expect(after.map(\.sourceKey) == before.map(\.sourceKey))
        #expect(after[1].state == (wording == "[removed]" ? .removed : .deleted))
        #expect(after[1].body == before[1].body)
        #expect(after[1].id == before[1].id)
    }

    @Test func equalPostsAreTwo() throws {
        let page = [Self.posts[0], "linden 5 points 2 days ago\nThank you", "aspen 5 points 2 days ago\nThank you"]
        #expect(try read(page).added == 3)
        #expect(try read(page + [Self.posts[3]]).added == 1)
        #expect(try Set(stored().map(\.sourceKey)).count == 4)
    }

    /// Two pages of one run, and two pages of other names, do not run together.
    @Test func pagesAreToldApartByTheirKey() throws {
        try read(Self.posts)
        let text = Self.posts.joined(separator: "\n\n")
        let report = try archive.importInput(
            MemoryInput(name: "other.txt", text: text, key: "other.txt"), with: try #require(Importers.named("text")))
        #expect(report.added == 4)
        #expect(try archive.reader.threads(ThreadListRequest()).total == 2)
    }
}
