// Discourse's raw text: posts told apart by their header lines, and nothing more believed than it tells.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct DiscourseRaw {
    private func read(_ text: String, name: String = "a-title.42.md", source: String? = nil) throws -> RecordingSink {
        let sink = RecordingSink()
        try #require(Importers.named("discourse-raw")).read(MemoryInput(name: name, text: text, sourceName: source), into: sink)
        return sink
    }

    private func post(_ number: Int, _ body: String, _ name: String = "Anna") -> String {
        "\(name) | 2024-03-01 09:00:0\(number) UTC | #\(number)\n\n\(body)\n\n-------------------------\n\n"
    }

    @Test func headerLinesTellNumberNameAndDate() throws {
        let sink = try read(post(1, "Question") + post(3, "Answer", "Ben_B"))
        #expect(sink.posts.map(\.aliases) == [["42#1"], ["42#3"]])
        #expect(sink.posts.map(\.key) == ["42#1", "42#3"])
        #expect(
            sink.posts.map(\.author) == [
                AuthorReference(key: "anna", name: "Anna"), AuthorReference(key: "ben_b", name: "Ben_B"),
            ])
        #expect(sink.posts.map(\.createdAt) == [1_709_283_601, 1_709_283_603])
        #expect(sink.posts.allSatisfy { $0.inferences.map(\.what) == [.date] })
        #expect(sink.posts[1].parent == ParentStatement(PostReference(.alias("42#1")), basis: .order, confidence: 0.5))
        #expect(sink.posts[0].parent == nil && sink.posts[0].thread?.key == "42")
        #expect(sink.warnings.isEmpty && sink.rejected.isEmpty)
    }

    @Test func whatOnlyLooksLikeAHeaderIsText() throws {
        let body = "I saved this:\n\nDora | 2019-01-01 00:00:00 UTC | #9\n\n-------------------------\n\nand a line\n\nB | x | #7"
        let sink = try read(post(1, body) + post(2, "Yes"))
        #expect(sink.posts.map(\.body) == [body, "Yes"])
    }

    @Test func quotesAreLinks() throws {
        let sink = try read(
            post(1, "[quote=\"ben, post:3, topic:42, full:true\"]\nx\n[/quote]\n[quote=\"ann, post:1, topic:7\"]\n[quote=\"x\"]"))
        #expect(sink.posts.first?.links.map(\.target) == ["42#3", "7#1"].map { PostReference(.alias($0)) })
        #expect(sink.posts.first?.links.allSatisfy { $0.kind == "quote" } == true)
    }

    @Test(arguments: [
        ("[quote=\"ben, post:3, topic:42\"]\nRye.\n[/quote]\n\nYes.", "ben:\n\n> Rye.\n\nYes."),
        ("[quote=\"ben\"]Rye,\nor spelt.[/quote]Yes.", "ben:\n\n> Rye,\n> or spelt.\n\nYes."),
        ("[quote]\nRye.\n\nSpelt.\n[/quote]", "> Rye.\n>\n> Spelt."),
        ("[quote=\"a\"]\n[quote=\"b\"]\nin\n[/quote]\nout\n[/quote]\nme", "a:\n\n> b:\n>\n> > in\n>\n> out\n\nme"),
        ("[quote=\"a\"]\nnever closed", "[quote=\"a\"]\nnever closed"), ("no [/quote] here", "no [/quote] here"),
        ("```\n[quote=\"a\"]\nx\n[/quote]\n```", "```\n[quote=\"a\"]\nx\n[/quote]\n```"),
        ("[quoted] [/quote]", "[quoted] [/quote]"),
    ])
    func quotationsBecomeMarkdown(raw: String, markdown: String) throws {
        #expect(try read(post(1, raw)).posts.map(\.body) == [markdown])
    }

    @Test func rawAndHTMLSayTheSame() throws {
        let html =
            "<aside class=\"quote\" data-post=\"2\" data-topic=\"42\"><div class=\"title\">ben:</div><blockquote><p>Rye.</p></blockquote></aside><p>Yes.</p>"
        let json =
            "{\"id\":42,\"post_stream\":{\"posts\":[{\"id\":7,\"post_number\":1,\"topic_id\":42,\"cooked\":\(html.debugDescription)}]}}"
        let sink = RecordingSink()
        try #require(Importers.named("discourse")).read(MemoryInput(name: "42.json", text: json), into: sink)
        #expect(sink.posts.first?.body == "ben:\n\n> Rye.\n\nYes.")
        let raw = try read(post(1, "[quote=\"ben, post:2, topic:42\"]\nRye.\n[/quote]\n\nYes."))
        #expect(raw.posts.first?.body == sink.posts.first?.body)
    }

    @Test func aTombstoneIsAState() throws {
        let sink = try read(post(1, "(post deleted by author)"))
        #expect(sink.posts.map(\.state) == [.deleted])
        #expect(sink.posts.map(\.body) == [nil])
    }

    @Test(arguments: [
        ("a-title.42.md", "42"), ("42", "42"), ("topic-42.txt", "42"), ("x/raw/42.md.gz", "42"), ("stdin", "stdin"),
        ("v2.md", "v2.md"), ("a.042.md", "a.042.md"),
    ])
    func theTopicIsTheNumberInTheFilesName(name: String, topic: String) throws {
        #expect(try read(post(1, "x"), name: name).posts.map(\.thread?.key) == [topic])
    }

    @Test func theSourceIsAsSaid() throws {
        #expect(try read(post(1, "x"), source: "forum.example").posts.map(\.source.name) == ["forum.example"])
        #expect(try read(post(1, "x")).posts.map(\.source.name) == [""])
    }

    @Test func aTextThatEndsWithinAPostSaysSo() throws {
        let sink = try read(post(1, "x") + "Ben | 2024-03-01 09:00:02 UTC | #2\n\nhalf a sent")
        #expect(sink.posts.map(\.body) == ["x", "half a sent"])
        #expect(sink.warnings.map(\.place) == [.line(9)])
    }

    @Test func carriageReturnsAndAByteOrderMarkAreNoText() throws {
        let text = "\u{FEFF}" + (post(1, "one\ntwo") + post(2, "x")).replacing("\n", with: "\r\n")
        #expect(try read(text).posts.map(\.body) == ["one\ntwo", "x"])
    }

    @Test func otherTextIsNotRecognised() {
        for text in ["Anna | 2024-03-01 09:00:01 UTC | #1", "a | b | c\n\n", "Anna | yesterday | #1\n\nx", ""] {
            let probe = InputProbe(fileName: "x.md", head: Array(text.utf8), isNamed: true)
            #expect(Importers.recognising(probe)?.name != "discourse-raw")
        }
    }
}
