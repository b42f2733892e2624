// What people see of a thread, beside the tests as text; and what programs read.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct ThreadPrinterTests {
    @Test(arguments: [40, 80, 140]) func drawsTheTree(width: Int) {
        let text = collect { TreePrinter(width: width).write(.example, to: $0) }
        #expect(Snapshot.difference(text, "tree-\(width)") == nil)
        #expect(text.split(separator: "\n").allSatisfy { $0.contains("://") || String($0).displayWidth <= max(width, 76) })
    }

    @Test func pointsOutTheFocusAndCountsWhatADepthLeavesOut() throws {
        let focus = try #require(ThreadContents.example.focused(on: Post.ID(rawValue: 3)))
        let text = collect { TreePrinter(width: 60, marked: [Post.ID(rawValue: 3)]).write(focus, to: $0) }
        #expect(Snapshot.difference(text, "tree-focus") == nil)
        let cut = collect { TreePrinter(width: 60).write(ThreadContents.example.limited(toDepth: 1), to: $0) }
        #expect(Snapshot.difference(cut, "tree-depth") == nil)
    }

    @Test func writesTheOtherForms() {
        #expect(Snapshot.difference(collect { FlatPrinter(width: 60).write(.example, to: $0) }, "flat") == nil)
        #expect(Snapshot.difference(collect { ThreadMarkdown.write(.example, to: $0) }, "markdown") == nil)
        #expect(Snapshot.difference(collectBytes { ThreadJSON.write(.example, to: $0) }, "json") == nil)
        #expect(Snapshot.difference(collectBytes { ThreadJSON.writeLines(.example, to: $0) }, "jsonl") == nil)
    }

    @Test func jsonHasTheKeysOfTheContract() throws {
        let text = collectBytes { ThreadJSON.write(.example, to: $0) }
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(answer["format_version"] as? Int == 1)
        #expect(
            Set((answer["thread"] as? [String: Any] ?? [:]).keys) == ["id", "title", "source", "forum", "url", "posts", "tags"])
        let posts = try #require(answer["posts"] as? [[String: Any]])
        let keys: Set = [
            "id", "parent_id", "depth", "basis", "confidence", "author", "created", "state", "title", "body", "markup", "score",
            "url",
            "replies", "link", "attachments", "links", "linked_from",
        ]
        #expect(posts.allSatisfy { Set($0.keys) == keys })
        #expect(posts.map { $0["depth"] as? Int } == [0, 1, 2, 2, 1])
        #expect(posts.map { $0["replies"] as? [Int] } == [[2, 5], [3, 4], [], [], []])
    }

    @Test func aThreadThatIsNotThereIsWholeJSON() {
        #expect(collectBytes { ThreadJSON.write(nil, to: $0) } == "{\"format_version\":1,\"thread\":null,\"posts\":[]}\n")
    }

    @Test func noControlCharacterReachesTheTerminal() {
        var post = Post(id: Post.ID(rawValue: 1), threadID: DiscussionThread.ID(rawValue: 1))
        post.author = "\u{1B}[31mred"
        post.title = "a\u{202E}b"
        post.body = "one\r\ntwo\u{7}\u{9B}31m\u{0}"
        post.url = "https://e.example/\u{1B}"
        var thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "text", source: "\u{8}")
        (thread.title, thread.forum, thread.url) = ("\u{1B}]0;x\u{7}", "\u{1}", "\u{2}")
        let contents = ThreadContents(thread: thread, posts: [post])
        let texts = [
            collect { TreePrinter().write(contents, to: $0) }, collect { FlatPrinter().write(contents, to: $0) },
            collect { ThreadMarkdown.write(contents, to: $0) },
        ]
        for text in texts {
            #expect(text.contains("one\n") || text.contains("one\\\n"))
            #expect(
                text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control && $0 != "\u{202E}" })
        }
    }

    @Test func aChainOf20000TakesNoMoreBytesAPostThanAStar() {
        let chain = collect { TreePrinter().write(.line(20_000) { $0 - 1 }, to: $0) }
        let star = collect { TreePrinter().write(.line(20_000) { _ in 1 }, to: $0) }
        #expect(chain.utf8.count < 3 * star.utf8.count)
        #expect(chain.contains("⋯(19999) "))
    }

    @Test(arguments: 0..<40) func aThreadThatIsWrittenWhileItIsReadIsTheSameJSON(seed: UInt64) {
        var random = SeededGenerator(seed)
        let posts = ThreadContents.random(&random)
        let thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 3), sourceKind: "text", source: "")
        let order = SiblingOrder.allCases.randomElement(using: &random) ?? .oldest
        let contents = ThreadContents(thread: thread, posts: posts, order: order)
        var carried = CarriedByPosts()
        var pieces = ThreadJSONPieces()
        for var post in posts {
            if !post.attachments.isEmpty { carried.attachments[post.id] = post.attachments }
            if !post.links.isEmpty { carried.links[post.id] = post.links }
            if !post.linkedFrom.isEmpty { carried.linkedFrom[post.id] = post.linkedFrom }
            (post.attachments, post.links, post.linkedFrom) = ([], [], [])
            pieces.add(post)
        }
        let tree = ReplyTree(counting: posts.map(ReplyTree.Entry.init), order: order, first: nil)
        let outline = ThreadOutline(thread: thread, tree: tree, carried: carried)
        #expect(collectBytes { pieces.write(outline, to: $0) } == collectBytes { ThreadJSON.write(contents, to: $0) })
        #expect(collectBytes { pieces.writeLines(outline, to: $0) } == collectBytes { ThreadJSON.writeLines(contents, to: $0) })
    }

    private func collectBytes(_ write: ((UnsafeBufferPointer<UInt8>) -> Void) -> Void) -> String {
        var bytes: [UInt8] = []
        write { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func collect(_ write: ((String) -> Void) -> Void) -> String {
        var text = ""
        write { text += $0 }
        return text
    }
}

extension ThreadContents {
    /// A ghost, a certain and two inferred replies, one of them deleted, and a reply in a wide script.
    static var example: ThreadContents {
        var thread = DiscussionThread(
            id: DiscussionThread.ID(rawValue: 3), sourceKind: "activitypub", source: "", posts: 4, authors: 2)
        (thread.title, thread.forum) = ("How do I mount a disk at boot, and what if it is not there?", "disks")
        (thread.startedAt, thread.latestAt) = (1_690_000_000, 1_700_000_000)
        let ghost = post(1, nil, nil) { $0.state = .missing }
        let answer = post(2, 1, 1_690_000_000) {
            ($0.author, $0.score, $0.replyCount, $0.url) = ("alice", 12, 5, "https://lemmy.example/comment/2")
            $0.body = """
                Put it into /etc/fstab with *nofail*, so that the boot goes on without it; then `systemctl daemon-reload` and `mount -a`.

                - The manual: https://www.example.org/man/fstab.5.html#the-fourth-field-of-the-table-and-everything
                > what if it is not there?
                """
            $0.markup = .markdown
        }
        let question = post(3, 2, 1_690_003_600) {
            ($0.author, $0.body, $0.score, $0.markup) = ("bob", "Why *nofail*?\nAnd 1. what of <swap>?", -1, .plain)
            $0.reply = ReplyEvidence(basis: .text, confidence: 0.62, evidence: "asks about its wording")
        }
        let deleted = post(4, 2, nil) {
            ($0.state, $0.editedAt) = (.deleted, 1_690_000_001)
            $0.reply = ReplyEvidence(basis: .mention, confidence: 0.72)
        }
        let wide = post(5, 1, 1_700_000_000) {
            ($0.author, $0.title) = ("日本", "別の方法")
            $0.body = "起動時にディスクがなくても止まらないようにするには、ノーフェイルを使ってください。それで大丈夫です。"
        }
        return ThreadContents(thread: thread, posts: [wide, deleted, question, answer, ghost])
    }

    /// Posts in no order that answer each other at random, with everything that a post may have.
    static func random(_ random: inout SeededGenerator) -> [Post] {
        let count = Int64.random(in: 0...30, using: &random)
        let spread: Int64 = Bool.random(using: &random) ? 1 : 1_000_000_007
        let texts = ["", "plain", "line\n\"quoted\" \\ \u{7}\u{9B}", "起動時に", "é\u{0}" + String(repeating: "x", count: 300)]
        func maybe<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
        return (0..<count).map { place in
            post(
                place * spread, maybe(Int64.random(in: -1...count, using: &random) * spread),
                maybe(.random(in: 0...9, using: &random))
            ) {
                $0.score = maybe(.random(in: -3...3, using: &random))
                $0.author = maybe(texts.randomElement(using: &random) ?? "")
                $0.body = maybe(texts.randomElement(using: &random) ?? "")
                $0.title = maybe(texts.randomElement(using: &random) ?? "")
                $0.url = maybe("https://e.example/\(place)")
                $0.markup = maybe(.plain)
                $0.state = PostState.allCases.randomElement(using: &random) ?? .present
                if Int.random(in: 0..<5, using: &random) == 0 {
                    $0.attachments = [Attachment(name: maybe("a.png"), type: maybe("image/png"), size: maybe(12))]
                }
                if Int.random(in: 0..<5, using: &random) == 0 { $0.links = [Post.Tie(kind: "quote", post: Post.ID(rawValue: 1))] }
                if Int.random(in: 0..<5, using: &random) == 0 { $0.linkedFrom = [Post.Tie(kind: "accepted", post: $0.id)] }
            }
        }.shuffled(using: &random)
    }

    /// `count` posts, each answering the one that `parent` names.
    static func line(_ count: Int, parent: (Int64) -> Int64) -> ThreadContents {
        let thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "text", source: "")
        let posts = (1...Int64(count)).map { id in
            post(id, id == 1 ? nil : parent(id), id) {
                $0.body = "A text of some words that needs more than one line of a terminal, twice."
            }
        }
        return ThreadContents(thread: thread, posts: posts)
    }

    private static func post(_ id: Int64, _ parent: Int64?, _ date: Int64?, _ change: (inout Post) -> Void) -> Post {
        var post = Post(id: Post.ID(rawValue: id), threadID: DiscussionThread.ID(rawValue: 3))
        post.parentID = parent.map(Post.ID.init(rawValue:))
        post.reply = parent.map { _ in ReplyEvidence(basis: .native) }
        post.createdAt = date
        change(&post)
        return post
    }
}
