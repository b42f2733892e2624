// Lemmy's API pages: parents, ghosts, copies of several instances, states, dates, and numbers that hold for one input alone.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct LemmyTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func seed(_ name: String) -> Seed { .named("lemmy/\(name).json") }

    private func local(_ number: Int) -> String { "https://lemmy.example/comment/\(number)" }
    private func other(_ number: Int) -> String { "https://other.example/comment/\(number)" }
    private let opening = "https://lemmy.example/post/700"

    private func importText(_ text: String, name: String = "page.json") throws -> ImportReport {
        try archive.importInput(MemoryInput(name: name, text: text), with: try #require(Importers.named("lemmy")))
    }

    // MARK: Trees

    @Test func everyCommentHangsFromItsParent() throws {
        let report = try archive.importSeeds([seed("thread")])
        #expect((report.read, report.added, report.missing, report.threads) == (9, 9, 1, 1))
        #expect(
            try archive.reader.parents() == [
                local(701): opening, other(51): local(701), local(703): other(51), local(704): opening, local(705): local(701),
                other(52): opening, local(709): other(52), local(708): "?",
            ])
        let posts = try archive.reader.allPosts()
        let ghost = try #require(posts.first { $0.state == .missing })
        #expect(ghost.sourceKey == nil && ghost.parentID == posts.first { $0.sourceKey == opening }?.id)
        #expect(posts.filter { $0.parentID != nil }.allSatisfy { $0.reply?.basis == .native && $0.reply?.confidence == 1 })
    }

    @Test func aGhostIsFilledByALaterFile() throws {
        try archive.importSeeds([seed("thread")])
        let ghost = try #require(try archive.reader.allPosts().first { $0.state == .missing })
        let report = try archive.importSeeds([seed("thread-other-instance")])
        #expect((report.missing, report.threads) == (0, 0))
        #expect(report.added == 2, "the ghost, and its grandchild")
        let filled = try #require(try archive.reader.post(key: local(707)))
        #expect(filled.id == ghost.id && filled.state == .present && filled.author == "sorrel")
        #expect(try archive.reader.allPosts().allSatisfy { $0.state != .missing })
    }

    @Test(arguments: [["thread", "thread-other-instance"], ["thread-other-instance", "thread"]], [false, true])
    func twoInstancesCopiesAreOneTree(order: [String], isOneRun: Bool) throws {
        for part in isOneRun ? [order] : order.map({ [$0] }) { try archive.importSeeds(part.map(seed)) }
        let parents = try archive.reader.parents()
        #expect(parents.count == 10)
        #expect(parents[local(701)] == opening && parents[other(51)] == local(701) && parents[local(703)] == other(51))
        #expect(parents[local(707)] == opening && parents[local(708)] == local(707) && parents[other(62)] == local(708))
        #expect(try archive.reader.threads(ThreadListRequest()).total == 1)
        #expect(try archive.reader.allPosts().count == 11)
        #expect(try archive.reader.faults() == [])
        for name in ["lemmy.example/comment/702", "other.example/comment/51", "threadbank:activitypub:\(other(51))"] {
            #expect(try archive.reader.resolve(name) == archive.reader.post(key: other(51))?.id, "\(name)")
        }
    }

    /// What was uploaded is the post's link, and what it carries.
    @Test func anUploadedPictureIsAnAttachment() throws {
        func view(_ id: Int, _ url: String, _ more: String = "") -> String {
            #"{"post": {"id": \#(id), "name": "Pump \#(id)", "ap_id": "https://a.example/post/\#(id)", "url": "\#(url)"\#(more)}, "creator": {"name": "ash"}}"#
        }
        let views = [
            view(1, "https://a.example/pictrs/image/0f-1.PNG?format=webp"),
            view(2, "https://a.example/pictrs/image/0f", #", "url_content_type": "image/gif""#),
            view(3, "https://a.example/api/v4/image/x.mp4"), view(4, "https://a.example/page.png"),
            view(5, "https://a.example/pictrs/image/"),
        ]
        _ = try importText(#"{"posts": [\#(views.joined(separator: ","))]}"#)
        #expect(
            try archive.reader.search("has:attachment", limit: 9).hits.compactMap(\.threadTitle).sorted() == [
                "Pump 1", "Pump 2", "Pump 3",
            ])
        #expect(try archive.reader.search("has:link").total == 5)
        var files: [String: [ThreadbankCore.Attachment]] = [:]
        _ = try archive.reader.exportPosts { files[$0.title ?? ""] = $0.attachments.filter { !$0.isLink } }
        #expect(files["Pump 1"] == [ThreadbankCore.Attachment(name: "0f-1.PNG", type: "image/png")])
        #expect(files["Pump 2"] == [ThreadbankCore.Attachment(name: "0f", type: "image/gif")])
        #expect(files["Pump 3"] == [ThreadbankCore.Attachment(name: "x.mp4", type: "video/mp4")])
        #expect(try #require(Importers.named("lemmy")).version > 1, "archives from before read their inputs again")
    }

    @Test func anEmbeddedPostCountsOnceAnInput() throws {
        let list = try archive.importSeeds([seed("comments")])
        #expect((list.read, list.added, list.threads) == (5, 5, 2), "three comments and two posts")
        let again = try archive.importSeeds([seed("comments")], again: true)
        #expect((again.read, again.unchanged) == (5, 5))
        #expect(try archive.importSeeds([seed("posts")]).read == 2)
        #expect(try archive.reader.post(key: "https://lemmy.example/post/800")?.author == "sorrel")
    }

    // MARK: What numbers mean

    /// Neither file has an object that says where it is local, so their numbers are their own: 2 is not 2.
    @Test func numbersOfAnInputWithoutAHostHoldForItAlone() throws {
        for host in ["a", "b"] {
            let report = try importText(
                """
                {"comments": [
                  {"comment": {"id": 3, "post_id": 1, "content": "\(host) three", "path": "0.2.3",
                    "ap_id": "https://\(host).example/c/3"},
                   "post": {"id": 1, "name": "Pumps of \(host)", "ap_id": "https://\(host).example/p/1"},
                   "creator": {"name": "ash"}}]}
                """, name: "\(host).json")
            #expect((report.read, report.missing) == (2, 1))
        }
        #expect(try archive.reader.threads(ThreadListRequest()).total == 2)
        #expect(try archive.reader.allPosts().filter { $0.state == .missing }.count == 2)
        #expect(try archive.reader.resolve("a.example/comment/3") == nil)
    }

    @Test func theHostIsThatOfAnythingLocal() throws {
        let objects = [
            #""comment": {"local": true, "ap_id": "https://h.example/comment/3", "#,
            #""creator": {"local": true, "actor_id": "https://h.example/u/a", "#,
            #""community": {"local": true, "actor_id": "https://h.example/c/a", "#,
            #""post": {"local": true, "ap_id": "https://h.example/post/1", "#,
        ]
        for object in objects {
            var view =
                #"{"comment": {"id": 3, "path": "0.2.3", "content": "x", "post_id": 1, "ap_id": "https://g.example/comment/9"}, "#
            view +=
                #""creator": {"name": "a"}, "community": {"name": "c"}, "#
                + #""post": {"id": 1, "name": "n", "ap_id": "https://g.example/post/8"}}"#
            let name = object.prefix { $0 != "{" } + "{"
            view = view.replacing(name, with: object)
            let sink = RecordingSink()
            try Importers.named("lemmy")?.read(MemoryInput(name: "x", text: "[\(view)]"), into: sink)
            let comment = try #require(sink.posts.first { $0.parent != nil })
            #expect(comment.parent?.parent == PostReference(.alias("h.example/comment/2")), "\(object)")
            #expect(comment.aliases.contains("h.example/comment/3"))
        }
    }

    @Test(arguments: ["1.2.3", "0", "0.2.4", "x", "0.2..3", "", "0.-2.x.3"])
    func aPathThatIsNoneIsRejectedWithItsPlace(_ path: String) throws {
        let text = """
            [{"comment": {"id": 3, "path": "\(path)", "content": "x", "ap_id": "https://a.example/comment/3"}},
             {"comment": {"id": 4, "path": "0.4", "content": "y", "ap_id": "https://a.example/comment/4"}}]
            """
        let sink = RecordingSink()
        try Importers.named("lemmy")?.read(MemoryInput(name: "x", text: text), into: sink)
        #expect(sink.posts.compactMap(\.body) == ["y"])
        #expect(sink.rejected.map(\.place) == [.byte(1)])
        #expect(sink.rejected.first?.detail.contains("path") == true)
    }

    // MARK: States, texts, dates

    @Test func statesAndTombstones() throws {
        try archive.importSeeds([seed("thread"), seed("posts")])
        func post(_ key: String) throws -> Post { try #require(try archive.reader.post(key: key)) }
        #expect(try (post(local(704)).state, post(local(704)).body) == (.deleted, nil))
        #expect(try (post(local(705)).state, post(local(705)).body) == (.removed, "Buy my miracle fertiliser!"))
        #expect(try (post(local(709)).state, post(local(709)).body) == (.deleted, nil), "tombstone wording is never a body")
        #expect(try post("https://lemmy.example/post/900").state == .removed)
        #expect(try post(other(52)).editedAt == Timestamp.parse("2023-08-01T18:00:00Z"))
        #expect(try post(opening).editedAt == Timestamp.parse("2023-08-01T08:30:00Z"))
        #expect(try post(local(703)).editedAt == nil)
        #expect(try post(local(703)).markup == .markdown)
    }

    @Test func aDateWithoutZoneIsUTC() throws {
        try archive.importSeeds([seed("thread")])
        #expect(try archive.reader.post(key: local(701))?.createdAt == Timestamp.parse("2023-08-01T07:45:12Z"))
    }

    @Test func whatTheViewTellsIsKept() throws {
        try archive.importSeeds([seed("thread")])
        let post = try #require(try archive.reader.post(key: opening))
        #expect((post.score, post.replyCount, post.title) == (42, 9, "Tomatoes that split after rain"))
        let details = try #require(try archive.reader.postDetails(post.id))
        #expect(details.attachments.map(\.name) == ["https://lemmy.example/pictrs/cracked.jpg"])
        #expect((details.author?.name, details.author?.displayName) == ("fern", "Fern of the Valley"))
        #expect((details.thread.forum, details.post.url) == ("garden", opening))
        #expect(try archive.reader.post(key: local(701))?.replyCount == 3)
    }

    // MARK: Shapes

    @Test func singleViewsAndArraysOfPages() throws {
        let view = #"{"comment": {"id": 4, "path": "0.4", "content": "y", "ap_id": "https://a.example/comment/4"}}"#
        for text in [
            view, "[\(view)]", "{\"comment_view\": \(view)}", "[{\"comments\": [\(view)]}, {\"posts\": []}]", "\u{FEFF}\(view)",
        ] {
            let sink = RecordingSink()
            try Importers.named("lemmy")?.read(MemoryInput(name: "x", text: text), into: sink)
            #expect(sink.posts.map(\.key) == ["https://a.example/comment/4"], "\(text)")
        }
    }

    @Test(arguments: ["{}", "17", "\"x\"", "{\"error\": \"couldnt_find_post\"}"])
    func whatIsNoPageSaysSo(_ text: String) {
        #expect(throws: ImportError.self) {
            try Importers.named("lemmy")?.read(MemoryInput(name: "x", text: text), into: RecordingSink())
        }
    }

    @Test(arguments: ["[]", "{\"comments\": []}", "{\"posts\": [], \"next_page\": null}"])
    func anEmptyPageIsNoFailure(_ text: String) throws {
        let sink = RecordingSink()
        try Importers.named("lemmy")?.read(MemoryInput(name: "x", text: text), into: sink)
        #expect(sink.posts.isEmpty && sink.rejected.isEmpty)
    }

    @Test func aRecordWithAWrongFieldCostsItself() throws {
        let text = """
            {"comments": [{"comment": {"id": "three", "content": "x", "ap_id": "https://a.example/comment/3"}},
              {"comment": {"id": 4, "path": "0.4", "content": "y", "ap_id": "https://a.example/comment/4"}}]}
            """
        let report = try importText(text)
        #expect((report.read, report.added, report.rejected) == (2, 1, 1))
    }
}
