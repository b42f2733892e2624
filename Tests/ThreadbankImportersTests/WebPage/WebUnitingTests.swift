// A page and a dump of one thread, and several pages of one topic, make one thread without any post twice.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebUnitingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func archive(_ seeds: [String], _ name: String = "archive") throws -> Archive {
        let archive = try Archive(path: folder.file("\(name).sqlite"))
        let report = try archive.importSeeds(seeds.map { Seed.named($0) })
        #expect(report.isBalanced && report.rejected == 0)
        #expect(try archive.reader.faults() == [])
        return archive
    }

    /// The page, the dump, and how many posts the page shows that the dump does not.
    @Test(arguments: [
        ("html/discourse-crawler.html", "discourse/which-flour-for-a-starter.42.json", 1),
        ("html/hackernews.html", "hackernews/thread.json", 0),
        ("html/old-reddit.html", "reddit/thread.json", 2),
        ("html/pipermail.html", "mbox/sourdough.mbox", 0),
    ])
    func aPageAndADumpAreOneThread(page: String, dump: String, more: Int) throws {
        let alone = try archive([dump], "alone").reader.allPosts().count
        var dumps: [[String]] = []
        for (index, order) in [[page, dump], [dump, page]].enumerated() {
            let archive = try archive(order, "both\(index)")
            #expect(try archive.reader.allPosts().count == alone + more, "\(order)")
            dumps.append(try archive.reader.dump())
        }
        #expect(dumps[0] == dumps[1])
    }

    /// What a page makes of a text gives way to the origin's own.
    @Test func theOriginsOwnTextStays() throws {
        let own = try archive(["hackernews/thread.json"], "own").reader.allPosts()
        let both = try archive(["hackernews/thread.json", "html/hackernews.html"]).reader.allPosts()
        for post in own { #expect(both.first { $0.sourceKey == post.sourceKey }?.body == post.body) }
    }

    @Test(arguments: [
        ["html/phpbb-prosilver.html", "html/phpbb-prosilver-2.html"],
        ["html/phpbb-prosilver-2.html", "html/phpbb-prosilver.html"],
    ])
    func theSecondPageOfATopicJoinsTheFirst(order: [String]) throws {
        let posts = try archive(order).reader.allPosts()
        #expect(posts.count == 4)
        #expect(Set(posts.map(\.threadID)).count == 1)
        let opening = try #require(posts.first { $0.sourceKey == "5001" })
        #expect(posts.first { $0.sourceKey == "5009" }?.parentID == opening.id)
    }

    /// The index of a list's archive tells who answers whom; the page of a mail fills its place in.
    @Test func aThreadIndexWaitsForItsMails() throws {
        let archive = try Archive(path: folder.file("index.sqlite"))
        let importer = try #require(Importers.named("html"))
        let index = """
            <html><head><title>The grain Archive by thread</title>
            <link rel="canonical" href="https://lists.mill.example/grain/2021/thread.html"></head><body><ul>
            <li><a href="000011.html">[grain] Millstones</a><a name="11">&nbsp;</a> <i>Maren</i>
            <ul><li><a href="000012.html">[grain] Millstones</a><a name="12">&nbsp;</a> <i>Jost</i></ul></ul></body></html>
            """
        let mail = String(decoding: Seed.named("html/hypermail.html").bytes, as: UTF8.self)
            .replacing(
                "<head>", with: "<head><link rel=\"canonical\" href=\"https://lists.mill.example/grain/2021/000012.html\" />")
        try archive.importInput(MemoryInput(name: "thread.html", text: index), with: importer)
        #expect(try archive.reader.allPosts().map(\.state) == [.missing, .missing])
        try archive.importInput(MemoryInput(name: "000012.html", text: mail), with: importer)
        let posts = try archive.reader.allPosts()
        let jost = try #require(posts.first { $0.sourceKey == "stones-2@mill.example" })
        #expect(jost.state == .present)
        #expect(try archive.reader.faults() == [])
    }
}
