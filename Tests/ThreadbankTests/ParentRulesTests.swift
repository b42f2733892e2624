// Which parent wins, and what becomes of threads that prove to be one.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ParentRules {
    private let folder: TemporaryFolder
    private let archive: Archive
    private var reader: ArchiveReader { archive.reader }

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    /// A mail: its own parent first, then what its References say of those above.
    private func mail(_ key: String, _ above: String..., at date: Int64? = nil, basis: ReplyBasis = .header) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "test"), key: key)
        (post.body, post.createdAt) = ("body of \(key)", date)
        post.parent = above.first.map { ParentStatement(PostReference(.key($0)), basis: basis, confidence: 0.5) }
        post.ancestors = above.dropFirst().map { PostReference(.key($0)) }
        return post
    }

    private func run(_ posts: ImportedPost...) throws {
        try archive.importList(posts)
        #expect(try reader.faults() == [])
    }

    private func id(_ key: String) throws -> Post.ID { try #require(try reader.post(key: key)).id }
    private func threads() throws -> Int { try reader.threads(ThreadListRequest()).total }

    // MARK: Statements

    @Test(arguments: [false, true]) func aPostsOwnStatementBeatsAWitness(isSwapped: Bool) throws {
        let (own, witness) = (mail("b", "a"), mail("c", "b", "x"))
        try isSwapped ? run(witness) : run(own)
        try isSwapped ? run(own) : run(witness)
        #expect(try reader.parents() == ["b": "a", "c": "b"])
    }

    @Test func aWitnessSpeaksOnlyForWhatWasNeverSeen() throws {
        try run(mail("c", "b", "a"))
        #expect(try reader.parents() == ["b": "a", "c": "b"])
        #expect(try reader.post(key: "b")?.state == .missing)
        // Seen now, and it says that it has no parent.
        try run(mail("b"))
        #expect(try reader.parents() == ["c": "b"])
    }

    @Test(arguments: [false, true]) func theEarliestWitnessIsBelieved(isSwapped: Bool) throws {
        let (late, early) = (mail("d", "b", "x", at: 200), mail("c", "b", "a", at: 100))
        let (undated, byKey) = (mail("e", "f", "x"), mail("d2", "f", "y"))
        for posts in isSwapped ? [[early, byKey], [late, undated]] : [[late, undated], [early, byKey]] {
            try archive.importList(posts)
        }
        #expect(try (reader.parents()["b"], reader.parents()["f"]) == ("a", "y"))
    }

    @Test func aDatedWitnessBeatsAnUndatedOne() throws {
        try run(mail("a1", "g", "x"), mail("z9", "g", "y", at: 5))
        #expect(try reader.parents()["g"] == "y")
    }

    @Test func aStatedParentBeatsAnInferredOne() throws {
        try run(mail("b", "x", basis: .quote))
        try run(mail("b", "a", basis: .native))
        #expect(try reader.parents()["b"] == "a")
        try run(mail("b", "x", basis: .quote))
        #expect(try reader.parents()["b"] == "a")
    }

    @Test func aGhostFillsInWithItsIdAndItsReplies() throws {
        try run(mail("c", "b", "a"))
        let before = try id("b")
        let report = try archive.importList([mail("b", "a"), mail("a")])
        #expect((report.added, report.missing, report.threads) == (2, 0, 0))
        #expect(try id("b") == before)
        #expect(try reader.parents() == ["b": "a", "c": "b"])
        #expect(try threads() == 1)
    }

    @Test func aGhostKnownByAnAliasTakesItsKey() throws {
        var child = mail("b")
        child.parent = ParentStatement(PostReference(.alias("host/1")), basis: .native)
        try run(child)
        #expect(try reader.parents() == ["b": "?"])
        var parent = mail("a")
        parent.aliases = ["host/1"]
        try run(parent)
        #expect(try reader.parents() == ["b": "a"])
        #expect(try reader.allPosts().count == 2)
    }

    // MARK: Cycles

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 0, 2]], [1, 3]) func aCycleLosesTheEdgeOfItsOldest(order: [Int], batch: Int)
        throws
    {
        let posts = [mail("a", "c", at: 300), mail("b", "a", at: 100), mail("c", "b", at: 200)]
        try archive.importLists([order.map { posts[$0] }], batchPosts: batch)
        #expect(try reader.parents() == ["a": "c", "c": "b"])
        #expect(try threads() == 1)
        #expect(try reader.faults() == [])
        let details = try #require(try reader.postDetails(id("b")))
        #expect(details.lostClaims.map(\.inCycle) == [true])
        // The same again changes nothing; the claim that lost comes back when the cycle is gone.
        try archive.importLists([posts])
        #expect(try reader.parents() == ["a": "c", "c": "b"])
        try archive.unlink(id("c"))
        #expect(try reader.parents()["b"] == "a")
    }

    @Test func noPostAnswersItself() throws {
        try run(mail("a", "a"), mail("b", "b", "b"))
        #expect(try reader.parents().isEmpty)
    }

    // MARK: By hand

    @Test func aLinkByHandBeatsAllAndSurvivesImports() throws {
        let posts = [mail("a"), mail("b", "a"), mail("c", "a")]
        try archive.importList(posts)
        try archive.link(id("c"), to: id("b"))
        #expect(try reader.parents()["c"] == "b")
        for _ in 0..<2 { try archive.importList(posts) }
        try run(mail("c", "x", at: 5))
        #expect(try reader.parents()["c"] == "b")
        #expect(try reader.post(key: "c")?.reply == ReplyEvidence(basis: .manual))
        try archive.restoreLink(id("c"))
        #expect(try reader.parents()["c"] == "x")
        #expect(try reader.faults() == [])
    }

    @Test func unlinkedStandsAloneUntilRestored() throws {
        try run(mail("a"), mail("b", "a"), mail("c", "b"))
        try archive.unlink(id("b"))
        #expect(try reader.parents() == ["c": "b"])
        #expect(try threads() == 2)
        try run(mail("b", "a"), mail("d", "b", "a"))
        #expect(try reader.parents() == ["c": "b", "d": "b"])
        try archive.restoreLink(id("b"))
        #expect(try reader.parents() == ["b": "a", "c": "b", "d": "b"])
        #expect(try threads() == 1)
        #expect(try reader.faults() == [])
    }

    @Test func aLinkThatWouldCloseACycleIsRefused() throws {
        try run(mail("a"), mail("b", "a"), mail("c", "b"))
        for (child, parent) in [("a", "c"), ("a", "a"), ("b", "c")] {
            let error = #expect(throws: ThreadbankError.self) { try archive.link(id(child), to: id(parent)) }
            #expect(error?.code == .invalid)
        }
        #expect(try reader.parents() == ["b": "a", "c": "b"])
    }

    @Test func nothingToRestoreIsSaid() throws {
        try run(mail("a"))
        #expect(throws: ThreadbankError.self) { try archive.restoreLink(id("a")) }
        #expect(throws: ThreadbankError.self) { try archive.link(id("a"), to: Post.ID(rawValue: 99)) }
        #expect(throws: ThreadbankError.self) { try archive.unlink(Post.ID(rawValue: 99)) }
    }

    @Test func aLinkFromAnExportAdoptsNoGhost() throws {
        var child = mail("b")
        child.thread = ThreadReference(key: "topic")
        child.parent = ParentStatement(PostReference(.key("g")), basis: .manual)
        try run(mail("z", "g"), child)
        #expect(try reader.threadSets().count == 2)
    }

    // MARK: Threads

    @Test func aMergedThreadAnswersUnderItsOldId() throws {
        try run(mail("a"))
        try run(mail("c", "b"))
        let (upper, lower) = (try #require(try reader.post(key: "a")).threadID, try #require(try reader.post(key: "c")).threadID)
        #expect(upper != lower)
        try run(mail("b", "a"))
        #expect(try threads() == 1)
        #expect(try reader.thread(lower)?.thread.id == upper)
        #expect(try reader.thread(upper)?.posts.count == 3)
        #expect(try reader.resolveThread("\(lower)").flatMap { try reader.thread($0)?.thread.id } == upper)
    }

    @Test func theUpperRootsThreadStaysThroughAChainOfMerges() throws {
        try run(mail("e", "d"))
        try run(mail("c", "b"))
        try run(mail("a"))
        let ids = try ["e", "c", "a"].map { try #require(try reader.post(key: $0)).threadID }
        try run(mail("d", "c"))
        try run(mail("b", "a"))
        for id in ids { #expect(try reader.thread(id)?.thread.id == ids[2]) }
        #expect(try reader.thread(ids[0])?.posts.count == 5)
    }
}
