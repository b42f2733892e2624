// Export, import into an empty archive, export: the same lines.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct JSONLinesRoundTrip {
    /// The lines of an archive as `export` writes them, in an order of their own.
    private func lines(_ archive: Archive) throws -> (text: String, sorted: [String]) {
        var lines: [String] = []
        let count = try archive.reader.exportPosts { lines.append(InterchangeLine.post($0).text) }
        let all = [InterchangeLine.first.text] + lines + [InterchangeLine.last(count).text]
        return (all.joined(separator: "\n") + "\n", lines.sorted())
    }

    private func expectRoundTrip(_ archive: Archive, in folder: TemporaryFolder, _ comment: Comment = "") throws {
        let first = try lines(archive)
        let copy = try Archive(path: folder.file("copy.sqlite"))
        let report = try copy.importInput(
            MemoryInput(name: "export.jsonl", text: first.text), with: try #require(Importers.named("jsonl")))
        #expect(report.isBalanced && report.rejected == 0, comment)
        let difference = difference(try lines(copy).sorted, first.sorted)
        #expect(difference.isEmpty, "\(comment)\n\(difference)")
        #expect(try copy.reader.threadSets() == archive.reader.threadSets(), comment)
        #expect(try copy.reader.faults() == [], comment)
    }

    /// The lines that only one of two archives has, for people.
    private func difference(_ found: [String], _ wanted: [String]) -> String {
        let (found, wanted) = (Set(found), Set(wanted))
        return (found.subtracting(wanted).map { "+ \($0)" } + wanted.subtracting(found).map { "- \($0)" }).joined(separator: "\n")
    }

    @Test func theSeedsGoThereAndBack() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.importSeeds(Seed.all)
        try expectRoundTrip(archive, in: folder)
    }

    /// What hangs on a post is exported in the order of keys, not of rows, which an import hands out anew.
    @Test func listsAreInTheOrderOfKeys() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        func post(_ key: String) -> ImportedPost {
            var post = ImportedPost(source: SourceReference(kind: "test"), key: key)
            post.body = "body of \(key)"
            return post
        }
        var tied = post("a")
        tied.forums = ["z", "m", "b"].map { ForumReference(key: $0, name: $0) }
        tied.links = ["d", "c"].map { PostLink(to: PostReference(.key($0)), kind: "quote") }
        try archive.importLists([[post("d")], [post("c"), tied]])
        var exported: ImportedPost?
        _ = try archive.reader.exportPosts { if $0.key == "a" { exported = $0 } }
        #expect(exported?.forums.map(\.key) == ["b", "m", "z"])
        #expect(exported?.links.map(\.target) == [PostReference(.key("c")), PostReference(.key("d"))])
        try expectRoundTrip(archive, in: folder)
    }

    @Test(arguments: 0..<60) func anyPostsGoThereAndBack(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 7000)
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        // The format cannot say that a parent stands in another source, so there are links by hand, or a second source.
        let hasTwoSources = seed % 2 == 1
        let posts = RandomPosts(hasTwoSources: hasTwoSources, &random).posts
        try archive.importLists([Array(posts.prefix(posts.count / 2)), Array(posts.dropFirst(posts.count / 2))])
        for _ in 0..<(hasTwoSources ? 0 : Int.random(in: 0...2, using: &random)) {
            let all = try archive.reader.allPosts()
            guard let child = all.randomElement(using: &random), let parent = all.randomElement(using: &random) else { break }
            if Bool.random(using: &random) { try archive.unlink(child.id) } else { try? archive.link(child.id, to: parent.id) }
        }
        try expectRoundTrip(archive, in: folder, "seed \(seed)")
    }
}

/// Posts of a few sources with everything that the format can say, hard characters among it.
private struct RandomPosts {
    var posts: [ImportedPost] = []
    private static let texts = [
        "", "plain", "a\nb", "q \"x\" \\ /", "\u{1}\u{7F}\u{85}", "日本 😀 é", "\u{2028}", "[deleted]", " ", "{}",
    ]

    init(hasTwoSources: Bool, _ random: inout SeededGenerator) {
        let count = Int.random(in: 1...14, using: &random)
        for index in 0..<count {
            let source = SourceReference(kind: "test", name: hasTwoSources && index % 3 == 2 ? "b" : "")
            var post = ImportedPost(source: source, key: "k\(index)")
            post.aliases = Bool.random(using: &random) ? ["a\(index)"] : []
            func maybe<T>(_ value: T) -> T? { Int.random(in: 0..<3, using: &random) == 0 ? value : nil }
            func text() -> String { Self.texts.randomElement(using: &random) ?? "" }
            post.createdAt = maybe(Int64.random(in: -5_000_000_000...5_000_000_000, using: &random))
            post.editedAt = maybe(1_700_000_000)
            post.fetchedAt = maybe(1_800_000_000)
            post.score = maybe(Int64.random(in: -9...9, using: &random))
            post.place = maybe(Int64(index))
            post.replyCount = maybe(3)
            post.url = maybe("https://t.example/\(index)")
            post.title = maybe(text())
            post.body = text()
            post.markup = Bool.random(using: &random) ? .plain : .markdown
            if let state = maybe([PostState.deleted, .removed][index % 2]) {
                post.state = state
                if Bool.random(using: &random) { post.body = nil }
            }
            if let number = maybe(index % 3) {
                post.author = AuthorReference(
                    key: "u\(number)", name: "n\(number)", displayName: maybe("N \(number)"), url: maybe("u"))
            }
            if let number = maybe(index % 2) {
                post.thread = ThreadReference(key: "c\(number)", title: "C", url: "https://c.example")
            }
            if let number = maybe(index % 2) { post.forum = ForumReference(key: "f\(number)", name: "F\(number)", url: "f") }
            post.forums = maybe([ForumReference(key: "f9", name: "F9")]) ?? []
            post.tags = maybe(["t", text() + "t"]) ?? []
            let other = PostReference(Bool.random(using: &random) ? .key("k\(index / 2)") : .alias("x\(index % 4)"))
            if let basis = maybe(ReplyBasis.allCases.filter { $0 != .manual }[index % 8]) {
                post.parent = ParentStatement(other, basis: basis, confidence: 0.5, evidence: maybe(text()))
                post.ancestors = maybe([PostReference(.alias("y"))]) ?? []
            }
            post.links = maybe([PostLink(to: other, kind: "quote", evidence: maybe(text()))]) ?? []
            post.revisions = maybe([Revision(seenAt: maybe(1), title: maybe("t"), body: "was \(index)")]) ?? []
            post.attachments = maybe([Attachment(name: text(), type: maybe("a/b"), size: maybe(1))]) ?? []
            post.inferences = maybe([Inference(.author, basis: "mention", confidence: 0.3, evidence: maybe(text()))]) ?? []
            posts.append(post)
        }
        posts.shuffle(using: &random)
    }
}
