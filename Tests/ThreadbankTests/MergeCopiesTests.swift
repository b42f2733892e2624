// Which copy of a post is current, and what it may overwrite.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct MergeCopies {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func copy(_ body: String?, kind: String = "test", _ change: (inout ImportedPost) -> Void = { _ in }) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: kind), key: "a")
        post.body = body
        change(&post)
        return post
    }

    private func post() throws -> Post { try #require(try archive.reader.post(key: "a")) }

    /// Imports each group as one run, and says the report of the last.
    @discardableResult
    private func runs(_ groups: [ImportedPost]...) throws -> ImportReport {
        var last = ImportReport()
        for group in groups { last = try archive.importList(group) }
        #expect(last.isBalanced)
        #expect(try archive.reader.faults() == [])
        return last
    }

    // MARK: Who is current

    @Test(arguments: [false, true]) func theLaterEditIsCurrentWhateverComesLater(isSwapped: Bool) throws {
        let old = copy("old") { ($0.editedAt, $0.fetchedAt) = (100, 900) }
        let new = copy("new") { ($0.editedAt, $0.fetchedAt) = (200, 300) }
        try runs([isSwapped ? new : old], [isSwapped ? old : new])
        #expect(try (post().body, post().editedAt) == ("new", 200))
        #expect(try archive.reader.revisions(key: "a") == ["old"])
    }

    @Test(arguments: [false, true]) func anEditIsLaterThanNone(isSwapped: Bool) throws {
        let (plain, edited) = (copy("plain") { $0.fetchedAt = 900 }, copy("edited") { $0.editedAt = 100 })
        try runs([isSwapped ? edited : plain], [isSwapped ? plain : edited])
        #expect(try post().body == "edited")
    }

    @Test(arguments: [false, true]) func thenTheLaterFetch(isSwapped: Bool) throws {
        let old = copy("old") { ($0.fetchedAt, $0.score) = (100, 50) }
        let new = copy("new") { ($0.fetchedAt, $0.score) = (200, 3) }
        try runs([isSwapped ? new : old], [isSwapped ? old : new])
        #expect(try (post().body, post().score) == ("new", 3))
        #expect(try archive.reader.revisions(key: "a") == ["old"])
    }

    @Test func thenTheLaterImport() throws {
        let report = try runs([copy("first")], [copy("second")])
        #expect((report.changed, report.unchanged) == (1, 0))
        #expect(try post().body == "second")
        #expect(try archive.reader.revisions(key: "a") == ["first"])
    }

    @Test func anOldFileImportedAgainIsNoNews() throws {
        let report = try runs([copy("first")], [copy("second")], [copy("first")])
        #expect((report.changed, report.unchanged) == (0, 1))
        #expect(try post().body == "second")
        #expect(try archive.reader.revisions(key: "a") == ["first"])
    }

    @Test func inOneRunTheOrderDoesNotMatter() throws {
        var found: Set<String> = []
        for (index, order) in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]].enumerated() {
            let archive = try Archive(path: folder.file("\(index).sqlite"))
            try archive.importLists(order.map { [copy(["one", "two", "three"][$0]) { $0.score = 1 }] }, batchPosts: 1)
            found.insert(try archive.reader.post(key: "a")?.body ?? "none")
            #expect(try Set(archive.reader.revisions(key: "a")).count == 2)
        }
        #expect(found.count == 1)
    }

    // MARK: Absence

    @Test(arguments: [nil, ""] as [String?]) func absenceOverwritesNothing(body: String?) throws {
        let known = copy("text") {
            ($0.title, $0.score, $0.createdAt, $0.url) = ("Title", 5, 77, "https://a.example/1")
            $0.author = AuthorReference(key: "u", name: "n", displayName: "N")
        }
        let report = try runs([known], [copy(body) { $0.editedAt = 500 }], [copy(body) { $0.fetchedAt = 900 }])
        #expect(report.added == 0)
        let post = try post()
        #expect((post.body, post.title, post.score, post.createdAt) == ("text", "Title", 5, 77))
        #expect((post.author, post.url) == ("n", "https://a.example/1"))
        #expect(try archive.reader.revisions(key: "a").isEmpty)
    }

    @Test func emptyIsKnownAndUnknownIsNot() throws {
        try runs([copy(nil)])
        #expect(try post().body == nil)
        try runs([copy("")])
        #expect(try post().body == "")
        try runs([copy("now")])
        #expect(try post().body == "now")
        #expect(try archive.reader.revisions(key: "a").isEmpty, "nothing was superseded")
    }

    // MARK: States

    @Test func aDeletedPostKeepsItsText() throws {
        let report = try runs([copy("text")], [copy(nil) { $0.state = .deleted }])
        #expect(report.changed == 1)
        #expect(try (post().state, post().body) == (.deleted, "text"))
        #expect(try archive.reader.search(SearchRequest(.parse("text"), text: "text")).total == 1)
    }

    @Test func aDeletedPostMayComeBack() throws {
        try runs([copy("text")], [copy(nil) { $0.state = .deleted }], [copy("text")])
        #expect(try post().state == .present)
    }

    @Test(arguments: [false, true]) func removedBeatsDeletedInOneRun(isSwapped: Bool) throws {
        let copies = [copy(nil) { $0.state = .deleted }, copy(nil) { $0.state = .removed }, copy("x")]
        try archive.importLists((isSwapped ? copies.reversed() : copies).map { [$0] })
        #expect(try (post().state, post().body) == (.removed, "x"))
    }

    @Test func aTextThatIsSeenAfterATombstoneFillsIt() throws {
        try runs([copy(nil) { ($0.state, $0.fetchedAt) = (.deleted, 900) }], [copy("text") { $0.fetchedAt = 100 }])
        #expect(try (post().state, post().body) == (.deleted, "text"), "the tombstone was fetched later")
    }

    // MARK: Revisions

    @Test func onlySupersededTextsAreRevisions() throws {
        let report = try runs(
            [copy("text") { ($0.score, $0.author) = (1, AuthorReference(key: "u", name: "n")) }],
            [copy("text") { ($0.score, $0.author, $0.createdAt) = (9, AuthorReference(key: "u", name: "m"), 5) }])
        #expect(report.changed == 1)
        #expect(try archive.reader.revisions(key: "a").isEmpty)
        #expect(try post().score == 9)
        try runs([copy("other") { $0.title = "T" }], [copy("third") { $0.title = "T" }])
        #expect(try Set(archive.reader.revisions(key: "a")) == ["text", "other"])
    }

    @Test func aCurrentTextIsNeverAmongItsRevisions() throws {
        try runs([copy("a") { $0.editedAt = 1 }], [copy("b") { $0.editedAt = 2 }], [copy("a") { $0.editedAt = 3 }])
        #expect(try post().body == "a")
        #expect(try archive.reader.revisions(key: "a") == ["b"])
    }

    // MARK: Mail

    @Test(arguments: [false, true]) func mailIsImmutableAndTheLongestBodyStays(isSwapped: Bool) throws {
        let (short, long) = (copy("short", kind: "mail") { $0.fetchedAt = 900 }, copy("a longer body", kind: "mail"))
        let report = try runs([isSwapped ? long : short], [isSwapped ? short : long])
        #expect(try post().body == "a longer body")
        #expect(try archive.reader.revisions(key: "a").isEmpty)
        if isSwapped { #expect(report.unchanged == 1) }
    }

    @Test func mailsOfOneLengthAreDecidedByTheirHash() throws {
        var found: Set<String> = []
        for (index, bodies) in [["abc", "xyz"], ["xyz", "abc"]].enumerated() {
            let archive = try Archive(path: folder.file("mail\(index).sqlite"))
            for body in bodies { try archive.importList([copy(body, kind: "mail")]) }
            found.insert(try archive.reader.post(key: "a")?.body ?? "none")
        }
        #expect(found.count == 1)
    }
}
