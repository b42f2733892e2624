// Reddit's API and scraped threads: parents, stubs, states, escapes, shapes.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct RedditTests {
    private func read(_ text: String) throws -> RecordingSink {
        let sink = RecordingSink()
        try Importers.named("reddit")?.read(MemoryInput(name: "x.json", text: text), into: sink)
        return sink
    }

    private func seed(_ name: String) throws -> RecordingSink { try Seed.named("reddit/\(name).json").read().sink }

    private func thing(_ kind: String, _ members: String) -> String { "{\"kind\": \"\(kind)\", \"data\": {\(members)}}" }

    private func parent(_ sink: RecordingSink, _ key: String) -> PostReference.Name? { sink.post(key)?.parent?.parent?.name }

    // MARK: Trees

    @Test func nestedAnswersNameTheirParents() throws {
        let sink = try seed("thread")
        #expect(sink.posts.count == 8 && sink.rejected.isEmpty && sink.warnings.isEmpty)
        #expect(parent(sink, "t1_i4a001") == .key("t3_u4kq01"))
        #expect(parent(sink, "t1_i4a003") == .key("t1_i4a002"))
        #expect(sink.post("t1_i4a003")?.ancestors == [PostReference(.key("t3_u4kq01"))])
        #expect(sink.post("t3_u4kq01")?.parent == nil)
        #expect(sink.posts.allSatisfy { $0.parent == nil || $0.parent?.basis == .native && $0.parent?.confidence == 1 })
    }

    /// A stub makes no posts: it is counted, with all that the comment's listing shows.
    @Test func stubsTellHowManyStandBelow() throws {
        let sink = try seed("thread")
        #expect(sink.post("t3_u4kq01")?.replyCount == 14)
        #expect(sink.post("t1_i4a003")?.replyCount == 1, "a thread to be continued goes on")
        #expect(sink.post("t1_i4a002")?.replyCount == 5)
        #expect(sink.post("t1_i4a001")?.replyCount == 7)
        #expect(sink.post("t1_i4a007")?.replyCount == nil)
        #expect(sink.posts.allSatisfy { $0.state != .missing })
        #expect(try seed("more").post("t1_i4a010")?.replyCount == 3)
    }

    @Test func moreCommentsJoinTheirThread() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.importSeeds([.named("reddit/more.json"), .named("reddit/thread.json")])
        #expect(try archive.reader.threads(ThreadListRequest()).total == 1)
        #expect(try archive.reader.allPosts().allSatisfy { $0.state != .missing })
        #expect(try archive.reader.parents()["t1_i4a011"] == "t1_i4a010")
    }

    @Test func aChainAThousandDeepIsRead() throws {
        var text = ""
        for number in 1...1000 {
            text += #"{"kind":"t1","data":{"name":"t1_a\#(number)","body":"x","link_id":"t3_z","#
            let parent = number == 1 ? "t3_z" : "t1_a\(number - 1)"
            text += #""parent_id":"\#(parent)","replies":{"kind":"Listing","data":{"children":["#
        }
        text += String(repeating: "]}}}}", count: 1000)
        let sink = try read(#"{"kind":"Listing","data":{"children":[\#(text)]}}"#)
        #expect(sink.posts.map(\.key) == (1...1000).map { "t1_a\($0)" })
    }

    // MARK: States and texts

    @Test func statesAndTombstones() throws {
        let sink = try seed("thread")
        let deleted = try #require(sink.post("t1_i4a004"))
        #expect(deleted.state == .deleted && deleted.body == nil && deleted.author == nil)
        #expect(sink.post("t1_i4a005")?.state == .removed && sink.post("t1_i4a005")?.body == nil)
        #expect(try seed("overview").post("t3_u4kq04")?.state == .removed)
    }

    @Test(arguments: [
        (#""author": "[deleted]", "body": "still here""#, PostState.present, String?.some("still here")),
        (#""body": "[ Removed by Reddit ]""#, .removed, nil),
        (#""body": "was here", "banned_by": "someone""#, .removed, "was here"),
        (#""body": "was here", "banned_by": true"#, .removed, "was here"), (#""body": "x", "banned_by": null"#, .present, "x"),
        (#""body": "", "removed_by_category": "deleted""#, .deleted, nil), (#""body": """#, .present, ""),
        (#""body": "[unavailable]""#, .removed, nil), (#""body": "[removed] the nail""#, .present, "[removed] the nail"),
        (#""body": "[deleted]", "removed_by_category": "moderator""#, .removed, nil),
    ])
    func stateOf(_ members: String, _ state: PostState, _ body: String?) throws {
        let post = try #require(try read("[\(thing("t1", "\"id\": \"a\", \"link_id\": \"t3_b\", \(members)"))]").posts.first)
        #expect(post.state == state && post.body == body, "\(members)")
        #expect(post.title == nil)
    }

    @Test func aTitleThatOnlySaysThatItIsGoneIsNone() throws {
        let text = "[\(thing("t3", #""id": "a", "title": "[deleted by user]", "selftext": """#))]"
        let post = try #require(try read(text).posts.first)
        #expect(post.state == .deleted && post.title == nil && post.body == nil)
    }

    @Test func escapesAreUndoneWhereTheyWereMade() throws {
        let sink = try seed("thread")
        #expect(sink.post("t3_u4kq01")?.body == "It rises & then it falls. Hydration is > 80 %.\n\nDoes `a < b` show?")
        #expect(sink.post("t3_u4kq01")?.tags == ["Help & Advice"])
        #expect(sink.post("t1_i4a001")?.body == "Overproofed. See <https://proof.example/?a=1&b=2>.")
        #expect(sink.post("t1_i4a007")?.body == "Less water, & write &amp; when you mean an ampersand.")
        #expect(try seed("overview").post("t3_u4kq02")?.attachments.map(\.name) == ["https://img.example/loaf.jpg?w=1&h=2"])
    }

    /// With raw_json=1 nothing was escaped, so `&amp;` is what was written.
    @Test(arguments: [
        (#""body": "a &amp; b", "body_html": "<div class=\"md\">""#, "a &amp; b"),
        (#""body": "a &amp; b", "body_html": "&lt;div class=\"md\"&gt;""#, "a & b"), (#""body": "a &amp; b""#, "a & b"),
        (#""body": "a &amp; b > c""#, "a &amp; b > c"),
        (#""body": "&amp;amp; &amp;lt; &quot; &""#, "&amp;amp; &amp;lt; &quot; &"),
        (#""body": "&amp;lt; &gt;&lt;""#, "&lt; ><"),
    ])
    func escaping(_ members: String, _ body: String) throws {
        #expect(try read("[\(thing("t1", "\"id\": \"a\", \"link_id\": \"t3_b\", \(members)"))]").posts.first?.body == body)
    }

    @Test func aRenderedTextShowsForTheWholeFile() throws {
        let html = thing("t1", #""id": "a", "link_id": "t3_c", "body": "x", "body_html": "<div>""#)
        let bare = thing("t1", #""id": "b", "link_id": "t3_c", "body": "a &amp; b""#)
        #expect(try read("[\(bare)]").posts.last?.body == "a & b")
        let listing = "{\"kind\": \"Listing\", \"data\": {\"children\": [\(html), \(bare)]}}"
        #expect(try read(listing).posts.last?.body == "a &amp; b")
    }

    @Test func whatAThingTellsIsKept() throws {
        let post = try #require(try seed("thread").post("t3_u4kq01"))
        #expect((post.title, post.score, post.createdAt) == ("Why does my sourdough go flat?", 57, 1_650_000_000))
        #expect(post.author == AuthorReference(key: "rye_and_shine", name: "rye_and_shine"))
        #expect(post.forum?.key == "breadmaking" && post.forum?.name == "Breadmaking")
        #expect(post.url == "https://www.reddit.com/r/Breadmaking/comments/u4kq01/why_does_my_sourdough_go_flat/")
        #expect(post.attachments.isEmpty && post.markup == .markdown)
        let sink = try seed("thread")
        #expect(sink.post("t1_i4a003")?.editedAt == 1_650_002_400 && sink.post("t1_i4a001")?.editedAt == nil)
        #expect(sink.post("t1_i4a006")?.score == nil, "a hidden score is none")
        #expect(sink.post("t1_i4a007")?.score == -2)
    }

    @Test func aCrossPostAndASubmissionThatACommentTellsOf() throws {
        let sink = try seed("overview")
        #expect(sink.post("t3_u4kq03")?.links == [PostLink(to: PostReference(.key("t3_u4kq02")), kind: "cross-post")])
        let opening = try #require(sink.post("t3_u4kq05"))
        #expect(opening.isEmbedded && opening.title == "What goes on warm bread?" && opening.replyCount == 31)
        #expect(opening.author?.name == "crumb_reader" && opening.score == nil && opening.createdAt == nil)
        #expect(opening.attachments.isEmpty && opening.url?.contains("u4kq05") == true)
    }

    // MARK: Shapes

    @Test func aScrapedThreadHasItsTree() throws {
        let sink = try seed("scraped")
        #expect(sink.posts.prefix(4).map(\.key) == ["t3_u4kq06", "t1_i4c001", "t1_i4c002", "t1_i4c003"])
        #expect(parent(sink, "t1_i4c002") == .key("t1_i4c001") && parent(sink, "t1_i4c003") == .key("t3_u4kq06"))
        #expect(sink.post("t3_u4kq06")?.forum?.key == "breadmaking" && sink.post("t1_i4c003")?.state == .deleted)
    }

    @Test func scrapedRowsStandBelowTheirPost() throws {
        let sink = try read(
            """
            [{"platform": "reddit", "subreddit": "Oats", "parent_post_id": "p1", "comment_id": "c1", "body": "Yes.", "created_utc": 5},
             {"platform": "reddit", "subreddit": "Oats", "post_id": "p1", "title": "Oats?", "selftext": "", "url": "https://o.example/"}]
            """)
        #expect(sink.posts.map(\.key) == ["t1_c1", "t3_p1"])
        #expect(sink.posts[0].parent == ParentStatement(PostReference(.key("t3_p1")), basis: .order, confidence: 0.5))
        #expect(sink.posts[1].attachments.map(\.name) == ["https://o.example/"])
    }

    @Test func commentsWithoutIdsAreKeyedByTheirWords() throws {
        let sink = try read(
            """
            [{"post_id": "p1", "post_name": "t3_p1", "post_permalink": "/r/Oats/comments/p1/oats/", "post_score": 3,
              "comments": [{"content": "Yes.", "score": 1}, {"content": "No.", "score": 2}]}]
            """)
        #expect(sink.posts.count == 3 && Set(sink.posts.map(\.key)).count == 3 && sink.rejected.isEmpty)
        #expect(sink.posts.dropFirst().allSatisfy { $0.parent?.parent == PostReference(.key("t3_p1")) })
    }

    @Test func linesListsAndSingleThings() throws {
        let comment = thing("t1", #""id": "a", "link_id": "t3_b", "parent_id": "t3_b", "body": "x""#)
        for text in [
            comment, "[\(comment)]", "\(comment)\n\(comment)",
            "[[\(comment)], {\"kind\": \"Listing\", \"data\": {\"children\": []}}]",
        ] {
            #expect(Set(try read(text).posts.map(\.key)) == ["t1_a"], "\(text)")
        }
    }

    @Test func whatIsNoPostIsNamed() throws {
        let listing =
            #"{"kind": "Listing", "data": {"children": [\#(thing("t5", "\"id\": \"a\"")), \#(thing("t2", "\"id\": \"b\""))]}}"#
        let sink = try read(listing)
        #expect(sink.posts.isEmpty && sink.rejected.isEmpty)
        #expect(sink.warnings.map(\.detail) == ["t2 (account), 1 times", "t5 (subreddit), 1 times"])
    }

    @Test func aThingWithoutANameIsRejectedWithItsPlace() throws {
        let sink = try read(
            #"[\#(thing("t1", "\"body\": \"x\"")),\#(thing("t1", "\"id\": \"a\", \"body\": \"y\", \"link_id\": \"t3_b\""))]"#)
        #expect(sink.posts.map(\.key) == ["t1_a"] && sink.rejected.map(\.kind) == ["no post"])
        #expect(sink.rejected.first?.place != .whole)
    }

    @Test(arguments: [
        "{}", "[{\"platform\": \"HackerNews\", \"title\": \"x\"}]", "{\"kind\": \"UserList\", \"data\": {\"children\": 3}}", "17",
    ])
    func whatIsNoRedditSaysSo(_ text: String) {
        #expect(throws: ImportError.self) { _ = try read(text) }
    }
}
