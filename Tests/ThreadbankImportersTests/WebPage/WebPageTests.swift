// Pages as they come: cut, wrong, huge, of other charsets, and none of a discussion.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebPageTests {
    @discardableResult
    private func read(_ html: String, name: String = "page.html", key: String? = nil) throws -> RecordingSink {
        try read(Array(html.utf8), name: name, key: key)
    }

    private func read(_ bytes: [UInt8], name: String = "page.html", key: String? = nil) throws -> RecordingSink {
        let sink = RecordingSink()
        try #require(Importers.named("html")).read(MemoryInput(name: name, bytes: bytes, key: key), into: sink)
        return sink
    }

    private func seed(_ name: String) -> String { String(decoding: Seed.named("html/\(name)").bytes, as: UTF8.self) }

    // MARK: Links to people

    /// Where the line of the date names the author, no link of the text is taken for his.
    @Test(arguments: ["/~ada/logo.png", "/users/tool", "/u/ada", "https://loaf.example/@ada", "/profile/ada"])
    func aLinkToSomebodyInATextStaysInIt(address: String) throws {
        let posts = (1...4).map { number in
            """
            <div class="entry"><h4>#\(number) - ada\(number) - Wed Apr \(number), 2004 10:0\(number) am</h4>
            <p>one</p><p>My logo is <a href="\(address)">really similar</a> to it.</p><p>three</p></div>
            """
        }
        let sink = try read("<html><head><title>Logos - Loaf forum</title></head><body>\(posts.joined())</body></html>")
        #expect(sink.posts.map { $0.author?.name } == ["ada1", "ada2", "ada3", "ada4"])
        for post in sink.posts {
            let body = post.body ?? ""
            #expect(["one", "My logo is", "really similar", "to it.", "three"].allSatisfy(body.contains), "\(body)")
        }
    }

    // MARK: No discussion

    @Test(arguments: [
        (
            "<html><head><title>Sign in - Oven Talk</title></head><body><form><input name=u><input type=password></form></body></html>",
            "password"
        ),
        ("<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1><p>No such loaf.</p>", "fault"),
        (
            "<html><head><title>How we bake</title></head><body><article><p>We bake slowly, and at night.</p></article></body></html>",
            "nothing"
        ),
        ("<html><body><div class='post-list'></div></body></html>", "nothing"),
    ])
    func aPageThatIsNoDiscussionIsRejectedInOneLine(html: String, word: String) throws {
        let sink = try read(html)
        #expect(sink.posts.isEmpty && sink.rejected.count == 1)
        #expect(sink.rejected[0].description.contains(word) && !sink.rejected[0].description.contains("\n"))
    }

    @Test func anArticleWithoutCommentsIsNoDiscussion() throws {
        let sink = try read(
            """
            <html><body><article itemscope itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">Slow</h1>
            <span itemprop="author">Ada</span><time itemprop="datePublished" datetime="2023-01-01T00:00:00Z"></time>
            <div itemprop="articleBody">We bake slowly.</div></article></body></html>
            """)
        #expect(sink.posts.isEmpty && sink.rejected.count == 1)
    }

    @Test(arguments: [
        ("<!doctype html><p>x", true), ("<HTML><BODY>x", true), ("<!-- saved -->\n<html>", true),
        ("<?xml version=\"1.0\"?><!DOCTYPE html>", true),
        ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", false), ("<posts><row Id=\"1\" /></posts>", false),
        ("{\"a\": \"<html>\"}", false),
        ("<name> hi there", false), ("WARC/1.0\r\nWARC-Type: warcinfo\r\n", true), ("WARC is an acronym", false),
    ])
    func pagesAreToldByTheirStart(start: String, isPage: Bool) throws {
        let probe = InputProbe(fileName: "x", head: Array(start.utf8), isNamed: false)
        #expect((Importers.recognising(probe)?.name == "html") == isPage)
    }

    // MARK: Addresses and pages

    @Test func whatABrowserWroteIntoThePageIsItsAddress() throws {
        let page = seed("xenforo1.html").replacing(
            "<link rel=\"canonical\" href=\"https://yard.example/threads/peels.4/\">", with: "")
        let saved = page.replacing("<html", with: "<!-- saved from url=(0038)https://yard.example/threads/peels.4/ -->\n<html")
        #expect(try read(saved).posts == read(seed("xenforo1.html")).posts)
        let wayback = page.replacing(
            "<head>",
            with:
                "<head><link rel=\"canonical\" href=\"https://web.archive.org/web/20200101000000/https://www.yard.example/threads/peels.4/\">"
        )
        #expect(try read(wayback).posts == read(seed("xenforo1.html")).posts)
    }

    /// Without an address numbers of posts hold for their page alone: two forums must not be mixed.
    @Test func withoutAnyNameOfASiteNumbersAreThePages() throws {
        let page = seed("vbulletin4.html").replacing(" - Crumb Board", with: "")
            .replacing("<link rel=\"canonical\" href=\"http://www.crumbboard.example/showthread.php?t=4400\">", with: "")
        let keys = try read(page).posts.compactMap(\.key)
        #expect(keys.count == 2 && keys[0].hasPrefix("page:") && keys[0].hasSuffix("#30001") && keys[1].hasSuffix("#30002"))
        let other = try read(page.replacing("burns", with: "turns black")).posts.compactMap(\.key)
        #expect(Set(keys).isDisjoint(with: other))
    }

    @Test func postsWithoutIdsAreAPage() throws {
        let page = seed("repeated-blocks.html").replacing(#/ id="note\d+"/#, with: "")
        let sink = try read(page, key: "fog.html")
        #expect(sink.pages.count == 1 && sink.pages[0].count == 3)
        #expect(Set(sink.posts.compactMap(\.key)).count == 3)
        #expect(sink.posts.map { $0.author?.name } == ["Stoker", "Vane", "Stoker"])
    }

    // MARK: Dates

    private func dated(_ dates: [String], language: String = "") throws -> [Int64?] {
        let posts = dates.enumerated().map {
            "<div class='msg' id='m\($0 + 1)'><b class='author'>A\($0)</b> <i class='date'>\($1)</i><p>A text that is long enough to be one, number \($0).</p></div>"
        }
        return try read("<html lang='\(language)'><body>\(posts.joined())</body></html>").posts.map(\.createdAt)
    }

    @Test func numbersOfADateAreToldApartOrLeftAlone() throws {
        let second = Timestamp.parse("2013-04-02T10:00:00Z")
        #expect(try dated(["02/04/2013 10:00", "25/04/2013 10:00"])[0] == second)
        #expect(try dated(["04/02/2013 10:00", "04/25/2013 10:00"])[0] == second)
        // A weekday, and the order of the page.
        #expect(try dated(["Tue, 02/04/2013 10:00", "Tue, 02/04/2013 11:00"])[0] == second)
        #expect(try dated(["02/04/2013 10:00", "01/05/2013 10:00"])[0] == second)
        #expect(try dated(["02/04/2013 10:00", "02/04/2013 10:00"], language: "en-GB")[0] == second)
        #expect(try dated(["02/04/2013 10:00", "02/04/2013 10:00"]) == [nil, nil])
    }

    @Test func agesAreNoDates() throws {
        #expect(try dated(["3 hours ago", "2 hours ago"]) == [nil, nil])
    }

    @Test(arguments: [
        ("Thu Jun 08, 2006 6:31 am", "2006-06-08T06:31:00Z"), ("21st February 2012, 10:15", "2012-02-21T10:15:00Z"),
        ("8. Juni 2006 18:05", "2006-06-08T18:05:00Z"), ("2006-06-08 06:31:10 UTC", "2006-06-08T06:31:10Z"),
        ("January 02, 2010, 12:11:12 AM", "2010-01-02T00:11:12Z"), ("8.6.2006 06:31", "2006-06-08T06:31:00Z"),
        ("Thu, 8 Jun 2006 06:31:00 +0200", "2006-06-08T04:31:00Z"), ("Jun 8, 2006 at 6:31 PM", "2006-06-08T18:31:00Z"),
    ])
    func datesAreReadAsPeopleWriteThem(text: String, expected: String) throws {
        #expect(try dated([text, text])[0] == Timestamp.parse(expected))
    }

    // MARK: Charsets

    @Test func charsetsAreBelievedWhereTheyCanBe() throws {
        let page = seed("phpbb-prosilver.html")
        let expected = try read(page).posts.map { $0.author?.name }
        #expect(expected.contains("Søren"))
        let latin = page.replacing("utf-8", with: "iso-8859-1").unicodeScalars.map {
            $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?")
        }
        #expect(try read(latin).posts.map { $0.author?.name } == expected)
        let silent = page.replacing("<meta charset=\"utf-8\">", with: "").unicodeScalars.map {
            $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?")
        }
        #expect(try read(silent).posts.map { $0.author?.name } == expected)
        let wide: [UInt8] = [0xFF, 0xFE] + page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try read(wide).posts.map { $0.author?.name } == expected)
    }

    // MARK: Broken pages

    @Test func aCutPageKeepsWhatStandsBefore() throws {
        for name in ["phpbb-prosilver.html", "hackernews.html", "old-reddit.html", "discourse-crawler.html", "drupal.html"] {
            let bytes = Seed.named("html/\(name)").bytes
            let whole = try read(bytes).posts.count
            for share in 1..<10 {
                let cut = try read(Array(bytes.prefix(bytes.count * share / 10)))
                #expect(cut.posts.count <= whole + 1)
            }
        }
    }

    @Test func whatNoBrowserWouldShowNeitherTrapsNorTakesLong() throws {
        let post =
            "<div class=\"post\" id=\"p1\"><p class=\"author\">by <strong>A</strong> » Thu Mar 02, 2023 6:31 pm</p><div class=\"content\">x"
        let pages = [
            String(repeating: "<div>", count: 10000),
            String(repeating: "<b><i>", count: 5000) + String(repeating: "</b>", count: 5000),
            String(
                repeating: "<div class='post' id='p1'><b class=author>A</b><i>2020-01-01 10:00</i>text and more text",
                count: 2000),
            String(repeating: post, count: 150), String(repeating: "<ul><li>", count: 5000),
            String(repeating: "<p", count: 10000),
            String(repeating: "<a href=\"", count: 3000), String(repeating: "<!--", count: 5000),
            String(repeating: "\0", count: 20000),
            String(repeating: "<li class='comment'><article id='comment-1'></article>", count: 2000),
            "<script type='application/ld+json'>" + String(repeating: "[", count: 10000),
            "<div " + String(repeating: "a=b ", count: 10000) + ">", String(repeating: "&#", count: 10000),
            "<title>" + String(repeating: "<", count: 10000),
        ]
        for page in pages { try read("<html><body>" + page) }
    }

    // MARK: Files of many pages

    private func record(_ block: String, type: String = "response", uri: String = "https://notes.example/x") -> String {
        "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(uri)\r\nWARC-Date: 2023-05-01T10:00:00Z\r\n"
            + "Content-Type: application/http; msgtype=response\r\nContent-Length: \(block.utf8.count)\r\n\r\n\(block)\r\n\r\n"
    }

    @Test func aBrokenRecordLosesNoOther() throws {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + seed("repeated-blocks.html")
        let odd = record("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\u{1}\u{2}")
        let sink = try read(record("no response") + odd + record(page), name: "crawl.warc")
        #expect(sink.posts.count == 3 && sink.rejected.count == 2)
        #expect(sink.rejected.map(\.place).first == .byte(0))
        let cut = try read(
            Array((record(page) + record(page, uri: "https://notes.example/y")).utf8.dropLast(120)), name: "crawl.warc")
        #expect(cut.posts.count >= 5 && cut.rejected.count == 1)
    }

    @Test func aPackedWarcIsReadMemberByMember() throws {
        let folder = try TemporaryFolder()
        let warc = folder.file("crawl.warc")
        try Data(Seed.named("html/crawl.warc").bytes).write(to: URL(fileURLWithPath: warc))
        let packed = folder.file("crawl.warc.gz")
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/bin/sh")
        gzip.arguments = ["-c", "head -c 1500 '\(warc)' | gzip > '\(packed)'; tail -c +1501 '\(warc)' | gzip >> '\(packed)'"]
        try gzip.run()
        gzip.waitUntilExit()
        var count = 0
        try InputFinder().forEachInput(at: packed) { found in
            guard case .importer(let importer) = found.match else { return }
            let sink = RecordingSink()
            try importer.read(found.input, into: sink)
            count = sink.posts.count
        }
        #expect(count == 4)
    }

    @Test func aMailWithAPictureIsNoSavedPage() throws {
        let mail = """
            From: Ann <ann@bakers.example>
            Subject: hello
            Message-ID: <x@bakers.example>
            MIME-Version: 1.0
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <p>hi</p>
            --b--

            """
        let probe = InputProbe(fileName: "a.eml", head: Array(mail.utf8), isNamed: true)
        #expect(Importers.recognising(probe)?.name == "eml")
    }
}
