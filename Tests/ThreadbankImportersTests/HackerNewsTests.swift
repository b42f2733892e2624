// Hacker News: items of both APIs are the same posts, wherever they stand.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct HackerNewsTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func seed(_ name: String) -> Seed { Seed.named("hackernews/\(name).json") }

    private func read(_ text: String) throws -> RecordingSink {
        let sink = RecordingSink()
        try Importers.named("hackernews")?.read(MemoryInput(name: "x.json", text: text), into: sink)
        return sink
    }

    private func number(_ post: ImportedPost?) -> String? {
        guard case .key(let key)? = post?.parent?.parent?.name else { return nil }
        return key
    }

    @Test(arguments: ["items", "thread", "search"]) func itsSeedsAreRecognised(_ name: String) {
        #expect(Importers.recognising(seed(name).probe())?.name == "hackernews")
    }

    @Test func whatAnItemTells() throws {
        let sink = try seed("items").read().sink
        let story = try #require(sink.post("9000001"))
        #expect(story.title == "Show HN: A tide clock that runs on <canvas> & 40 lines")
        #expect(story.attachments == [Attachment(name: "https://tides.example/clock", type: "text/uri-list")])
        #expect((story.score, story.replyCount, story.createdAt) == (87, 5, 1_700_000_000))
        #expect(story.parent == nil && story.body == nil && story.state == .present)
        #expect(story.author == AuthorReference(key: "marlow", name: "marlow"))
        let comment = try #require(sink.post("9000002"))
        #expect(comment.parent == ParentStatement(PostReference(.key("9000001")), basis: .native))
        #expect((comment.place, comment.replyCount, comment.title) == (2, 1, nil))
        #expect(
            comment.body == """
                Lovely. How do you get the *phase* of the moon?

                > runs on 40 lines

                Mine has https://quill.example/moon/phases/of/a/very/long/year and still drifts.
                """)
        #expect(comment.markup == .markdown)
        #expect(
            sink.post("9000003")?.body?.contains("```\n  let phase = (day % 29.53) / 29.53\n  if phase < 0.5 { waxing() }\n```")
                == true)
        #expect(sink.post("9000004")?.body == "Both of you are right: 2 * 3 < 7.")
        #expect(sink.posts.count == 10, "null is no record")
    }

    @Test func whatIsGone() throws {
        let sink = try seed("items").read().sink
        let deleted = try #require(sink.post("9000005"))
        #expect(deleted.state == .deleted && deleted.author == nil && deleted.body == nil && deleted.replyCount == 1)
        let dead = try #require(sink.post("9000006"))
        #expect(dead.state == .removed && dead.body == nil && dead.author?.name == "burdock", "its wording is no text")
        #expect(try seed("thread").read().sink.post("9000005")?.state == .deleted)
        #expect(
            try read(#"[{"id": 5, "type": "comment", "time": 9, "dead": true, "text": "Buy!", "by": "x"}]"#).posts[0].body
                == "Buy!")
    }

    @Test func aPollsOptionsAnswerItInItsOrder() throws {
        let sink = try seed("items").read().sink
        for (key, place) in [("9000012", 1), ("9000011", 2)] as [(String, Int64)] {
            #expect(number(sink.post(key)) == "9000010" && sink.post(key)?.place == place)
        }
        #expect(sink.post("9000010")?.title == "Poll: How do you read the tide?")
        #expect(sink.post("9000010")?.body == "Asking for a friend on a boat.")
    }

    @Test(arguments: [["items", "thread", "search"], ["search", "thread", "items"]])
    func bothApisTellOfTheSamePosts(order: [String]) throws {
        let report = try archive.importSeeds(order.map(seed))
        #expect(report.isBalanced && report.rejected == 0)
        #expect(try archive.reader.allPosts().filter { $0.state == .missing }.count == 1)
        let parents = try archive.reader.parents()
        let wanted = [
            "9000002": "9000001", "9000003": "9000001", "9000005": "9000001", "9000004": "9000002", "9000006": "9000005",
            "9000007": "9000004", "9000042": "9000041", "9000041": "9000040", "9000011": "9000010", "9000012": "9000010",
        ]
        #expect(parents == wanted)
        #expect(try archive.reader.threads(ThreadListRequest()).total == 5)
        #expect(try archive.reader.faults() == [])
        let link = "https://news.ycombinator.com/item?id=9000002"
        #expect(try archive.reader.resolve(link) == archive.reader.post(key: "9000002")?.id)
    }

    /// A hit tells of its story only the title, and nothing of what stands between.
    @Test func aSearchHitTellsOfItsStory() throws {
        let sink = try seed("search").read().sink
        #expect(sink.posts.map(\.key) == ["9000042", "9000041", "9000040", "9000050"])
        let story = try #require(sink.post("9000040"))
        #expect(story.isEmbedded && story.title == "Walking to the island" && story.body == nil)
        #expect(sink.post("9000042")?.body == "The tide waits for nobody.\n\n* bring boots")
        #expect(sink.post("9000041")?.state == .missing)
        let claim = try #require(sink.post("9000041")?.claims.first)
        #expect(claim.basis == .order && claim.confidence == 0.5 && claim.parent == PostReference(.key("9000040")))
        #expect(sink.post("9000050")?.title == "Ask HN: Who repairs kettles?" && sink.post("9000050")?.replyCount == 3)
    }

    // MARK: Shapes

    private static let item = #"{"by": "a", "id": 7, "parent": 6, "text": "x", "time": 9, "type": "comment"}"#

    @Test(arguments: [
        item, "[\(item)]", "{\"comments\": [null, \(item), null]}", "{\"7\": \(item)}", "{\"post\": \(item), \"comments\": []}",
        "\u{FEFF}\(item)\n", "null\n\(item)\n",
        "{\"hits\": [\(item.replacing("\"id\"", with: "\"created_at_i\": 9, \"objectID\""))]}",
    ]) func itemsMayStandAnywhere(_ text: String) throws {
        let sink = try read(text)
        #expect(sink.posts.map(\.key) == ["7"] && sink.rejected.isEmpty, "\(text)")
        #expect(number(sink.posts.first) == "6")
    }

    @Test func linesOfItems() throws {
        let lines = (1...3).map { Self.item.replacing("\"id\": 7", with: "\"id\": \($0)") }
        let sink = try read((lines[0...1] + ["{\"id\": 8, \"type\""] + lines[2...]).joined(separator: "\n"))
        #expect(sink.posts.map(\.key) == ["1", "2", "3"])
        #expect(sink.rejected.map(\.place) == [.line(3)])
    }

    @Test func aThreadOfAnyDepthIsWalked() throws {
        var text = ""
        for id in 1...600 { text += "{\"id\": \(id), \"created_at_i\": 9, \"author\": \"a\", \"text\": \"x\", \"children\": [" }
        text += String(repeating: "]}", count: 600)
        let sink = try read(text)
        #expect(sink.posts.map(\.key) == (1...600).map(String.init))
        #expect(sink.rejected.isEmpty)
    }

    /// Fields that stand behind the items in an item are its own all the same.
    @Test func fieldsInAnyOrder() throws {
        let child =
            #"{"author": "b", "children": [], "created_at_i": 10, "id": 2, "parent_id": 1, "text": "y", "type": "comment"}"#
        let text = #"{"author": "a", "children": [\#(child)], "created_at_i": 9, "id": 1, "title": "t", "type": "story"}"#
        let report = try archive.importInput(
            MemoryInput(name: "x.json", text: text), with: #require(Importers.named("hackernews")))
        #expect(report.isBalanced && report.added == 2)
        #expect(try archive.reader.post(key: "1")?.title == "t")
        #expect(try archive.reader.parents() == ["2": "1"])
    }

    @Test(arguments: ["[]", "{\"hits\": [], \"nbHits\": 0}", "[null]", "null"]) func anEmptyReplyIsNoFailure(_ text: String)
        throws
    {
        let sink = try read(text)
        #expect(sink.posts.isEmpty && sink.rejected.isEmpty)
    }

    @Test(arguments: ["{}", "{\"status\": 404, \"error\": \"Not Found\"}", "[{\"title\": \"t\", \"points\": 4}]"])
    func whatHoldsNoItemSaysSo(_ text: String) {
        #expect(throws: ImportError.self) { try read(text) }
    }

    @Test func aBrokenItemCostsItself() throws {
        let sink = try read(
            "[{\"id\": \"x\", \"type\": \"comment\", \"time\": 1}, \(Self.item), {\"id\": -4, \"by\": \"a\", \"type\": \"job\"}]")
        #expect(sink.posts.map(\.key) == ["7"])
        #expect(sink.rejected.map(\.detail) == ["id is no item number", "id is no item number"])
    }

    @Test func realMonthsComeInWhole() throws {
        guard let corpora = Checkout.corpora, let bytes = Checkout.bytes("\(corpora)/hn/who-is-hiring/2016-05-combined.json")
        else {
            print("skipped: no trial data beside the checkout")
            return
        }
        let sink = RecordingSink()
        try Importers.named("hackernews")?.read(MemoryInput(name: "2016-05.json", bytes: bytes), into: sink)
        #expect(sink.posts.count == 708 && sink.rejected.isEmpty && sink.warnings.isEmpty)
        #expect(sink.posts.allSatisfy { $0.parent?.basis == .native })
    }
}
