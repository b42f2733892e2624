// The seed, row by row of its README: the document that the project was asked to import.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct TextSeedTests {
    private let posts: [ImportedPost]
    private let lines: [String]
    private let pages: Int

    init() throws {
        let bytes = try #require(Checkout.seed("text/000_cca173e6bb63533f.txt"))
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        let importer = try #require(Importers.named("text"))
        let sink = RecordingSink()
        try importer.read(MemoryInput(name: "seed.txt", bytes: bytes), into: sink)
        posts = sink.posts
        pages = sink.pages.count
    }

    /// The paragraphs of the seed with those numbers, as a body holds them.
    private func body(_ numbers: Int...) -> String { numbers.map { lines[$0 - 1] }.joined(separator: "\n\n") }

    /// The place of a post's parent.
    private func parent(_ place: Int) -> Int64? {
        guard let name = posts[place].parent?.parent?.name else { return nil }
        return switch name {
        case .key(let key): posts.first { $0.key == key }?.place
        case .alias(let alias): posts.first { $0.aliases.contains(alias) }?.place
        }
    }

    @Test func oneCallYieldsTwelvePostsBelowOneMissingOpeningPost() {
        #expect(pages == 1)
        #expect(posts.map(\.place) == (0...12).map(Int64.init))
        #expect(posts[0].state == .missing)
        #expect(posts[0].key == nil)
        #expect(posts[0].aliases == ["seed.txt#opening"])
        #expect(posts[0].inferences.map(\.what) == [.existence])
        #expect(posts.dropFirst().filter { $0.state == .present }.count == 10)
        #expect(Set(posts.compactMap(\.key)).count == 12)
        #expect(posts.allSatisfy { $0.thread == ThreadReference(key: "seed.txt") })
    }

    @Test func bodiesHoldTheirParagraphsInOrder() {
        #expect(posts[1].body == body(24, 25))
        #expect(posts[2].body == body(26))
        #expect(posts[3].body == body(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
        #expect(posts[4].body == body(36))
        #expect(posts[5].body == body(37))
        #expect(posts[7].body == body(39))
        #expect(posts[9].body == body(41))
        #expect(posts[10].body == body(42))
        #expect(posts[11].body == body(43, 44, 45, 46, 47))
        #expect(posts[12].body == body(48))
    }

    @Test func everyParagraphStandsInExactlyOnePost() {
        let bodies = posts.compactMap { $0.body?.split(separator: "\n").joined(separator: " ") }
        for line in Set(lines) where line != "deleted by creator" && line != "Thank you" {
            #expect(bodies.filter { $0.contains(line) }.count == 1, "\(line.prefix(60))")
        }
        #expect(bodies.joined().components("https://www.peacelandbread.com/books") == 1)
    }

    @Test func tombstonesAreDeletedPostsWithoutABody() {
        for place in [6, 8] {
            #expect(posts[place].state == .deleted)
            #expect(posts[place].body == nil)
        }
    }

    @Test func oneAuthorIsNamedByTheSentenceThatNamesHim() throws {
        #expect(posts.filter { $0.author != nil }.map(\.place) == [3])
        #expect(posts[3].author == AuthorReference(key: "SovereignState", name: "SovereignState"))
        let inference = try #require(posts[3].inferences.first { $0.what == .author })
        #expect(inference.evidence == "As @SovereignState mentioned though, it’s not about internationalism vs nationalism.")
        #expect(inference.confidence < 1)
    }

    @Test(arguments: [(1, 0), (2, 1), (3, 2), (9, 3), (10, 3), (11, 2), (12, 11)])
    func parentIs(_ child: Int, _ expected: Int64) { #expect(parent(child) == expected) }

    @Test(arguments: 4...8)
    func hangsSomewhereBelowTheExplanation(_ child: Int) {
        var place = Int64(child)
        while place > 3 { place = parent(Int(place)) ?? 0 }
        #expect(place == 3)
    }

    @Test func everyParentHasAConfidenceBelowOneAndEvidence() throws {
        for post in posts.dropFirst() {
            let parent = try #require(post.parent)
            #expect(parent.confidence > 0 && parent.confidence < 1)
            #expect(parent.evidence?.isEmpty == false)
        }
    }

    @Test func boundariesSayHowTheyAreKnown() {
        let bases = posts.map { $0.inferences.first { $0.what == .boundary }?.basis }
        #expect(bases[2] == "rendering")
        #expect(bases[4] == "rendering")
        #expect(bases[6] == "tombstone")
        #expect(bases[10] == "opening")
    }
}

extension String {
    /// How often a part stands in the text.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
