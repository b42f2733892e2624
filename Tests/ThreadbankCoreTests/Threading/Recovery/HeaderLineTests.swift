// Header lines, and the pages that they cut into posts.

import Testing
import ThreadbankCore

@Suite struct HeaderLineTests {
    @Test(
        arguments: [
            ("marta 12 points 5 hours ago", "marta", 12), ("u/marta 1 point 2 years ago", "marta", 1),
            ("[–]marta -3 points 1 day ago", "marta", -3), ("Old Kiln · 3 hours ago", "Old Kiln", nil),
            ("marta 3 hours ago", "marta", nil),
            ("marta • 3h", "marta", nil), ("marta@clay.example · 2 years ago", "marta@clay.example", nil),
            ("marta 4 hours ago | parent | next [–]", "marta", nil), ("Posted by u/marta 3 hours ago", "marta", nil),
            ("submitted 3 hours ago by marta", "marta", nil), ("Marta wrote:", "Marta", nil),
            ("Марта · 3 часа назад", "Марта", nil),
            ("On Tue, Mar 3, 2015 at 5:12 PM, Marta Krug <marta@clay.example> wrote:", "Marta Krug", nil),
            ("by marta » Tue Mar 03, 2015 5:12 pm", "marta", nil),
            ("## Post #3 by @marta (2019-11-12 18:12 UTC)", "marta", nil), ("### Old Kiln · 3 hours ago", "Old Kiln", nil),
        ] as [(String, String, Int64?)])
    func headersAreRead(_ line: String, _ author: String, _ score: Int64?) throws {
        let header = try #require(HeaderLine(line))
        #expect(header.author == author)
        #expect(header.score == score)
    }

    @Test(arguments: [
        "I was there 3 hours ago", "It started 2 years ago", "posted 3 hours ago", "We met a year ago", "As he wrote:", "Reply",
        "12 points",
        "The war ended 80 years ago.", "3 hours ago", "In 2015 it was worse", "deleted by creator", "He said:", "",
        "They moved here, as you know, in March 2015", "date: 2019-11-12", "**Date**: 2019-11-12", "# What happened in 2019",
    ])
    func sentencesAreNoHeaders(_ line: String) { #expect(HeaderLine(line) == nil) }

    @Test func anAgeIsNoDateButADateIs() throws {
        #expect(try #require(HeaderLine("marta 3 hours ago")).createdAt == nil)
        #expect(try #require(HeaderLine("marta · 2023-08-01T23:35:34Z")).createdAt == 1_690_932_934)
        #expect(try #require(HeaderLine("marta · 2023-08-02 01:35:34 +0200")).createdAt == 1_690_932_934)
        #expect(try #require(HeaderLine("by marta » Tue Mar 03, 2015 5:12 pm")).createdAt == 1_425_402_720)
        #expect(try #require(HeaderLine("marta · 2023-08-01")).createdAt == nil)
    }

    @Test func headersCutThePageAndChromeIsLeftOut() {
        let page = PageRecovery.recover(lines: [
            "marta 3 points 5 hours ago", "Blue clay is by the river.", "It is wet.", "Reply", "[deleted] 1 points 4 hours ago",
            "[deleted]",
            "Reply", "jo 2 points 4 hours ago", "Where exactly?", "Reply", "Share", "marta 1 points 2 hours ago",
            "Behind the mill.", "Reply",
        ])
        #expect(
            page.posts.map(\.body) == ["Blue clay is by the river.\n\nIt is wet.", nil, "Where exactly?", "Behind the mill."])
        #expect(page.posts.map(\.author?.name) == ["marta", nil, "jo", "marta"])
        #expect(page.posts.map(\.score) == [3, 1, 2, 1])
        #expect(page.posts.map(\.state) == [.present, .deleted, .present, .present])
        #expect(page.posts[3].parent.index == 2)
        #expect(page.furniture.filter { $0.kind == .chrome }.map(\.line) == [4, 7, 10, 11, 14])
        #expect(page.opensMissing)
    }

    @Test func aTopicAsMarkdownIsCutAtItsHeadings() throws {
        let page = PageRecovery.recover(lines: [
            "---", "topic_id: 7", "date: 2019-11-12", "---", "", "# Blue clay", "", "**Date**: 2019-11-12", "", "---", "",
            "## Post #1 by @marta (2019-11-12 15:33 UTC)", "", "Where is blue clay?", "", "---", "",
            "## Post #2 by @jo (2019-11-12 18:12 UTC)", "", "By the river.", "---", "It is wet.",
        ])
        #expect(page.posts.map(\.author?.name) == [nil, "marta", "jo"])
        #expect(page.posts.last?.createdAt == 1_573_582_320)
        #expect(page.posts[1].body == "Where is blue clay?")
        #expect(try #require(page.posts.last?.body).hasSuffix("It is wet."))
        #expect(page.posts.last?.parent.index == 1)
    }

    @Test func aButtonWordIsTextWhereThePageHasNoHeaders() {
        #expect(PageRecovery.recover(lines: ["Reply"]).posts.map(\.body) == ["Reply"])
    }

    @Test func anAttributionStaysWithItsQuotation() {
        let page = PageRecovery.recover(lines: [
            "Ann wrote:", "The kiln is cold today.", "Bob wrote:", "Ann wrote:", "> The kiln is cold today.", "Light it then.",
        ])
        #expect(page.posts.map(\.author?.name) == ["Ann", "Bob"])
        #expect(page.posts[1].parent.index == 0)
        #expect(page.posts[1].parent.basis == .quote)
    }

    @Test func aSentenceThatEndsInWroteIsNoHeader() {
        let page = PageRecovery.recover(lines: [
            "A long introduction comes first.", "Goethe wrote:", "Grey is all theory.", "And so on.",
        ])
        #expect(page.posts.allSatisfy { $0.author == nil })
    }
}
