// What pages state for machines, where it is not quite in order, and what `--source` and the way to a topic say of where it stands.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebStatedTests {
    private func read(_ html: String, sourceName: String? = nil) throws -> RecordingSink {
        let sink = RecordingSink()
        let input = MemoryInput(name: "page.html", bytes: Array(html.utf8), sourceName: sourceName)
        try #require(Importers.named("html")).read(input, into: sink)
        return sink
    }

    private func scripted(_ json: String) throws -> [ImportedPost] {
        try read("<html><head><title>Wax</title><script type=\"application/ld+json\">\(json)</script></head></html>").posts
    }

    private static let comments = (1...3).map {
        "{\"@type\": \"Comment\", \"url\": \"https://hive.example/t/1#c\($0)\", \"author\": {\"name\": \"Wax\"}, \"text\": \"It is number \($0).\"}"
    }

    private func topic(_ comments: [String], more: String = "") -> String {
        """
        {"@context": "https://schema.org", "@type": "DiscussionForumPosting", "url": "https://hive.example/t/1", "headline": "Wax", \(more)
        "author": {"@type": "Person", "name": "Comb"}, "text": "Where is it?", "comment": [\(comments.joined(separator: ","))]}
        """
    }

    /// What is no JSON costs no more than the value in which it stands.
    @Test(arguments: [
        "\"upvoteCount\": NaN,", "\"image\": 'x',", ",,", "\"about\": \"a \"word\" here\",", "\"about\": \"two\nlines\",",
        "\"about\": ,",
        "/* a remark */", "\"about\": [1, 2,],", "\"about\": tru,",
    ])
    func aBadValueCostsNoOther(more: String) throws {
        let posts = try scripted(topic(Self.comments, more: more))
        #expect(posts.map { $0.author?.name } == ["Comb", "Wax", "Wax", "Wax"])
        #expect(posts.map(\.body) == ["Where is it?", "It is number 1.", "It is number 2.", "It is number 3."])
    }

    @Test func aTextThatIsCutOffGivesWhatStandsBefore() throws {
        let text = topic(Self.comments)
        for share in 6..<20 {
            let count = try scripted(String(text.prefix(text.count * share / 20))).count
            #expect(count <= 4)
        }
        #expect(try scripted(String(text.dropLast(20))).count == 4)
    }

    @Test(arguments: [600, 30_000]) func nestingCostsNothingBesideIt(depth: Int) throws {
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(try scripted(topic(Self.comments, more: "\"about\": \(deep),")).count == 4)
        // Answers in answers.
        var chain = ""
        for number in (1...600).reversed() {
            let below = chain.isEmpty ? "" : ", \"comment\": \(chain)"
            chain =
                "{\"@type\": \"Comment\", \"@id\": \"https://hive.example/c/\(number)\", \"author\": \"Wax\", \"text\": \"t\(number)\"\(below)}"
        }
        let posts = try scripted(topic([chain]))
        #expect(posts.count == 601)
        #expect(posts.last?.parent?.parent == PostReference(.key("https://hive.example/c/599")))
    }

    // MARK: Where it stands

    private func forum(_ above: String, in seed: String = "repeated-blocks.html") throws -> ForumReference? {
        let page = String(decoding: Seed.named("html/\(seed)").bytes, as: UTF8.self)
        return try read(page.replacing("<body>", with: "<body>\(above)")).posts.first?.forum
    }

    @Test(arguments: [
        "<nav class=\"breadcrumb\"><a href=\"/\">Home</a> <a href=\"/f/3\">Ovens</a></nav>",
        "<p class=\"breadcrumbs\"><a href=\"/\">Boards</a> / <a href=\"/f/3\">Ovens</a> / <a href=\"/t/9\">Windows fog up</a></p>",
        """
        <ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement"><a href="/"><span itemprop="name">Start</span>
        </a></li><li itemprop="itemListElement"><a href="/f/3"><span itemprop="name">Ovens</span></a></li></ol>
        """, "<meta property=\"article:section\" content=\"Ovens\">",
    ])
    func theWayToATopicNamesItsForum(above: String) throws {
        #expect(try forum(above) == ForumReference(key: "ovens", name: "Ovens"))
    }

    @Test func theWayToTheFrontPageNamesNone() throws {
        #expect(try forum("<nav class=\"breadcrumb\"><a href=\"/\">Home</a></nav>") == nil)
    }

    @Test func aCategoryOfDiscourseGoesByItsNumber() throws {
        let above = "<div itemtype=\"http://schema.org/BreadcrumbList\"><a href=\"/c/flour/7\"><span>Flour</span></a></div>"
        let forum = try forum(above, in: "discourse-crawler.html")
        #expect(forum?.key == "7" && forum?.name == "Flour")
    }

    /// Files of a folder are told their site, and stay pages of their own.
    @Test func aFolderOfPagesIsOfTheSiteThatIsSaid() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("pages")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let other = String(decoding: Seed.named("html/repeated-blocks.html").bytes, as: UTF8.self).replacing(
            "morning", with: "night")
        for (name, bytes) in [("a.html", Seed.named("html/repeated-blocks.html").bytes), ("b.html", Array(other.utf8))] {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }
        var posts: [ImportedPost] = []
        try InputFinder(sourceName: "bakehouse.example").forEachInput(at: path) { found in
            guard case .importer(let importer) = found.match else { return }
            let sink = RecordingSink()
            try importer.read(found.input, into: sink)
            posts += sink.posts
        }
        #expect(posts.count == 6 && Set(posts.map(\.source.name)) == ["bakehouse.example"])
        #expect(Set(posts.compactMap(\.thread?.key)).count == 2)
    }

    /// A mirror of a Discourse forum that has cut the addresses short.
    @Test func aDiscoursePageWithoutAnAddressIsOfWhoPublishedIt() throws {
        let page = String(decoding: Seed.named("html/discourse-crawler.html").bytes, as: UTF8.self)
            .replacing(/<link rel="canonical"[^>]*>/, with: "").replacing(/https?:\/\/bread\.example/, with: "")
            .replacing(/<title>[^<]*/, with: "<title>Flour - Starter - Bread Talk")
        #expect(Set(try read(page).posts.map(\.source.name)) == ["bread talk"])
        let named = try read(page, sourceName: "bread.example").posts
        #expect(Set(named.map(\.source.name)) == ["bread.example"])
    }
}
