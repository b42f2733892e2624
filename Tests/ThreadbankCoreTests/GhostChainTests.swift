// Chains of ghosts are one line for people, and the tree below them stays what it was.

import Testing
import ThreadbankTestSupport

@testable import ThreadbankCore

@Suite struct GhostChainTests {
    private func post(_ id: Int64, _ parent: Int64?, missing: Bool = false) -> Post {
        var post = Post(
            id: Post.ID(rawValue: id), threadID: DiscussionThread.ID(rawValue: 1), state: missing ? .missing : .present)
        post.parentID = parent.map { Post.ID(rawValue: $0) }
        post.reply = parent.map { _ in ReplyEvidence(basis: .header) }
        post.createdAt = id
        return post
    }

    private func thread(_ posts: [Post]) -> ThreadContents {
        ThreadContents(
            thread: DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "mail", source: ""), posts: posts)
    }

    @Test func tenGhostsAreOneAndTheirRepliesStandAtOneLevel() {
        let ghosts = (1...10).map { post($0, $0 > 1 ? $0 - 1 : nil, missing: true) }
        let contents = thread(ghosts + [post(11, 10), post(12, 10), post(13, 11)]).foldingGhosts()
        #expect(contents.posts.map(\.id.rawValue) == [10, 11, 13, 12])
        #expect(contents.tree.nodes.map(\.depth) == [0, 1, 2, 1])
        #expect(contents.ghosts(at: 0)?.map(\.rawValue) == Array(1...10))
        #expect(contents.ghosts(at: 1) == nil)
        #expect(contents.parent(at: 0) == nil && contents.parent(at: 1)?.rawValue == 10)
    }

    @Test func whatSaysSomethingStaysByItself() {
        var titled = post(2, 1, missing: true)
        titled.title = "Its own"
        var inferred = post(3, 2, missing: true)
        inferred.reply = ReplyEvidence(basis: .order, confidence: 0.5)
        for other in [titled, inferred] {
            let posts = [post(1, nil, missing: true), other, post(4, other.id.rawValue, missing: true), post(5, 4)]
            #expect(
                thread(posts.map { $0.id == other.id && other.id.rawValue == 3 ? inferred : $0 }).foldingGhosts().posts.contains {
                    $0.id == other.id
                })
        }
        let chain = thread([post(1, nil, missing: true), post(2, 1, missing: true), post(3, 2)])
        #expect(chain.foldingGhosts(keeping: [Post.ID(rawValue: 1)]).posts.count == 3)
        #expect(
            thread([post(1, nil, missing: true), post(2, 1), post(3, 1, missing: true), post(4, 3)]).foldingGhosts().posts.count
                == 4)
    }

    @Test func aSubjectThatGhostsRepeatIsSaidOnce() {
        var posts = (1...5).map { post($0, $0 > 1 ? $0 - 1 : nil, missing: $0 > 1 && $0 < 5) }
        for place in 1...3 { posts[place].title = "Yeast" }
        posts[4].title = "Re: yeast"
        let contents = thread(posts).foldingGhosts()
        #expect(contents.posts.map(\.id.rawValue) == [1, 2, 4, 5], "the one that says it, and those below it as one")
        #expect(contents.posts.indices.map(contents.ownTitle(at:)) == [nil, "Yeast", nil, nil])
        #expect(
            contents.titleMark(at: 1) == "~0.97 (the subject line)" && contents.titleMark(at: 3) == nil
                && contents.titleMark == nil)
        posts[4].title = "Bread (was: Yeast)"
        #expect(thread(posts).ownTitle(at: 4) == "Bread (was: Yeast)")
    }

    @Test func aSelectionStillCountsWhatItHides() throws {
        let posts = [post(1, nil), post(2, 1, missing: true), post(3, 2, missing: true), post(4, 3), post(5, 4), post(6, 1)]
        let whole = thread(posts).foldingGhosts()
        #expect(whole.posts.indices.allSatisfy { whole.repliesHidden(at: $0) == 0 })
        let since = thread(posts).holding { $0.id.rawValue == 4 }.foldingGhosts()
        #expect(since.posts.map(\.id.rawValue) == [1, 3, 4])
        #expect(since.posts.indices.map(since.repliesHidden(at:)) == [1, 0, 1])
    }

    @Test func anyForestKeepsItsShape() {
        var random = SeededGenerator(7)
        for _ in 0..<400 {
            let count = Int64.random(in: 1...25, using: &random)
            let posts = (1...count).map { id -> Post in
                let parent =
                    id > 1 && Int.random(in: 0..<8, using: &random) > 0
                    ? Int64.random(in: max(1, id - 3)..<id, using: &random) : nil
                return post(id, parent, missing: Bool.random(using: &random))
            }
            let (whole, folded) = (thread(posts), thread(posts).foldingGhosts())
            #expect(folded.tree.violations() == [])
            // Nothing is lost, and every post that was seen hangs from the nearest post above it that was.
            let all = folded.posts.indices.flatMap { folded.ghosts(at: $0) ?? [folded.posts[$0].id] }
            #expect(Set(all) == Set(posts.map(\.id)) && all.count == posts.count)
            for contents in [whole, folded] { #expect(contents.tree.nodes.map(\.id) == contents.posts.map(\.id)) }
            #expect(seenAbove(whole) == seenAbove(folded))
            // A chain is whole: no ghost is the only reply of a ghost.
            for (position, node) in folded.tree.nodes.enumerated() where folded.posts[position].state == .missing {
                let replies = Array(folded.tree.children(of: position))
                #expect(replies.count != 1 || folded.posts[replies[0]].state != .missing, "\(node.id)")
            }
        }
    }

    private func seenAbove(_ contents: ThreadContents) -> [Post.ID: [Post.ID]] {
        var above: [Post.ID: [Post.ID]] = [:]
        for position in contents.posts.indices where contents.posts[position].state != .missing {
            above[contents.posts[position].id] = contents.tree.ancestors(of: position).map { contents.posts[$0] }
                .filter { $0.state != .missing }.map(\.id)
        }
        return above
    }
}
