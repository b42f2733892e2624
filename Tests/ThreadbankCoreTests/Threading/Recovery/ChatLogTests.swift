// Chat logs: which pages are logs, what a line says, and what a message answers.

import Testing

@testable import ThreadbankCore

@Suite struct ChatLineTests {
    @Test(arguments: [
        ("[12:34] <rowan> hello there", "rowan", "hello there", 45_240), ("12:34 <rowan> hello", "rowan", "hello", 45_240),
        ("12:34:56 <@rowan> hello", "rowan", "hello", 45_296), ("(01:02) < rowan> a <b> c", "rowan", "a <b> c", 3_720),
        ("[2009-02-23 10:00:01] <rowan> x", "rowan", "x", 36_001), ("2009-02-23T10:00 <rowan>\tx", "rowan", "x", 36_000),
        ("[00:00] <rowan>", "rowan", "", 0),
    ])
    func aMessageIsRead(_ line: String, _ speaker: String, _ text: String, _ time: Int) throws {
        let read = try #require(ChatLine(line + (line.hasSuffix(">") ? " " : "")))
        #expect(read.kind == .message(speaker: speaker, isAction: false))
        #expect((read.text, read.time) == (text, time))
    }

    @Test func anActionIsAMessage() throws {
        let read = try #require(ChatLine("[10:00]  * rowan gives linden a spoon"))
        #expect(read.kind == .message(speaker: "rowan", isAction: true))
        #expect(read.text == "gives linden a spoon")
    }

    @Test(arguments: [
        "=== rowan is now known as alder", "[10:00] === rowan has joined #oil", "10:00 -!- rowan [~r@host] has joined #oil",
        "[10:00] *** rowan quit", "[10:00] * rowan has quit (gone)", "10:00 --> rowan joined", "--- Day changed Mon Feb 23 2009",
    ])
    func whatTheChannelSaysIsANotice(_ line: String) { #expect(ChatLine(line)?.kind == .notice) }

    @Test(arguments: [
        "", "hello", "<rowan> hello", "12:34", "[12:34]", "[25:00] <rowan> x", "[12:60] <rowan> x", "12:34 o’clock it was",
        "[1] <a> b",
        "[12:34] <two words> x", "[12:34 <rowan> x", "12:34 <>",
    ])
    func otherLinesAreNone(_ line: String) { #expect(ChatLine(line) == nil) }

    @Test func aDayIsReadFromNamesAndNotices() {
        #expect(ChatStamp.day(inName: "logs/2009-02-23_10.raw.txt") == 1_235_347_200)
        #expect(ChatStamp.day(inName: "#oil-1970-01-02.log") == 86_400)
        for name in ["", "page.txt", "12009-02-23.txt", "2009-13-23.txt", "2009-02-233.txt"] {
            #expect(ChatStamp.day(inName: name) == nil, "\(name)")
        }
        #expect(ChatLine("--- Day changed Mon Feb 23 2009")?.day == 1_235_347_200)
    }
}

@Suite struct ChatRecoveryTests {
    private static let log = """
        === rowan has joined #oil
        [10:00] <rowan> which oil do you take for a wet chain?
        [10:00] <alder> linden: did the parcel with the brake pads arrive?
        [10:01] <linden> rowan: a thick one, and wipe off the rest
        [10:01] <linden> alder: yes, the brake pads came today
        [10:02] <rowan> linden: thanks, thick oil it is
        [10:02] * alder nods
        [10:03] <birch> hi, does anyone know how to true a wheel?
        """

    private func recover(_ text: String) -> RecoveredPage {
        PageRecovery.recover(lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    @Test func aMessageIsAPostOfItsSpeaker() {
        let page = recover(Self.log)
        #expect(page.isChat)
        #expect(!page.opensMissing)
        #expect(page.posts.map { $0.author?.name } == ["rowan", "alder", "linden", "linden", "rowan", "alder", "birch"])
        #expect(page.posts[5].body == "* alder nods")
        #expect(page.furniture.map(\.line) == [1])
        #expect(page.posts.allSatisfy { $0.createdAt == nil })
    }

    @Test func messagesAnswerThoseWhomTheyName() {
        let page = recover(Self.log)
        #expect(page.posts.map(\.parent.index)[0] == nil)
        #expect(page.posts.map(\.parent.index)[2...4] == [0, 1, 2])
        #expect(page.posts[2].parent.basis == .mention)
        #expect(page.posts[2].parent.evidence == "speaks to rowan, whose latest words these were")
        #expect(page.posts[6].parent.index == nil)
        for post in page.posts { #expect(post.parent.confidence > 0 && post.parent.confidence < 1) }
    }

    @Test func whatIsWrappedGoesOnWithTheMessage() {
        let page = recover(
            Self.log + "\nand that is all\n[10:04] <rowan> fine" + String(repeating: "\n[10:05] <rowan> ok", count: 4))
        #expect(page.posts[6].body == "hi, does anyone know how to true a wheel?\nand that is all")
        #expect(page.posts[6].lineNumbers == [8, 9])
    }

    @Test func theClockMayPassMidnight() throws {
        let lines = ["[23:59] <rowan> late", "[00:01] <linden> rowan: early", "[00:00] <rowan> clocks differ"]
        let posts = PageRecovery.recover(lines: lines, day: 86_400).posts
        #expect(posts.map(\.createdAt) == [86_400 + 86_340, 172_860, 172_800])
    }

    @Test func aPageWithSomeTimesInItIsNoLog() {
        for text in ["12:34 <rowan> hello", "we met\n12:30 <a> b\n12:31 <b> c\nand parted", "10:00 it began\n11:00 it ended"] {
            #expect(!recover(text).isChat, "\(text)")
        }
    }

    @Test func everyLineEndsInOnePlace() {
        let page = recover(Self.log + "\n\n\nstray\n=== linden has left\n")
        let places = page.posts.flatMap(\.lineNumbers) + page.furniture.map(\.line)
        #expect(places.sorted() == [1, 2, 3, 4, 5, 6, 7, 8, 11, 12])
    }

    /// A log is read in a time that grows with its length, whatever it says.
    @Test func aLongLogAnswersOnlyWhatStandsAbove() {
        let names = ["rowan", "linden", "alder", "the", "ok"]
        let lines = (0..<3_000).map { n in
            "[\(10 + n / 1_000):\(10 + n / 60 % 50)] <\(names[n % 5])> \(n % 3 == 0 ? "" : names[n * 7 % 5] + ": ")word\(n % 17) word\(n % 5)?"
        }
        let posts = PageRecovery.recover(lines: lines).posts
        #expect(posts.count == 3_000)
        for (index, post) in posts.enumerated() {
            if let parent = post.parent.index { #expect(parent < index && index - parent <= ChatFeatures.reach) }
        }
    }
}
