// A thread comes back in reading order, whatever its rows' order, and under any id that it ever had.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct ThreadReadingTests {
    let village: ReadingArchive

    init() throws { village = try ReadingArchive(ReadingArchive.village) }

    @Test func postsStandInReadingOrderWithTheGhostAbove() throws {
        let contents = try #require(try village.thread(1))
        #expect(contents.posts.map(\.id.rawValue) == [1, 2, 3, 4, 5])
        #expect(contents.tree.nodes.map(\.depth) == [0, 1, 2, 2, 0])
        #expect(contents.tree.nodes.map(\.id) == contents.posts.map(\.id))
        #expect(contents.tree.violations() == [])
    }

    @Test func theThreadCountsItsPostsWithoutGhosts() throws {
        let thread = try #require(try village.thread(1)).thread
        #expect(thread.title == "Mounting disks")
        #expect((thread.posts, thread.authors) == (3, 2))
        #expect((thread.startedAt, thread.latestAt) == (1_690_000_100, 1_690_000_300))
        #expect((thread.sourceLabel, thread.forum) == ("activitypub", "disks"))
        // What only one of the two asks for is left out.
        var listed = try #require(try village.reader.threads().items.first { $0.id == thread.id })
        #expect((listed.firstAuthor, thread.tags) == ("bob", ["disks", "linux"]))
        (listed.firstAuthor, listed.tags) = (nil, thread.tags)
        #expect(listed == thread)
    }

    @Test func scoresOrderSiblings() throws {
        #expect(try village.thread(1, .score)?.posts.map(\.id.rawValue) == [1, 2, 3, 4, 5])
        #expect(try village.thread(1, .newest)?.posts.map(\.id.rawValue) == [1, 2, 4, 3, 5])
    }

    @Test func aMergedThreadAnswersUnderTheOneThatStayed() throws {
        #expect(try village.thread(2)?.thread.id.rawValue == 1)
    }

    @Test func aRingOfMergedThreadsAnswersWithNothing() throws {
        try village.archive.write { try $0.execute(sql: "UPDATE threads SET merged_into = 2 WHERE id = 1") }
        #expect(try village.thread(1) == nil)
    }

    @Test func aParentInAnotherThreadIsNamedAndMakesARoot() throws {
        let contents = try #require(try village.thread(3))
        #expect(contents.posts.map(\.id.rawValue) == [7, 8])
        #expect(contents.posts[0].parentID?.rawValue == 4)
        #expect(contents.tree.nodes.map(\.depth) == [0, 0])
    }

    @Test func everyFieldOfAPostIsRead() throws {
        let contents = try #require(try village.thread(1))
        let post = contents.posts[2]
        #expect(post.reply == ReplyEvidence(basis: .text, confidence: 0.62, evidence: "asks about its wording"))
        #expect((post.author, post.body, post.score, post.markup) == ("bob", "Why?", 9, .markdown))
        #expect(contents.posts[1].replyCount == 4)
        #expect(contents.posts[3].state == .deleted)
        #expect(contents.posts[0].body == nil)
        #expect(
            try village.thread(3)?.posts.map(\.url) == [
                "https://lists.example/m1@example.org/", "https://lists.example/m2@example.org/",
            ])
        #expect(try village.thread(3)?.posts[1].body == "")
    }

    @Test func repliesThatTheOriginCountsAndTheArchiveLacksAreKnown() throws {
        let contents = try #require(try village.thread(1))
        #expect(contents.posts.indices.map(contents.repliesElsewhere) == [0, 2, 0, 0, 0])
        let cut = contents.limited(toDepth: 1)
        #expect(cut.posts.indices.map(cut.repliesElsewhere) == [0, 2, 0])
        #expect(cut.posts.indices.map(cut.repliesHidden) == [0, 2, 0])
    }

    /// The posts of a thread stand beside each other, or others stand between.
    @Test(arguments: SiblingOrder.allCases, [6, 1_000_000] as [Int64])
    func aThreadThatIsGivenPostByPostIsTheSameThread(order: SiblingOrder, last: Int64) throws {
        try village.archive.write { db in
            try db.execute(
                sql: """
                    INSERT INTO posts (id, thread_id, source_id, author_id, import_id, created_at, score, source_key, body)
                         VALUES (\(last), 1, 1, 1, 1, 1690000150, 7, 'last', 'The last one');
                    INSERT INTO replies VALUES (\(last), 1, NULL, 'native', 1, NULL);
                    INSERT INTO attachments VALUES (2, 'a.png', 'image/png', 12), (7, 'b.png', NULL, NULL), (\(last), 'c.png', NULL, 1);
                    INSERT INTO links VALUES (4, 2, 'accepted', NULL), (\(last), 7, 'duplicate', NULL), (7, \(last), 'cross-post', NULL);
                    INSERT INTO marks VALUES (\(last), 'thread', 'tag', 'mine', 1), (2, 'post', 'tag', 'no', 1), (7, 'thread', 'tag', 'far', 1)
                    """)
        }
        let whole = try #require(try village.thread(1, order))
        #expect(whole.thread.ownTags == ["mine"])
        let far = try #require(whole.posts.first { $0.id.rawValue == last })
        #expect(far.attachments.map(\.name) == ["c.png"])
        #expect((far.links.map(\.post.rawValue), far.linkedFrom.map(\.kind)) == ([7], ["cross-post"]))
        #expect(whole.posts.map(\.id.rawValue).sorted() == [1, 2, 3, 4, 5, last])
        for id in [1, 2, 3, 99] as [Int64] {
            var posts: [Post] = []
            let outline = try village.reader.thread(DiscussionThread.ID(rawValue: id), order: order) { posts.append($0) }
            let contents = try village.thread(id, order)
            #expect(outline?.thread == contents?.thread)
            #expect(outline?.tree == contents?.tree)
            #expect(posts.map(\.id.rawValue) == posts.map(\.id.rawValue).sorted())
            for index in posts.indices { outline?.carried.add(to: &posts[index]) }
            #expect(outline?.tree.nodes.map { posts[$0.entry] } == contents?.posts)
        }
    }

    @Test func aFocusKeepsPostsAndTreeTogether() throws {
        let focus = try #require(try village.thread(1)?.focused(on: Post.ID(rawValue: 4)))
        #expect(focus.posts.map(\.id.rawValue) == [1, 2, 4])
        #expect(focus.tree.nodes.map(\.id) == focus.posts.map(\.id))
        #expect(try village.thread(1)?.focused(on: Post.ID(rawValue: 7)) == nil)
    }

    @Test func anUnknownThreadIsNil() throws {
        #expect(try village.thread(99) == nil)
    }
}
