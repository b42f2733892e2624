// What recovery makes of small pages, one cue at a time.

import Testing
import ThreadbankCore

@Suite struct PageRecoveryTests {
    private func recover(_ text: String) -> RecoveredPage {
        PageRecovery.recover(lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    private let long = [
        "The kiln reaches its heat by noon, and the glaze is put on before the clay is dry.",
        "Nobody in the village remembers who built the second chimney, or what it was for.",
        "When the river froze, the potters carried their wares across the ice to the market.",
        "Salt thrown into the fire gives the orange skin that collectors pay so much for.",
        "My grandmother kept a jar of the old slip under the stairs until the flood came.",
        "The museum has three of these, all cracked, and labelled with the wrong century.",
    ]

    @Test func anEmptyPageHasNoPosts() {
        #expect(recover("").posts.isEmpty)
        #expect(recover("\n  \n\t\n").posts.isEmpty)
        #expect(!recover("\n").opensMissing)
    }

    @Test func aSingleLineIsOnePostWithoutAGhost() {
        let page = recover("Only this.")
        #expect(page.posts.map(\.body) == ["Only this."])
        #expect(!page.opensMissing)
    }

    @Test func wrappedLinesAreOneParagraph() {
        let page = recover(
            "The kiln reaches its heat\nby noon, and the glaze\nis put on.\n\nNobody remembers who\nbuilt it.\n\nThanks!\n")
        #expect(
            page.posts.map(\.body) == [
                "The kiln reaches its heat\nby noon, and the glaze\nis put on.", "Nobody remembers who\nbuilt it.", "Thanks!",
            ])
    }

    @Test func blankLinesBetweenAllLinesMakeNoDifference() {
        let plain = recover(long.joined(separator: "\n"))
        #expect(recover(long.joined(separator: "\n\n")).posts.map(\.body) == plain.posts.map(\.body))
    }

    // MARK: The repeated rendering

    @Test func aRepeatedRenderingIsMergedAndPartsThePosts() {
        // Post A is lines 0, 1, 2 (1 only in the first rendering), B stands between A and C in the second only.
        let first = [long[0], long[1], long[2], long[4]]
        let second = [long[0], long[2], long[3], long[4], long[5]]
        let page = recover((first + second).joined(separator: "\n"))
        #expect(page.posts.map(\.body) == ["\(long[0])\n\n\(long[1])\n\n\(long[2])", long[3], long[4], long[5]])
        #expect(page.posts.map(\.boundary?.basis) == [nil, "rendering", "rendering", "rendering"])
        #expect(page.posts[0].lineNumbers == [5, 2, 6])
        #expect(page.posts[0].repeatedLineNumbers == [1, 3])
    }

    @Test func aLinkThatOneRenderingJoinsStandsOnce() {
        let link = "https://example.org/clay"
        let first = [long[0], long[1], link, long[2], long[3]]
        let second = [long[0], "\(long[1]) \(link)", long[2], long[4], long[3], long[5]]
        let page = recover((first + second).joined(separator: "\n"))
        let text = page.posts.compactMap(\.body).joined(separator: "\n")
        #expect(text.ranges(of: link).count == 1)
        #expect(text.contains("\(long[1]) \(link)"))
    }

    @Test func paragraphsThatOneRenderingJoinsStayParagraphs() {
        let first = [long[0], long[1], long[2], long[3]]
        let second = ["\(long[0]) \(long[1])", long[2], long[4], long[3], long[5]]
        let page = recover((first + second).joined(separator: "\n"))
        #expect(page.posts[0].body == "\(long[0])\n\n\(long[1])\n\n\(long[2])")
    }

    @Test func aWholePageThatStandsTwiceIsReadOnce() {
        let page = recover((long + long).joined(separator: "\n"))
        #expect(page.posts.compactMap(\.body).joined(separator: "\n\n") == long.joined(separator: "\n\n"))
    }

    @Test func aFewRepeatedLinesAreNoSecondRendering() {
        let page = recover((long + [long[4], "That is what I doubt."]).joined(separator: "\n"))
        let text = page.posts.compactMap(\.body).joined(separator: "\n")
        #expect(text.ranges(of: long[4]).count == 2)
    }

    // MARK: Tombstones and thanks

    @Test(arguments: [
        ("deleted by creator", PostState.deleted), ("[deleted]", .deleted), ("*Permanently Deleted*", .deleted),
        ("Comment deleted by user", .deleted), ("(post deleted by author)", .deleted), ("[deleted by user]", .deleted),
        ("[removed]", .removed), ("removed by mod", .removed), ("Comment removed by moderator", .removed),
        ("[ Removed by Reddit ]", .removed), ("This comment was deleted by a moderator.", .removed), ("[gelöscht]", .deleted),
        ("Комментарий удалён", .deleted), ("该评论已删除", .deleted),
    ])
    func tombstoneStates(_ line: String, _ state: PostState) { #expect(Tombstone.state(of: line) == state) }

    @Test(arguments: [
        "I deleted it by accident", "Removed the old chimney", "deleted scenes", "flagged", "dead", "The mods removed it again",
        "",
        "user", "Why was this removed?! It was fine.",
    ])
    func noTombstones(_ line: String) { #expect(Tombstone.state(of: line) == nil) }

    @Test func aTombstoneIsAPostOfItsOwn() {
        let page = recover("\(long[0]):\n[deleted]\n\(long[1])")
        #expect(page.posts.map(\.state) == [.present, .deleted, .present])
        #expect(page.posts[1].body == nil)
    }

    @Test func onlyTombstonesAreOnlyDeletedPosts() {
        let page = recover("[deleted]\n[removed]\n[deleted]")
        #expect(page.posts.map(\.state) == [.deleted, .removed, .deleted])
        #expect(page.opensMissing)
    }

    @Test func thanksForAnExplanationGoToTheLongestPostAbove() {
        let page = recover("\(long.joined(separator: " "))\n[deleted]\nThanks!\nThank you for the explanation!")
        #expect(page.posts.last?.parent.index == 0)
        #expect(page.posts.last?.parent.basis == .text)
    }

    // MARK: Quotations, indents, names

    @Test func aQuotationNamesTheParent() {
        let page = recover("\(long[0])\n\(long[1])\n\(long[2])\n> \(long[0])\nI never saw that.")
        #expect(page.posts.last?.body == "> \(long[0])\n\nI never saw that.")
        #expect(page.posts.last?.parent.index == 0)
        #expect(page.posts.last?.parent.basis == .quote)
    }

    @Test func indentsShowTheTree() {
        let page = recover("one\n  two\n    three\n  four\nfive\n  six")
        #expect(page.posts.map(\.parent.index) == [nil, 0, 1, 0, nil, 4])
        #expect(page.posts.dropFirst().allSatisfy { $0.parent.basis == .indent })
    }

    @Test func anAuthorIsNamedOnlyOnSharedWords() {
        let telling = "As @Marta said, collectors pay for the orange skin that salt gives."
        let named = recover((long + [telling]).joined(separator: "\n"))
        #expect(named.posts[3].author?.name == "Marta")
        #expect(named.posts[3].author?.inference?.evidence == telling)
        let unnamed = recover((long + ["As @Marta said, it never rains here in summer."]).joined(separator: "\n"))
        #expect(unnamed.posts.allSatisfy { $0.author == nil })
    }

    @Test func parentsStandAboveTheirReplies() {
        let page = recover(
            (long + ["Why?", "As @Marta said, salt and orange skin.", "Thanks"] + long.map { "> \($0)" }).joined(separator: "\n"))
        for (index, post) in page.posts.enumerated() {
            #expect((post.parent.index ?? -1) < index)
            #expect(post.parent.confidence > 0 && post.parent.confidence < 1)
            #expect(!post.parent.evidence.isEmpty)
        }
    }

    @Test func aGreetingShowsTheOpeningPost() {
        let page = recover("Hi all, where do I find blue clay?\nBy the river.")
        #expect(page.openingIsShown)
        #expect(page.posts.map(\.parent.index) == [nil, 0])
    }
}
