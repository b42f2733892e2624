// A page and a dump of one thread, and several pages of one topic, make one thread without any post twice.

import Foundation
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

    /// A thread's page tells names and minutes, a mail's own page its address and second, and what it answers by its headers: these hold.
    @Test(arguments: [
        ["html/public-inbox-thread.html", "html/public-inbox-message.html"],
        ["html/public-inbox-message.html", "html/public-inbox-thread.html"],
    ])
    func theMailsOwnPageKnowsBetter(order: [String]) throws {
        for runs in [[order], order.map { [$0] }] {
            let archive = try Archive(path: folder.file("mail\(order[0].count)-\(runs.count).sqlite"))
            for run in runs { try archive.importSeeds(run.map { Seed.named($0) }) }
            #expect(try archive.reader.faults() == [])
            let posts = try archive.reader.allPosts()
            #expect(posts.count == 5 && posts.count { $0.state == .missing } == 1)
            let leena = try #require(posts.first { $0.sourceKey == "stones-3@mill.example" })
            #expect(leena.createdAt == Timestamp.parse("2021-02-03T09:30:12Z") && leena.reply?.basis == .header)
            #expect(leena.parentID == posts.first { $0.sourceKey == "stones-2@mill.example" }?.id)
            #expect(leena.authorKey == "leena@mill.example")
            let lost = try #require(posts.first { $0.sourceKey == "lost-4@mill.example" })
            #expect(lost.parentID == posts.first { $0.sourceKey == "stones-1@mill.example" }?.id)
        }
    }

    // MARK: Pages of one topic

    /// A seed's posts on three pages: the first two, the last, and the last two as somebody saw it who had more on a page.
    private func pages(of name: String, cutAt mark: String, link: String) -> [Seed] {
        let seed = Seed.named("html/\(name)")
        var parts = String(decoding: seed.bytes, as: UTF8.self).components(separatedBy: mark)
        let start = parts.removeFirst()
        let posts = parts.map { mark + $0 }
        return [[0, 1], [2], [1, 2]].map { numbers in
            let pager = numbers[0] == 0 ? "" : "<div><a href=\"\(link)\">1</a> 2</div>"
            let page = start + pager + numbers.map { posts[$0] }.joined() + "</body></html>"
            return seed.with(Array(page.utf8))
        }
    }

    @Test(arguments: [
        ("phpbb-subsilver2.html", "<table class=\"tablebg\"", "./viewtopic.php?f=3&amp;t=640"),
        ("phpbb2-subsilver.html", "<tr><td width=\"150\"", "viewtopic.php?t=77&amp;sid=ab12"),
        ("vbulletin3.html", "<table id=\"post", "elsewhere.php"),
        ("xenforo2.html", "<article class=\"message message--post", "/threads/tins.9/"),
        ("smf.html", "<div class=\"windowbg\">", "elsewhere.php"),
    ])
    func anyOrderOfTheSamePagesIsOneArchive(name: String, mark: String, link: String) throws {
        let pages = pages(of: name, cutAt: mark, link: link)
        var dumps: Set<[String]> = []
        for (number, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].enumerated() {
            let archive = try Archive(path: folder.file("\(name)\(number).sqlite"))
            try archive.importSeeds(order.map { pages[$0] })
            #expect(try archive.reader.faults() == [])
            dumps.insert(try archive.reader.dump())
            let posts = try archive.reader.allPosts()
            #expect(posts.count == 3 && posts.count { $0.parentID == nil } == 1)
        }
        #expect(dumps.count == 1)
    }

    /// The opening post was taken away between two savings of page 1, or stands last there: whichever saving comes first, in one run or
    /// in several, the post with the smallest number opens the topic.
    @Test(arguments: [
        ("phpbb-subsilver2.html", "<table class=\"tablebg\"", "./viewtopic.php?f=3&amp;t=640"),
        ("vbulletin3.html", "<table id=\"post", "elsewhere.php"),
        ("xenforo2.html", "<article class=\"message message--post", "/threads/tins.9/"),
        ("smf.html", "<div class=\"windowbg\">", "elsewhere.php"),
    ])
    func savingsOfPageOneThatDifferAreOneArchive(name: String, mark: String, link: String) throws {
        let seed = Seed.named("html/\(name)")
        var parts = String(decoding: seed.bytes, as: UTF8.self).components(separatedBy: mark)
        let start = parts.removeFirst()
        let posts = parts.map { mark + $0 }
        // Page 1 as it was, page 1 once its first post was gone, page 2; saved in this order where that is known.
        func pages(areDated: Bool) -> [Seed] {
            [[0, 1], [1], [2]].enumerated().map { number, shown in
                let date = areDated ? "<!-- FILE ARCHIVED ON 10:00:00 Mar 0\(number + 1), 2024 AND KEPT -->" : ""
                let pager = shown[0] < 2 ? "" : "<div><a href=\"\(link)\">1</a> 2</div>"
                return seed.with(Array((start + date + pager + shown.map { posts[$0] }.joined() + "</body></html>").utf8))
            }
        }
        for areDated in [false, true] {
            let pages = pages(areDated: areDated)
            var dumps: Set<[String]> = []
            for (number, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].enumerated() {
                for runs in [[order], order.map { [$0] }] {
                    let archive = try Archive(path: folder.file("\(name)\(number)-\(runs.count)\(areDated).sqlite"))
                    for run in runs { try archive.importSeeds(run.map { pages[$0] }) }
                    #expect(try archive.reader.faults() == [])
                    let posts = try archive.reader.allPosts().sorted { $0.sourceKey ?? "" < $1.sourceKey ?? "" }
                    #expect(posts.count == 3 && posts[0].parentID == nil, "\(order)")
                    #expect(posts.dropFirst().allSatisfy { $0.parentID == posts[0].id }, "\(order)")
                    // What runs one after the other tell without dates holds as the last one tells it.
                    if areDated || runs.count == 1 { dumps.insert(try archive.reader.dump()) }
                }
            }
            #expect(dumps.count == 1)
        }
    }

    // MARK: Pages without an address

    private func seed(_ name: String, replacing old: String = "", with new: String = "") -> [UInt8] {
        Array(String(decoding: Seed.named("html/\(name)").bytes, as: UTF8.self).replacing(old, with: new).utf8)
    }

    @Test func pagesOfOneNameInTwoFoldersAreTwo() throws {
        let archive = try Archive(path: folder.file("names.sqlite"))
        let importer = try #require(Importers.named("html"))
        let other = seed("repeated-blocks.html", replacing: "morning", with: "evening")
        for bytes in [seed("repeated-blocks.html"), other] {
            try archive.importInput(MemoryInput(name: "index.html", bytes: bytes), with: importer)
        }
        let posts = try archive.reader.allPosts()
        #expect(posts.count == 6 && Set(posts.map(\.threadID)).count == 2)
    }

    @Test(arguments: ["repeated-blocks.html", "bare-text.html"])
    func aPageByTwoPathsIsOne(name: String) throws {
        let archive = try Archive(path: folder.file("paths.sqlite"))
        let importer = try #require(Importers.named("html"))
        try archive.importInput(MemoryInput(name: "a.html", bytes: seed(name), key: "a/x.html"), with: importer)
        let before = try archive.reader.dump()
        let report = try archive.importInput(
            MemoryInput(name: "b.html", bytes: seed(name), key: "b/y.html"), with: importer, again: true)
        #expect(report.added == 0)
        #expect(try archive.reader.dump() == before)
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
