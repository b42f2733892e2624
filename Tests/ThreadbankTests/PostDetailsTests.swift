// Everything that the archive knows about a post comes back, and says how its parent is known.

import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct PostDetailsTests {
    let village: ReadingArchive

    init() throws { village = try ReadingArchive(ReadingArchive.village) }

    @Test func aPostIsKnownWhole() throws {
        let details = try #require(try village.details(3))
        #expect(details.citation == "threadbank:activitypub:https://lemmy.example/comment/3")
        #expect(details.ancestors.map(\.id.rawValue) == [1, 2])
        #expect(details.author?.posts == 2)
        #expect(details.revisions.map(\.body) == ["Whyy?", "Wy?"])
        #expect(details.linksOut.map(\.kind) == ["quote"])
        #expect(details.linksOut.map(\.other.id.rawValue) == [2])
        #expect(details.linksIn.map(\.other.excerpt) == ["A mail: See the list"])
        #expect(details.aliases == ["lemmy.example/comment/30"])
        #expect(details.tags == ["disks", "linux"])
        #expect(details.inferences == [Inference(.author, basis: "mention", confidence: 0.7, evidence: "p4 names bob")])
        #expect(details.attachments == [Attachment(name: "a.png", type: "image/png", size: 12)])
        #expect(details.provenance.input == "page.json")
        #expect(
            details.lostClaims.map(\.sentence) == [
                "answers p4 (the References of p2 say so)",
                "answers p1 (inferred from a mention, confidence 0.40); it would have closed a cycle",
            ])
    }

    @Test func repliesStandOldestFirst() throws {
        #expect(try village.details(2)?.replies.map(\.id.rawValue) == [3, 4])
    }

    @Test(arguments: [
        (1, "a ghost: never seen, and nothing says what it answers"),
        (2, "answers p1, which is not in the archive (the origin says so)"),
        (3, "answers p2 (inferred from the text, confidence 0.62: asks about its wording)"),
        (4, "answers p2 (the References of p3 say so)"),
        (7, "answers p4 (set by hand)"),
        (8, "answers nothing (set by hand)"),
    ])
    func saysInOneSentenceHowTheParentIsKnown(id: Int64, sentence: String) throws {
        #expect(try village.details(id)?.parentSentence == sentence)
    }

    @Test func ancestorsReachIntoOtherThreads() throws {
        #expect(try village.details(7)?.ancestors.map(\.id.rawValue) == [1, 2, 4])
    }

    @Test func aGhostMayHaveAnAliasAlone() throws {
        let details = try #require(try village.details(5))
        #expect(details.citation == "threadbank:activitypub:other.example/comment/5")
        #expect(details.forums == [])
        #expect(try village.details(1)?.forums == ["Dev"])
    }

    @Test func anUnknownPostIsNil() throws {
        #expect(try village.details(99) == nil)
        #expect(try village.reader.post(Post.ID(rawValue: 99)) == nil)
    }

    @Test func confidencesAreNeverRoundedToCertainty() {
        let texts = [0.62, 0.999, 0.001, 0.07, 1].map { ReplyEvidence(basis: .text, confidence: $0).confidenceText }
        #expect(texts == ["0.62", "0.99", "0.01", "0.07", "1.00"])
    }
}
