// The reply tree holds whatever the entries say: orphans, ghosts, cycles, duplicates, and any order of input.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ReplyTreeTests {
    @Test func aChildOfAPostThatIsNotThereIsARoot() {
        #expect(outline([entry(1), entry(2, 99)]) == "1 2")
    }

    @Test func twoRepliesOfAGhostStandBelowIt() {
        // A ghost is an entry like any other: undated, and first only because the others answer it.
        #expect(outline([entry(2, 1, at: 20), entry(3, 1, at: 10), entry(1)]) == "1(3 2)")
    }

    @Test func aGhostWithoutRepliesIsARootBehindTheDatedOnes() {
        #expect(outline([entry(1), entry(2, at: 10)]) == "2 1")
    }

    @Test func theOpeningPostStandsBeforeAllRoots() {
        for order in SiblingOrder.allCases {
            #expect(outline([entry(1), entry(2, at: 10), entry(3, at: 20)], order: order, first: 1).hasPrefix("1 "))
        }
    }

    @Test func aPostThatAnswersItselfIsARoot() {
        #expect(outline([entry(1, 1), entry(2, 1)]) == "1(2)")
    }

    @Test func aCycleOfTwoIsCutAtTheOlder() {
        #expect(outline([entry(1, 2, at: 20), entry(2, 1, at: 10)]) == "2(1)")
    }

    @Test func aThreadThatIsOneCycleBeginsAtItsOldest() {
        let entries = (1...5).map { entry($0, $0 % 5 + 1, at: $0 == 3 ? 1 : 10 + $0) }
        #expect(outline(entries) == "3(2(1(5(4))))")
    }

    @Test func anUndatedPostOfACycleIsNotItsOldest() {
        #expect(outline([entry(1, 2), entry(2, 1, at: 10)]) == "2(1)")
    }

    @Test func equalDatesInACycleAreDecidedByKeyThenID() {
        #expect(outline([entry(1, 2, key: "b"), entry(2, 1, key: "a")]) == "2(1)")
        #expect(outline([entry(1, 2), entry(2, 1, key: "a")]) == "2(1)")
        #expect(outline([entry(1, 2), entry(2, 1)]) == "1(2)")
    }

    @Test func anEdgeSetByHandIsTheLastToGo() {
        var byHand = entry(1, 2, at: 10)
        byHand.isManual = true
        #expect(outline([byHand, entry(2, 1, at: 20)]) == "2(1)")
    }

    @Test func aTailOfACycleStaysWhereItHangs() {
        #expect(outline([entry(1, 2, at: 1), entry(2, 1, at: 2), entry(3, 2, at: 0), entry(4, 3, at: 0)]) == "1(2(3(4)))")
    }

    @Test func ofTwoEntriesWithOneIDTheFirstIsKept() {
        #expect(outline([entry(1), entry(2, 1), entry(2, 3), entry(3)]) == "1(2) 3")
    }

    @Test func aReplyDatedBeforeItsParentStaysBelowIt() {
        #expect(outline([entry(1, at: 100), entry(2, 1, at: 50), entry(3, 1, at: 150)]) == "1(2 3)")
    }

    @Test func siblingsStandByDatePlaceKeyAndID() {
        let entries = [
            entry(1), entry(9, 1, at: 5), entry(8, 1, at: 6, place: 2), entry(7, 1, at: 6, place: 1), entry(6, 1, at: 6),
            entry(5, 1, place: 1), entry(4, 1, key: "a"), entry(3, 1, key: "b"), entry(2, 1),
        ]
        #expect(outline(entries) == "1(9 7 8 6 5 4 3 2)")
        #expect(outline(entries, order: .newest) == "1(8 7 6 9 5 4 3 2)")
    }

    @Test func scoresStandHighestFirstAndMissingLast() {
        let entries = [entry(1), entry(2, 1, score: -1), entry(3, 1), entry(4, 1, score: 7), entry(5, 1, at: 1, score: 7)]
        #expect(outline(entries, order: .score) == "1(5 4 2 3)")
    }

    @Test(arguments: [1, 2, 3]) func theOrderOfInputChangesNothing(seed: UInt64) {
        var random = SeededGenerator(seed)
        var entries = (1...200).map {
            entry($0, Int.random(in: 0...200, using: &random), at: Int.random(in: 0...50, using: &random))
        }
        let before = outline(entries)
        for _ in 0..<20 {
            entries.shuffle(using: &random)
            #expect(outline(entries) == before)
        }
    }

    @Test func aChainOf100000IsBuiltWithoutRecursion() {
        let count = 100_000
        let tree = ReplyTree((1...count).reversed().map { entry($0, $0 - 1) })
        #expect(tree.violations() == [])
        #expect(tree.nodes.map(\.id.rawValue) == (1...Int64(count)).map { $0 })
        #expect(tree.nodes.last?.depth == count - 1)
        #expect(tree.ancestors(of: count - 1).count == count - 1)
        #expect(tree.focus(on: Post.ID(rawValue: 50_000))?.count == count)
        #expect(tree.limited(toDepth: 9).count == 10)
    }

    @Test func aCycleOf100000IsCutOnce() {
        let count = 100_000
        let tree = ReplyTree((1...count).map { entry($0, $0 == 1 ? count : $0 - 1, at: $0) })
        #expect(tree.violations() == [])
        #expect(Array(tree.roots) == [0])
        #expect(tree.nodes[0].id.rawValue == 1)
    }

    @Test func aStarOf100000IsSortedOnce() {
        let count = 100_000
        let tree = ReplyTree((1...count).map { entry($0, $0 == 1 ? nil : 1, at: -$0) })
        #expect(tree.violations() == [])
        #expect(tree.children(of: 0).reduce(0) { sum, _ in sum + 1 } == count - 1)
        #expect(tree.nodes[1].id.rawValue == Int64(count))
    }

    @Test func nothingMakesAnEmptyTree() {
        let tree = ReplyTree([])
        #expect(tree.count == 0)
        #expect(Array(tree.roots) == [])
        #expect(tree.violations() == [])
    }
}
