// Posts of a page known again in a later copy.

import Testing
import ThreadbankCore

@Suite struct PageAlignmentTests {
    /// "-" stands for a tombstone.
    private func match(_ stored: [String], _ incoming: [String]) -> [Int?] {
        func entries(_ texts: [String]) -> [PageAlignment.Entry] { texts.map { .init(text: $0 == "-" ? nil : $0) } }
        return PageAlignment.match(stored: entries(stored), incoming: entries(incoming))
    }

    @Test func theSameCopyMatchesPostForPost() {
        let page = ["a first post", "thanks", "-", "thanks", "-", "another post"]
        #expect(match(page, page) == [0, 1, 2, 3, 4, 5])
        #expect(match([], ["x"]) == [nil])
        #expect(match(["x"], []) == [])
        #expect(match([], []) == [])
    }

    @Test func newNeighboursAreNewAndTheOthersStay() {
        #expect(
            match(["one", "two", "three"], ["zero", "one", "one and a half", "two", "three", "four"]) == [nil, 0, nil, 1, 2, nil])
        #expect(match(["one", "two", "three"], ["one", "three"]) == [0, 2])
    }

    @Test func aPostBecomesATombstoneInItsPlace() {
        #expect(match(["one", "two", "three"], ["one", "-", "three"]) == [0, 1, 2])
        #expect(match(["one", "two"], ["one", "-"]) == [0, 1])
        #expect(match(["one", "-", "three"], ["one", "two", "three"]) == [0, 1, 2])
        #expect(match(["one", "a", "b", "four"], ["one", "-", "b", "four"]) == [0, 1, 2, 3])
    }

    @Test func aTombstoneBesideNewPostsIsNotGuessed() {
        #expect(match(["one", "three"], ["one", "-", "three"]) == [0, nil, 1])
        #expect(match(["one", "two", "three"], ["one", "-", "-", "three"]) == [0, nil, nil, 2])
    }

    @Test func equalTextsAreAlignedInOrder() {
        #expect(match(["thanks", "one", "thanks"], ["one", "thanks"]) == [1, 2])
        #expect(match(["thanks", "one", "thanks", "two"], ["thanks", "one", "new", "thanks", "two"]) == [0, 1, nil, 2, 3])
    }

    @Test func anEditedTextIsTheSamePost() {
        let before = "The kiln reaches its heat by noon and the glaze is put on before the clay dries"
        let after = "The kiln reaches its heat by noon and the glaze is put on long before the clay dries, really"
        #expect(match(["one", before, "three"], ["one", after, "three"]) == [0, 1, 2])
        #expect(match(["one", before, "three"], ["one", "something else entirely, about ships", "three"]) == [0, nil, 2])
    }

    @Test func matchesAscendAndAreUsedOnceWhateverComes() {
        var state: UInt64 = 7
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        for _ in 0..<300 {
            let texts = ["-", "a", "b", "kiln glaze clay", "kiln glaze clay river", "salt", "fire", "-"]
            let stored = (0..<random(100)).map { _ in texts[random(texts.count)] }
            let incoming = (0..<random(100)).map { _ in texts[random(texts.count)] }
            let found = match(stored, incoming).compactMap { $0 }
            #expect(found == Set(found).sorted())
        }
    }

    @Test func aLargePageOfEqualTextsIsNoTrouble() {
        let page = Array(repeating: "a", count: 100_000)
        #expect(match(page, page + ["b"]).dropLast().enumerated().allSatisfy { $0.element == $0.offset })
        let rotated = (0..<50_000).map { "post \($0)" }
        #expect(match(rotated, Array(rotated.reversed())).compactMap { $0 }.count == 1)
    }
}
