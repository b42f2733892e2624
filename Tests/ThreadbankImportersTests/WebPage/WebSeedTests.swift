// What must come out of each seed of a web page: who wrote what, when, and what it answers.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebSeedTests {
    /// One post as a line: key, author, date, what it answers and how, start of its text.
    private static func line(_ post: ImportedPost) -> String {
        var parent = "-"
        switch post.parent?.parent?.name {
        case .key(let name)?, .alias(let name)?: parent = "\(name) \(post.parent?.basis.rawValue ?? "")"
        case nil: break
        }
        let text = post.body?.split(separator: "\n").first.map { String($0.prefix(16)) } ?? post.state.rawValue
        return "\(post.key ?? "?") | \(post.author?.name ?? "?") | \(Timestamp.text(post.createdAt) ?? "?") | \(parent) | \(text)"
    }

    /// The name of the page that tells no address.
    private static let fog = "page:0e24957b9ff072baf5d1307baafabe3a"

    private static let expected: [(seed: String, source: String, posts: [String])] = [
        (
            "phpbb-prosilver.html", "phpbb/oventalk.example",
            [
                "5001 | Tilda | 2023-03-02T18:31:00Z | - | Wood pulp or **r",
                "5002 | old_oven | 2023-03-02T21:05:00Z | 5001 quote | > [Tilda](./memb",
                "5004 | Søren | 2023-03-03T07:12:00Z | 812#opening order | Rattan, and rice",
            ]
        ),
        (
            "phpbb-prosilver-2.html", "phpbb/oventalk.example",
            ["5009 | Tilda | 2023-03-04T10:00:00Z | 812#opening order | It dried. Thank "]
        ),
        (
            "phpbb-subsilver2.html", "phpbb/oventalk.example",
            [
                "4100 | Ada | 2011-02-13T16:20:00Z | - | How do you get s",
                "4101 | old_oven | 2011-02-13T17:02:00Z | 640#opening order | A pan of stones,",
                "4104 | Ada | 2011-02-14T08:45:00Z | 640#opening order | It works. The cr",
            ]
        ),
        (
            "phpbb2-subsilver.html", "phpbb/mill board",
            [
                "901 | miller | 2004-06-08T06:31:00Z | - | Which mill grind",
                "902 | Quern | 2004-06-08T09:22:00Z | 77#opening order | Steel. My table:",
                "905 | miller | 2004-06-09T19:00:00Z | 77#opening order | Then steel it is",
            ]
        ),
        (
            "vbulletin3.html", "vbulletin/crumbboard.example",
            [
                "20110 | Grist | 2009-05-06T01:07:00Z | - | Does salt slow t",
                "20111 | Levain | 2009-05-06T09:40:00Z | 20110 quote | > Originally Pos",
                "20115 | Grist | 2009-05-13T12:30:00Z | 3311#opening order | An hour it is.",
            ]
        ),
        (
            "vbulletin4.html", "vbulletin/crumbboard.example",
            [
                "30001 | Levain | 2012-02-21T10:15:00Z | - | The bottom burns",
                "30002 | Grist | 2012-02-21T11:00:00Z | 4400#opening order | Two trays, one u",
            ]
        ),
        (
            "xenforo2.html", "xenforo/yard.example",
            [
                "118 | Petra | 2022-11-05T07:00:00Z | - | Steel or glass f",
                "119 | Yeasty | 2022-11-05T08:30:00Z | 118 quote | > Steel or glass",
                "125 | Petra | 2022-11-06T19:15:00Z | 9#opening order | Steel then, than",
            ]
        ),
        (
            "xenforo1.html", "xenforo/yard.example",
            [
                "51 | Yeasty | 2012-10-01T08:26:40Z | - | Wood or metal fo",
                "52 | Petra | 2012-10-01T09:26:40Z | https://yard.example/threads/peels.4#opening order | Wood to load, me",
            ]
        ),
        (
            "smf.html", "smf/rolls.example",
            [
                "700 | Dinkel | 2010-01-02T10:11:12Z | - | How much malt fo",
                "701 | Emmer | 2010-01-02T11:30:00Z | 55#opening order | Ten grams, no mo",
                "704 | Dinkel | 2010-01-03T00:05:01Z | 55#opening order | Ten were plenty.",
            ]
        ),
        (
            "drupal.html", "drupal/kiln.example",
            [
                "n2095 | Clay | 2013-03-05T10:18:00Z | - | Which bricks sta",
                "c310 | Mortar | 2013-03-05T10:30:00Z | n2095 native | Fire bricks, wit",
                "c312 | Clay | 2013-03-05T11:18:00Z | c310 native | Not cement?",
                "c315 | Mortar | 2013-03-06T07:10:00Z | c312 native | Cement cracks.",
                "c313 | passer-by | 2013-03-05T18:00:00Z | n2095 native | Old roof tiles d",
            ]
        ),
        (
            "discourse-crawler.html", "discourse/bread.example",
            [
                "42#1 | Anna | 2024-03-01T08:58:10Z | - | Which flour do y",
                "42#2 | ben_b | 2024-03-01T10:30:05Z | 42#1 order | Rye. It never fa",
                "42#6 | gwen | 2024-03-05T12:00:00Z | 42#1 order | Whole wheat did ",
            ]
        ),
        (
            "discourse-application.html", "discourse/bread.example",
            [
                "401 | gwen | 2024-03-05T14:46:40Z | - | Twelve degrees i",
                "402 | ben_b | 2024-03-05T15:46:40Z | 401 order | Slowly, yes. Giv",
                "405 | Anna | 2024-03-05T16:46:40Z | 402 quote | > Give it a nigh",
            ]
        ),
        (
            "old-reddit.html", "reddit/",
            [
                "t3_u4kq01 | rye_and_shine | 2022-04-15T05:20:00Z | - | It rises & then ",
                "t1_i4a001 | crumb_reader | 2022-04-15T05:30:00Z | t3_u4kq01 native | Overproofed. See",
                "t1_i4a002 | rye_and_shine | 2022-04-15T05:40:00Z | t1_i4a001 native | > Overproofed",
                "t1_i4a090 | late_loaf | 2022-04-16T05:30:00Z | t3_u4kq01 native | Colder water hel",
                "t1_i4a091 | ? | 2022-04-16T06:30:00Z | t1_i4a090 native | removed",
            ]
        ),
        (
            "new-reddit.html", "reddit/",
            [
                "t3_u9flat | late_loaf | 2024-05-01T09:00:00Z | - | Woven from willo",
                "t1_l2c001 | crumb_reader | 2024-05-01T10:00:00Z | t3_u9flat native | Did you boil the",
                "t1_l2c002 | late_loaf | 2024-05-01T10:30:00Z | t1_l2c001 native | An hour, yes.",
            ]
        ),
        (
            "lemmy.html", "activitypub/",
            [
                "lemmy.example/post/960 | fern | 2023-10-10T07:00:00Z | - | What do you cove",
                "https://lemmy.example/comment/961 | sorrel | 2023-10-10T08:00:00Z | lemmy.example/post/960 native | Fleece, two laye",
                "https://lemmy.example/comment/963 | fern | 2023-10-10T09:15:00Z | https://lemmy.example/comment/961 native | Does the rain ge",
                "https://lemmy.example/comment/962 | dill | 2023-10-10T08:30:00Z | lemmy.example/post/960 native | Nothing. Leeks b",
            ]
        ),
        (
            "hackernews.html", "hackernews/",
            [
                "9000001 | marlow | 2023-11-14T22:13:20Z | - | present",
                "9000002 | quill | 2023-11-14T22:23:20Z | 9000001 native | Lovely. How do y",
                "9000004 | marlow | 2023-11-14T22:33:20Z | 9000002 native | Both of you are ",
                "9000007 | teasel | 2023-11-14T23:00:00Z | 9000004 native | Seldom said here",
            ]
        ),
        (
            "stackexchange.html", "stackexchange/oven.example",
            [
                "p31 | Bo | 2022-06-01T09:00:00Z | - | Egg and milk, an",
                "c41 | Ida | 2022-06-01T09:10:00Z | p31 native | How cold is the ",
                "p32 | Ida | 2022-06-01T10:00:00Z | p31 native | Brush it *twice*",
                "c42 | Bo | 2022-06-01T12:00:00Z | p32 native | Twice works.",
                "p35 | Jo | 2022-06-03T10:00:00Z | p31 native | Leave out the mi",
            ]
        ),
        (
            "pipermail.html", "mail/",
            ["flour-1@bakers.example | Ann Baker | 2024-03-04T09:12:40Z | - | Hello all,"]
        ),
        (
            "hypermail.html", "mail/",
            ["stones-2@mill.example | Jost | 2021-02-03T08:00:00Z | stones-1@mill.example header | Dress them every"]
        ),
        (
            "mhonarc.html", "mail/",
            ["stones-3@mill.example | Leena | 2021-02-03T09:30:00Z | stones-2@mill.example header | > never wet"]
        ),
        (
            "public-inbox-message.html", "mail/",
            ["stones-3@mill.example | Leena | 2021-02-03T09:30:12Z | stones-2@mill.example header | > never wet"]
        ),
        (
            "public-inbox-thread.html", "mail/",
            [
                "stones-1@mill.example | Maren | 2021-02-02T19:40:00Z | - | Who dresses ston",
                "stones-2@mill.example | Jost | 2021-02-03T08:00:00Z | stones-1@mill.example indent | On Tue, Maren wr",
                "stones-3@mill.example | Leena | 2021-02-03T09:30:00Z | stones-2@mill.example indent | > never wet",
                "furrows/5@mill.example | Maren | 2021-02-04T11:00:00Z | lost-4@mill.example indent | That is how mine",
            ]
        ),
        (
            "hyperkitty.html", "mail/",
            [
                "seals-1@kiln.example | Ember | 2024-05-06T05:41:00Z | - | Which rope seals",
                "seals-2@ash.example | Ash | 2024-05-06T12:00:00Z | seals-1@kiln.example indent | Glass fibre. Emb",
                "seals-3@kiln.example | Ember | 2024-05-06T23:05:00Z | seals-2@ash.example indent | Glass it is.",
                "seals-4@grate.example | cinder@grate.example | 2024-05-07T06:00:00Z | seals-3@kiln.example indent | What glue holds ",
                "message-id-hash:\(String(repeating: "E", count: 32)) | Vane | 2024-05-08T00:00:00Z | seals-1@kiln.example indent | Clay and ash, as",
            ]
        ),
        (
            "microdata.html", "html/crumb.example",
            [
                "https://crumb.example/topics/7#topic-7 | Runa | 2023-09-01T12:00:00Z | - | Razor or knife?",
                "https://crumb.example/topics/7#c71 | Otto | 2023-09-01T13:00:00Z | https://crumb.example/topics/7#opening order | A razor, **alway",
                "https://crumb.example/topics/7#c72 | Runa | 2023-09-01T14:00:00Z | https://crumb.example/topics/7#c71 native | How often is it ",
            ]
        ),
        (
            "rdfa.html", "html/crumb.example",
            [
                "https://crumb.example/questions/8#question-8 | Otto | 2023-07-01T08:00:00Z | - | My rye bread tur",
                "https://crumb.example/questions/8#answer-81 | Runa | 2023-07-01T09:00:00Z | https://crumb.example/questions/8#question-8 native | Less starter, co",
            ]
        ),
        (
            "json-ld.html", "html/hive.example",
            [
                "https://hive.example/t/33 | Wax | 2024-01-10T10:00:00Z | - | It is not in the",
                "https://hive.example/t/33#r1 | Comb | 2024-01-10T11:00:00Z | https://hive.example/t/33#opening order | It went into the",
                "https://hive.example/t/33#r2 | Wax | 2024-01-10T12:00:00Z | https://hive.example/t/33#r1 native | Ah.",
            ]
        ),
        (
            "json-ld-questions.html", "html/hive.example",
            [
                "https://hive.example/q/5 | Comb | 2024-02-01T08:00:00Z | - | And does it rise",
                "https://hive.example/q/5#a51 | Wax | 2024-02-01T09:00:00Z | https://hive.example/q/5 native | It does, in a da",
                "https://hive.example/q/5#a52 | Sting | 2024-02-02T09:00:00Z | https://hive.example/q/5 native | Mine never did.",
            ]
        ),
        (
            "repeated-blocks.html", "html/bakehouse notes",
            [
                "\(fog)#note14 | Stoker | 2019-10-02T06:10:00Z | - | Every morning th",
                "\(fog)#note15 | Vane | 2019-10-02T07:45:00Z | \(fog)#opening order | Open the upper o",
                "\(fog)#note19 | Stoker | 2019-10-05T05:59:00Z | \(fog)#opening order | It is better now",
            ]
        ),
        (
            "couche.mhtml", "phpbb/oventalk.example",
            [
                "6001 | Tilda | 2023-03-02T18:31:00Z | - | Wood pulp or **r",
                "6002 | old_oven | 2023-03-02T21:05:00Z | 6001 quote | > [Tilda](./memb",
                "6004 | Søren | 2023-03-03T07:12:00Z | 813#opening order | Rattan, and rice",
            ]
        ),
        (
            "crawl.warc", "html/notes.example",
            [
                "https://notes.example/slow-ovens#note61 | Ember | 2023-05-01T07:00:00Z | - | My oven takes an",
                "https://notes.example/slow-ovens#note62 | Ash | 2023-05-01T08:00:00Z | https://notes.example/slow-ovens#opening order | Put the stone in",
                "https://notes.example/seals#note71 | Ember | 2023-04-30T23:00:00Z | - | It was the seal ",
                "https://notes.example/seals#note72 | Cinder | 2023-05-01T07:00:00Z | https://notes.example/seals#opening order | Seals cost next ",
            ]
        ),
    ]

    @Test(arguments: expected.map(\.seed)) func everyPostIsAsThePageSays(name: String) throws {
        let expected = try #require(Self.expected.first { $0.seed == name })
        let (sink, failure) = try Seed.named("html/\(name)").read()
        #expect(failure == nil && sink.rejected.isEmpty)
        #expect(sink.posts.map(Self.line) == expected.posts)
        for post in sink.posts { #expect("\(post.source.kind)/\(post.source.name)" == expected.source) }
    }

    @Test func everySeedHasItsExpectation() {
        let read = Set(Self.expected.map(\.seed)).union(["bare-text.html"])
        #expect(Set(Seed.of("html").map(\.fileName)) == read)
    }

    @Test func aPageOfBareTextIsReadAsCopiedText() throws {
        let posts = try Seed.named("html/bare-text.html").read().sink.posts
        #expect(posts.map { $0.author?.name } == [nil, "mill_hand", "tamis", "mill_hand"])
        #expect(posts.map(\.source.kind) == ["text", "text", "text", "text"])
        #expect(posts[0].state == .missing)
    }

    @Test func whatThePageTellsBesideIsKept() throws {
        let question = try #require(try Seed.named("html/stackexchange.html").read().sink.post("p31"))
        #expect(question.links.map(\.kind) == ["accepted"] && question.links.first?.target == PostReference(.key("p32")))
        #expect(question.score == 4 && question.author?.key == "11" && question.title == "Why does the glaze run?")
        let story = try #require(try Seed.named("html/hackernews.html").read().sink.post("9000001"))
        #expect(story.score == 91 && story.attachments.map(\.name) == ["https://tides.example/clock"])
        let edited = try #require(try Seed.named("html/xenforo2.html").read().sink.post("119"))
        #expect(edited.editedAt == Timestamp.parse("2022-11-05T09:00:00Z"))
        let quoting = try #require(try Seed.named("html/discourse-application.html").read().sink.post("405"))
        #expect(quoting.links.map(\.target) == [PostReference(.alias("57#2"))])
        let tool = try #require(try Seed.named("html/phpbb-prosilver.html").read().sink.post("5002"))
        #expect(tool.forum?.name == "Tools" && tool.title == nil && tool.thread?.title == "Proofing baskets")
        #expect(tool.url == "https://oventalk.example/viewtopic.php?t=812#p5002")
    }

    /// A page of a thread tells less than the mail's own: the minute, a name without an address. It may tell of mails that it does not have.
    @Test func whatAnArchivesThreadTellsBesideIsKept() throws {
        let posts = try Seed.named("html/public-inbox-thread.html").read().sink.posts
        let furrows = try #require(posts.last)
        #expect(furrows.ancestors == [PostReference(.key("stones-1@mill.example"))])
        #expect(furrows.attachments == [Attachment(name: "furrows.txt", type: "text/plain", size: 39)])
        #expect(furrows.body == "That is how mine are cut. A drawing is with this mail." && furrows.markup == .plain)
        #expect(posts.allSatisfy { $0.inferences.map(\.basis) == ["minute"] && $0.author?.key == $0.author?.name.lowercased() })
        #expect(posts[1].body?.contains("dressing?a=1&b=2") == true && posts[0].body?.contains("\"French\" ones & new") == true)
        let seals = try Seed.named("html/hyperkitty.html").read().sink.posts
        #expect(seals.map(\.forum?.key) == Array(repeating: "oven.lists.example.org", count: 5))
        #expect(
            seals[0].attachments.map(\.name) == ["door.png"] && seals[0].title == "Door seals"
                && seals[3].title == "Glue for seals")
        #expect(seals[1].body?.contains("> for good?") == true && seals[1].body?.contains("...") == false)
    }

    /// "3 hours ago" is a date only where it is known when the page was fetched, and then said to be inferred.
    @Test func anAgeIsADateOnlyOnAPageWhoseFetchingIsKnown() throws {
        let posts = try Seed.named("html/crawl.warc").read().sink.posts
        #expect(posts.map { $0.inferences.map(\.basis) } == [["age"], ["age"], [], []])
        #expect(posts.allSatisfy { $0.fetchedAt == Timestamp.parse("2023-05-01T10:00:00Z") })
    }
}
