// Copies that name neither their site nor their post's id, beside copies that do: whichever comes first, a post is one post.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct UnnamedSource {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private static let words = [
        "Which flour do you take for a starter?", "Rye, it never failed me.", "Mine smells of nail polish by now.",
    ]

    /// As raw text tells a topic: no site, no ids, dates of the last change.
    private static let raw = words.enumerated().map { index, words in
        copy(index, site: "", body: "**" + words + "**") { post in
            post.key = post.aliases.first
            post.createdAt = 5_000
            post.inferences = [Inference(.date, basis: "edit", confidence: 0.7)]
        }
    }

    /// As the site's interface tells it: ids, dates, who answers whom, and texts made of HTML.
    private static func cooked(_ site: String = "bread.example", author: String = "anna") -> [ImportedPost] {
        words.enumerated().map { index, words in
            copy(index, site: site, author: author, body: words) { post in
                post.isRendering = true
                post.createdAt = 1_000 + Int64(index)
                if index == 2 { post.parent = ParentStatement(PostReference(.alias("7#2")), basis: .native) }
            }
        }
    }

    private static func copy(
        _ index: Int, site: String, author: String = "anna", body: String, _ change: (inout ImportedPost) -> Void
    ) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "discourse", name: site), key: "\(100 + index)")
        post.aliases = ["7#\(index + 1)"]
        post.thread = ThreadReference(key: "7")
        post.author = AuthorReference(key: author, name: author)
        post.markup = .markdown
        post.body = body
        if index > 0 { post.parent = ParentStatement(PostReference(.alias("7#1")), basis: .order, confidence: 0.5) }
        change(&post)
        return post
    }

    @Test(arguments: [1, 2, 100]) func rawTextAloneIsAThread(batch: Int) throws {
        try archive.importLists([Self.raw], batchPosts: batch)
        let posts = try archive.reader.allPosts()
        #expect(posts.map(\.sourceKey) == ["7#1", "7#2", "7#3"])
        #expect(posts.allSatisfy { $0.state == .present && $0.createdAt == 5_000 })
        #expect(try archive.reader.faults() == [])
    }

    @Test(arguments: 0..<12) func inAnyOrderTheyAreTheSamePosts(round: Int) throws {
        let lists = round % 2 == 0 ? [Self.raw, Self.cooked()] : [Self.cooked(), Self.raw]
        if round % 4 < 2 {
            try archive.importLists(lists, batchPosts: [100, 2, 1][round / 4])
        } else {
            for list in lists { try archive.importLists([list], batchPosts: [100, 2, 1][round / 4]) }
        }
        #expect(try archive.reader.faults() == [])
        #expect(try archive.reader.parents() == ["101": "100", "102": "101"])
        let posts = try archive.reader.allPosts()
        #expect(posts.map(\.sourceKey) == ["100", "101", "102"])
        #expect(posts.map(\.createdAt) == [1_000, 1_001, 1_002])
        #expect(posts.map(\.body) == Self.words.map { "**\($0)**" })
        #expect(try archive.reader.threads(ThreadListRequest()).items.map(\.source) == ["bread.example"])
        for post in posts {
            let details = try #require(try archive.reader.postDetails(post.id))
            #expect(details.revisions.isEmpty && details.inferences.isEmpty)
        }
        for list in lists { #expect(try archive.importList(list).unchanged == 3) }
        #expect(try archive.reader.post(key: "100")?.body == "**\(Self.words[0])**")
    }

    /// A topic of the same number in another forum is another topic.
    @Test(arguments: [false, true]) func topicsThatAreAlikeOnlyByNumberStayApart(isSwapped: Bool) throws {
        let lists = [Self.raw, Self.cooked("cheese.example", author: "ben")]
        for list in isSwapped ? lists.reversed() : lists { try archive.importList(list) }
        #expect(try archive.reader.allPosts().count == 6)
        #expect(try archive.reader.threads(ThreadListRequest()).items.count == 2)
        #expect(try archive.reader.faults() == [])
    }

    /// A ghost that the named site's posts speak of is the unnamed one's post.
    @Test func aGhostOfTheNamedSiteIsFilledByATopicThatMoves() throws {
        try archive.importList(Self.raw)
        try archive.importList([Self.cooked()[2]])
        #expect(try archive.reader.allPosts().count == 3)
        #expect(try archive.reader.parents() == ["7#2": "7#1", "102": "7#2"])
        #expect(try archive.importList(Self.cooked()).added == 0)
        #expect(try archive.reader.parents() == ["101": "100", "102": "101"])
        #expect(try archive.reader.faults() == [])
    }

    /// What the rendering says and the text does not is kept: it may be another version.
    @Test(arguments: [false, true]) func aRenderingOfOtherWordsIsKeptAsSuperseded(isSwapped: Bool) throws {
        var edited = Self.cooked()[1]
        edited.body = "Rye. Edit: spelt works as well, I tried it last month and never looked back."
        edited.editedAt = 2_000
        var own = Self.cooked()[1]
        (own.body, own.isRendering) = ("Rye, it *never* failed me.", false)
        for copy in isSwapped ? [own, edited] : [edited, own] { try archive.importList([copy]) }
        #expect(try archive.reader.post(key: "101")?.body == own.body)
        #expect(try archive.reader.revisions(key: "101") == [edited.body])
        #expect(try archive.importList([edited]).unchanged == 1)
        #expect(try archive.reader.faults() == [])
    }
}
