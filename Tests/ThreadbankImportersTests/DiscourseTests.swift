// Discourse's JSON: keys, parents by number, states, texts, and what a topic says behind its posts.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct Discourse {
    private func read(_ json: String, source: String? = nil) throws -> RecordingSink {
        let sink = RecordingSink()
        try #require(Importers.named("discourse")).read(MemoryInput(name: "x.json", text: json, sourceName: source), into: sink)
        return sink
    }

    private func post(_ id: Int, _ number: Int, _ more: String = "") -> String {
        """
        {\(more.isEmpty ? "" : more + ", ")"id": \(id), "post_number": \(number), "topic_id": 42, "username": "Ben_B", "post_type": 1,
         "cooked": "<p>text \(number)</p>", "created_at": "2024-03-01T10:30:05.789Z"}
        """
    }

    @Test func aTopicTellsItsPosts() throws {
        let posts = try Seed.named("discourse/which-flour-for-a-starter.42.json").read().sink.posts
        #expect(posts.map(\.key) == ["311", "312", "313", "315", "316"])
        #expect(posts.map(\.aliases) == [["42#1"], ["42#2"], ["42#3"], ["42#4"], ["42#5"]])
        #expect(posts.allSatisfy { $0.source.name == "bread.example" && $0.thread?.title == "Which flour for a starter?" })
        #expect(posts[0].title == "Which flour for a starter?" && posts[1].title == nil)
        #expect(posts[0].tags == ["starter", "flour"] && posts[0].score == 3 && posts[0].replyCount == 2)
        #expect(posts[0].author == AuthorReference(key: "anna", name: "Anna", displayName: "Anna of the Mill"))
        #expect(posts[0].links == [PostLink(to: PostReference(.alias("42#2")), kind: "accepted")])
        #expect(posts[1].url == "https://bread.example/t/which-flour-for-a-starter/42/2")
        #expect(posts[1].forum?.key == "5")
        #expect(posts.map(\.state) == [.present, .present, .deleted, .present, .present])
        #expect(posts[2].body == nil)
        #expect(posts[3].links == [PostLink(to: PostReference(.alias("42#2")), kind: "quote")])
        #expect(posts.map(\.editedAt) == [nil, nil, nil, nil, 1_709_366_441])
    }

    @Test func aParentIsANumberAndNoneIsTheOpeningPost() throws {
        let posts = try read("[\(post(1, 1)), \(post(2, 3)), \(post(3, 7, "\"reply_to_post_number\": 3"))]").posts
        let opening = ParentStatement(PostReference(.alias("42#1")), basis: .order, confidence: 0.5)
        #expect(posts.map(\.parent) == [nil, opening, ParentStatement(PostReference(.alias("42#3")), basis: .native)])
        #expect(posts.map(\.createdAt) == [1_709_289_005, 1_709_289_005, 1_709_289_005])
    }

    @Test func markdownIsPreferredToWhatIsMadeOfHTML() throws {
        let posts = try read("[\(post(1, 1)), \(post(2, 2, "\"raw\": \"*te*xt\""))]").posts
        #expect(posts.map(\.body) == ["text 1", "*te*xt"])
        #expect(posts.map(\.isRendering) == [true, false])
    }

    @Test(arguments: [
        (#""deleted_at": "2024-03-02T00:00:00Z""#, PostState.removed, "text 2" as String?),
        (#""user_deleted": true"#, .deleted, "text 2"),
        (#""hidden": true, "cooked_hidden": true"#, .removed, nil),
        (#""cooked": "<p>(post deleted by author)</p>""#, .deleted, nil),
        (#""post_type": 4"#, .present, "text 2"), (#""post_type": 2"#, .present, "text 2"),
    ])
    func whatIsGoneSaysWhy(field: String, state: PostState, body: String?) throws {
        let posts = try read(post(1, 2, field)).posts
        #expect(posts.map(\.state) == [state])
        #expect(posts.map(\.body) == [body])
    }

    @Test func notesOfTheSoftwareAreNoPosts() throws {
        let sink = try read("[\(post(1, 1)), \(post(2, 2, "\"post_type\": 3")), \(post(3, 3, "\"post_type\": 3"))]")
        #expect(sink.posts.map(\.key) == ["1"])
        #expect(sink.warnings.map(\.detail) == ["2"] && sink.rejected.isEmpty)
    }

    @Test func aQuoteOfAPostThatIsNotHereMakesAGhostInItsTopic() throws {
        let quote = #""cooked": "<aside class=\"quote\" data-post=\"9\" data-topic=\"42\">x</aside>""#
        let sink = try read(post(1, 10, quote))
        #expect(sink.posts.map(\.state) == [.present, .missing])
        #expect(sink.posts.last?.aliases == ["42#9"] && sink.posts.last?.thread?.key == "42")
    }

    @Test func topicsStandInListsAndLines() throws {
        let topic = { (id: Int) in #"{"post_stream": {"posts": [\#(post(id, 1))], "stream": [1]}, "id": 42, "title": "T\#(id)"}"#
        }
        for text in ["[\(topic(1)), \(topic(2))]", "\(topic(1))\n\(topic(2))\n", #"{"pages": [\#(topic(1)), \#(topic(2))]}"#] {
            #expect(try read(text).posts.map(\.title) == ["T1", "T2"])
        }
    }

    @Test func theSiteIsWhereItsMembersPicturesAre() throws {
        let avatar = #""avatar_template": "/user_avatar/forum.example/ben/{size}/1_2.png""#
        #expect(
            try read("[\(post(1, 1)), \(post(2, 2, avatar))]").posts.map(\.source.name) == ["forum.example", "forum.example"])
        #expect(try read(post(1, 1)).posts.map(\.source.name) == [""])
        #expect(try read(post(1, 1, avatar), source: "other.example").posts.map(\.source.name) == ["other.example"])
    }

    @Test func aBrokenPostCostsItself() throws {
        let sink = try read("[\(post(1, 1)), {\"post_number\": 2, \"topic_id\": 42, \"id\": {}}, \(post(3, 3))]")
        #expect(sink.posts.map(\.key) == ["1", "3"] && sink.rejected.count == 1)
    }

    /// The same topic as JSON and as raw text, each alone and both together.
    @Test func rawTextAndJSONAreOneTopic() throws {
        let seeds = Seed.of("discourse") + Seed.of("discourse-raw")
        for seeds in [seeds, seeds.reversed()] {
            let folder = try TemporaryFolder()
            let archive = try Archive(path: folder.file("archive.sqlite"))
            for seed in seeds { #expect(try archive.importSeeds([seed]).isBalanced) }
            let posts = try archive.reader.allPosts().filter { $0.state != .missing }
            #expect(
                posts.map(\.sourceKey).sorted { $0 ?? "" < $1 ?? "" } == [
                    "311", "312", "313", "315", "316", "320", "321", "329", "330",
                ])
            #expect(try archive.reader.post(key: "315")?.body?.hasPrefix("ben_b:\n\n> Rye.") == true)
            #expect(try archive.reader.post(key: "311")?.createdAt == 1_709_283_490)
            #expect(try archive.reader.parents()["315"] == "312")
            #expect(try archive.reader.faults() == [])
        }
    }
}
