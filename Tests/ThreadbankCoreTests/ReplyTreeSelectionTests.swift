// Parts of a tree: what stands above a post, what stands below, and how deep.

import Testing
import ThreadbankCore

@Suite struct ReplyTreeSelectionTests {
    // 1(2(3(4 5)) 6(7)) 8
    let tree = ReplyTree([
        entry(1), entry(2, 1), entry(3, 2), entry(4, 3), entry(5, 3), entry(6, 1), entry(7, 6), entry(8),
    ])

    @Test func aSubtreeIsOneRange() throws {
        let position = try #require(tree.position(of: Post.ID(rawValue: 2)))
        #expect(tree.nodes[tree.subtree(of: position)].map(\.id.rawValue) == [2, 3, 4, 5])
        #expect(tree.ancestors(of: 3).map { tree.nodes[$0].id.rawValue } == [1, 2, 3])
        #expect(tree.children(of: 2).map { tree.nodes[$0].id.rawValue } == [4, 5])
        #expect(tree.position(of: Post.ID(rawValue: 99)) == nil)
    }

    @Test func theLastOfItsSiblingsIsKnown() {
        let last = tree.nodes.indices.filter(tree.isLast).map { tree.nodes[$0].id.rawValue }
        #expect(last == [3, 5, 6, 7, 8])
    }

    @Test func aFocusIsAncestorsItselfAndAllReplies() throws {
        let focus = try #require(tree.focus(on: Post.ID(rawValue: 3)))
        #expect(outline(focus) == "1(2(3(4 5)))")
        #expect(focus.violations() == [])
        #expect(focus.nodes.map(\.depth) == [0, 1, 2, 3, 3])
        #expect(tree.focus(on: Post.ID(rawValue: 99)) == nil)
    }

    @Test func aDepthLimitKeepsCountOfWhatItLeavesOut() {
        let cut = tree.limited(toDepth: 1)
        #expect(outline(cut) == "1(2 6) 8")
        #expect(cut.violations() == [])
        #expect(cut.nodes.map(\.descendants) == [6, 3, 1, 0])
        #expect(outline(tree.limited(toDepth: 0)) == "1 8")
        #expect(tree.limited(toDepth: -1).count == 0)
        #expect(outline(tree.limited(toDepth: 99)) == outline(tree))
    }
}
