// Articles: groups, cancels, Supersedes, batches, headers of old news programs.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct UsenetTests {
    private func article(_ id: String, _ headers: String = "", date: String = "15 Feb 93 10:00:00 GMT", body: String = "Text.\n")
        -> String
    {
        "From: a@x.example\nNewsgroups: rec.bread\nDate: \(date)\nMessage-ID: <\(id)>\n\(headers.isEmpty ? "" : headers + "\n")\n\(body)"
    }

    @Test func aCancelMarksTheArticleAndIsNoPost() throws {
        let sink = try readMail(article("c@x", "Control: cancel <a@x>"), as: "usenet")
        #expect(sink.posts.map(\.key) == ["a@x"])
        #expect(sink.posts.map(\.state) == [.deleted] && sink.posts.first?.body == nil && sink.posts.first?.author == nil)
        let others = try readMail(article("c@x", "Control: cancel <a@x>\nApproved: m@x.example"), as: "usenet")
        #expect(others.posts.map(\.state) == [.removed])
    }

    @Test func otherControlMessagesAreRejected() throws {
        for control in ["newgroup rec.rye", "cancel", "sendsys"] {
            let sink = try readMail(article("c@x", "Control: \(control)"), as: "usenet")
            #expect(sink.posts.isEmpty && sink.rejected.count == 1)
        }
    }

    @Test func whatIsSupersededIsDeletedAndLinked() throws {
        let sink = try readMail(article("new@x", "Supersedes: <old@x>"), as: "usenet")
        #expect(sink.posts.map(\.key) == ["new@x", "old@x"])
        #expect(sink.post("old@x")?.state == .deleted)
        #expect(sink.post("new@x")?.links == [PostLink(to: PostReference(.key("old@x")), kind: "supersedes")])
    }

    /// In one run or in several, whatever comes first.
    @Test(arguments: [[0, 1], [1, 0]], [true, false]) func cancelledArticlesKeepTheirText(order: [Int], oneRun: Bool) throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("a.sqlite"))
        let texts = [article("a@x"), article("c@x", "Control: cancel <a@x>", date: "15 Feb 93 11:00:00 GMT")]
        let seeds = order.map { Seed(importer: "usenet", fileName: "\($0)", bytes: Array(texts[$0].utf8)) }
        if oneRun { try archive.importSeeds(seeds) } else { for seed in seeds { try archive.importSeeds([seed]) } }
        let post = try #require(try archive.reader.post(key: "a@x"))
        #expect(post.state == .deleted && post.body == "Text.")
        #expect(try archive.reader.faults() == [])
    }

    @Test func aBatchIsReadPastWrongLengths() throws {
        let first = article("1@x")
        let batch = { (length: Int, text: String) in "#! rnews \(length)\n\(text)" }
        let good = batch(first.utf8.count, first) + batch(article("2@x").utf8.count, article("2@x"))
        #expect(try readMail(good, as: "usenet").posts.map(\.key) == ["1@x", "2@x"])
        let short = try readMail(
            batch(first.utf8.count - 3, first) + batch(article("2@x").utf8.count, article("2@x")), as: "usenet")
        #expect(short.posts.map(\.key) == ["1@x", "2@x"] && short.rejected.count == 1)
        let cut = try readMail(batch(first.utf8.count + 9, first), as: "usenet")
        #expect(cut.posts.isEmpty && cut.rejected.map(\.place) == [.byte(0)])
    }

    @Test func anArchiveOfAGroupIsAnMbox() throws {
        let text = (1...3).map { "From - Thu Jan  1 00:00:00 1970\n" + article("\($0)@x") + "\n" }.joined()
        let probe = InputProbe(fileName: "rec.bread.mbox", head: Array(text.utf8), isNamed: true)
        #expect(Importers.recognising(probe)?.name == "mbox")
        for format in ["mbox", "usenet"] {
            #expect(try readMail(text, as: format).posts.map(\.forum?.key) == ["rec.bread", "rec.bread", "rec.bread"])
        }
    }

    @Test func bNewsIsRead() throws {
        let text =
            "From: jm@mill.UUCP\nNewsgroups: net.cooks\nTitle: Re: Rye\nArticle-I.D.: mill.77\nReferences: oven.3\n"
            + "Posted: Wed Jun 15 09:30:00 1983\n\nSeven stages.\n"
        let post = try #require(try readMail(text, as: "usenet").posts.first)
        #expect((post.key, post.above, post.createdAt) == ("mill.77", ["oven.3"], 424_517_400))
    }
}
