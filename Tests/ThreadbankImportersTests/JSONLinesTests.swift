// The interchange format as it is read: every key, loose values, unknown keys, lines that are no posts, files that were cut.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct JSONLinesTests {
    private func read(_ text: String, source: String? = nil) throws -> RecordingSink {
        let sink = RecordingSink()
        try Importers.named("jsonl")?.read(MemoryInput(name: "x.jsonl", text: text, sourceName: source), into: sink)
        return sink
    }

    private func post(_ line: String) throws -> ImportedPost { try #require(try read(line).posts.first) }

    // MARK: Keys

    /// A post that has everything.
    private static let full: ImportedPost = {
        var post = ImportedPost(
            source: SourceReference(
                kind: "forum", name: "workshop", url: "https://w.example/", urlTemplate: "https://w.example/p/{key}"), key: "k1")
        post.aliases = ["a1", "a2"]
        post.forum = ForumReference(key: "f1", name: "Bicycles", url: "https://w.example/f/1")
        post.forums = [ForumReference(key: "f2", name: "Tools", url: nil), ForumReference(key: "f3", name: "Paint", url: "u")]
        post.thread = ThreadReference(key: "t1", title: "A title", url: "https://w.example/t/1")
        post.mergedThreads = ["t0"]
        post.tags = ["one", "two words"]
        post.author = AuthorReference(key: "u1", name: "harrow", displayName: "Harrow", url: "https://w.example/u/1")
        (post.createdAt, post.editedAt, post.fetchedAt) = (1_700_000_000, 1_700_000_100, 1_700_000_200)
        (post.score, post.place, post.replyCount) = (-3, 7, 2)
        (post.state, post.markup) = (.deleted, .markdown)
        (post.title, post.body, post.url) = ("T \"q\"", "line\n\u{1}two\u{2028}😀", "https://w.example/p/k1#x")
        post.parent = ParentStatement(PostReference(.key("k0")), basis: .quote, confidence: 0.25, evidence: "because")
        post.claims = [
            ParentStatement(PostReference(.alias("a9")), basis: .native),
            ParentStatement(PostReference(.key("k8")), basis: .header, witness: PostReference(.key("k7"))),
        ]
        post.links = [
            PostLink(to: PostReference(.key("k5")), kind: "duplicate", evidence: "said so"),
            PostLink(to: PostReference(.alias("a5")), kind: "quote"),
        ]
        post.revisions = [
            Revision(seenAt: 1_690_000_000, title: "old", body: "older"), Revision(seenAt: nil, title: nil, body: ""),
        ]
        post.attachments = [Attachment(name: "a.jpg", type: "image/jpeg", size: 12), Attachment(name: nil, type: "x/y")]
        post.inferences = Inference.Subject.allCases.map { Inference($0, basis: "mention", confidence: 0.5, evidence: "e") }
        return post
    }()

    @Test func everyKeyGoesThereAndBack() throws {
        let line = InterchangeLine.post(Self.full).text
        let sink = try read(line)
        #expect(sink.posts == [Self.full])
        #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
    }

    /// What the contract lists is read without being called unknown.
    @Test func everyKeyOfTheContractIsKnown() throws {
        let texts = [
            "kind", "source", "source_url", "url_template", "forum", "forum_key", "forum_url", "thread", "thread_title",
            "thread_url",
            "key", "parent", "evidence", "author", "author_key", "author_display", "author_url", "title", "body", "url",
        ].map { "\"\($0)\": \"1\"" }
        let numbers = ["confidence", "created_at", "edited_at", "place", "reply_count", "score"].map { "\"\($0)\": 1" }
        let lists = ["forums", "thread_merged", "tags", "aliases", "claims", "links", "revisions", "attachments", "inferred"]
            .map { "\"\($0)\": []" }
        let words = ["\"basis\": \"native\"", "\"markup\": \"plain\"", "\"state\": \"present\""]
        let sink = try read("{" + (texts + numbers + lists + words).joined(separator: ", ") + "}")
        #expect(sink.posts.count == 1)
        #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
    }

    @Test func aBodyIsEnough() throws {
        let one = try post(#"{"body": "hello"}"#)
        #expect((one.source.kind, one.source.name, one.state, one.markup) == ("jsonl", "", .present, .plain))
        #expect(one.key?.hasPrefix("sha256:") == true)
        #expect(try post(#"{"body": "hello"}"#).key == one.key)
        #expect(try post(#"{"body": "hello", "author": "x"}"#).key != one.key)
        #expect(try read(#"{"body": "hello"}"#, source: "mine").posts.first?.source.name == "mine")
        #expect(try post(#"{"state": "removed", "key": "1"}"#).body == nil)
    }

    @Test func valuesMayBeLoose() throws {
        let loose = try post(
            #"{"key": 12, "parent": 7, "created_at": "2024-01-01", "edited_at": 1704067200.5, "#
                + #""score": "3", "place": 2.0, "body": ""}"#
        )
        #expect((loose.key, loose.parent?.parent) == ("12", PostReference(.key("7"))))
        #expect((loose.createdAt, loose.editedAt, loose.score, loose.place) == (1_704_067_200, 1_704_067_200, 3, 2))
        #expect(loose.body == "")
    }

    @Test func nullIsAbsence() throws {
        let bare = try post(
            #"{"key": "1", "body": "b", "parent": null, "author": null, "state": null, "tags": null, "score": null}"#)
        #expect(bare.parent == nil && bare.author == nil && bare.state == .present && bare.tags.isEmpty && bare.score == nil)
        let byHand = try post(#"{"key": "1", "body": "b", "parent": null, "basis": "manual"}"#)
        #expect(byHand.parent == ParentStatement(nil, basis: .manual))
    }

    // MARK: Lines

    @Test func unknownKeysAreCounted() throws {
        let sink = try read(#"{"body": "a", "colour": 1}"# + "\n" + #"{"body": "b", "colour": 2, "size": {"x": [1]}}"#)
        #expect(sink.posts.count == 2)
        #expect(sink.warnings.map(\.detail) == ["colour (2 times)", "size (1 times)"])
    }

    @Test(arguments: [
        "17", "[]", "\"text\"", "null", "no JSON at all", "{\"body\": 1}", "{\"title\": null}", "{}",
        "{\"body\": \"x\"", "{\"body\": \"x\"} {\"body\": \"y\"}", "{\"kind\": \"\", \"body\": \"x\"}",
        "{\"state\": \"present\"}",
    ])
    func aLineThatIsNoPostIsRejectedWithItsNumber(_ line: String) throws {
        let sink = try read("{\"body\": \"a\"}\n\n\(line)\r\n{\"body\": \"b\"}")
        #expect(sink.posts.map(\.body) == ["a", "b"])
        #expect(sink.rejected.map(\.place) == [.line(3)])
        #expect(sink.rejected.allSatisfy { !$0.detail.isEmpty })
    }

    @Test(arguments: [
        "\"state\": \"gone\"", "\"created_at\": \"yesterday\"", "\"created_at\": 1e18", "\"parent\": {\"key\": \"1\"}",
        "\"tags\": 3", "\"score\": \"many\"", "\"basis\": \"luck\"", "\"confidence\": \"high\"", "\"links\": [1]",
    ])
    func aFieldThatMakesNoSenseIsLeftOutAndSaid(_ field: String) throws {
        let sink = try read("{\"body\": \"a\"}\n{\"key\": \"k\", \"body\": \"b\", \(field)}")
        #expect(sink.posts.map(\.body) == ["a", "b"] && sink.rejected.isEmpty)
        let post = try #require(sink.posts.last)
        #expect(post.createdAt == nil && post.parent == nil && post.score == nil && post.state == .present && post.tags.isEmpty)
        #expect(sink.warnings.map(\.place) == [.line(2)] && sink.warnings.allSatisfy { !$0.detail.isEmpty })
    }

    @Test func theEndLineTellsWhetherTheFileIsWhole() throws {
        let (first, a, b) = ("{\"threadbank\": 1}\n", "{\"body\": \"a\"}\n", "{\"body\": \"b\"}\n")
        #expect(try read(first + a + b + "{\"end\": 2}\n").warnings.isEmpty)
        #expect(try read(a + b).warnings.isEmpty)
        #expect(try read(first + a).warnings.first?.kind.contains("incomplete") == true)
        #expect(try read(first + a + "{\"end\": 2}").warnings.first?.kind.contains("2 posts were written, 1 are here") == true)
        #expect(try read(first + "{\"end\": 0}").warnings.isEmpty)
        #expect(try read(first + a + b + "{\"end\": 2}").posts.count == 2)
    }

    @Test func lineEndsMarksAndBlankLinesMakeNoDifference() throws {
        let bodies = ["a", "b"]
        for text in [
            "{\"body\":\"a\"}\n{\"body\":\"b\"}", "\u{FEFF}{\"body\":\"a\"}\r\n\r\n \t\n{\"body\":\"b\"}\r\n",
            "\n{\"body\":\"a\"}\n\n{\"body\":\"b\"}\n\n",
        ] {
            let sink = try read(text)
            #expect(sink.posts.map(\.body) == bodies && sink.rejected.isEmpty)
        }
    }

    @Test func aThousandLevelsOfNestingCostOneLine() throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let sink = try read("{\"body\": \"a\", \"more\": \(deep)}\n{\"body\": \"b\"}")
        #expect(sink.posts.last?.body == "b")
        #expect(sink.posts.count + sink.rejected.count == 2)
    }

    @Test func theStateSaysWhetherThereIsABody() throws {
        #expect(try post(#"{"key": "1", "state": "missing", "body": "x"}"#).body == nil)
        #expect(try post(#"{"aliases": ["a"], "state": "missing"}"#).key == nil)
        #expect(try post(#"{"key": "1", "state": "deleted", "body": "x"}"#).body == "x")
    }
}
