// What was forgotten is gone from the file's bytes, and stays away until it is let in again.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ForgetTests {
    private let folder: TemporaryFolder
    private let archive: Archive
    private static let rare = "zyzzyvaquagmire"

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func post(_ key: String, _ body: String, _ parent: String? = nil, author: String = "ash") -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "test"), key: key)
        (post.body, post.title) = (body, parent == nil ? "About \(body)" : nil)
        post.author = AuthorReference(
            key: author, name: author, displayName: "\(author) \(author)", url: "https://a.example/\(author)")
        post.parent = parent.map {
            ParentStatement(PostReference(.key($0)), basis: .quote, confidence: 0.5, evidence: "says \(body)")
        }
        return post
    }

    /// A tree whose middle post bears the rare word everywhere that a post can bear one.
    private func tree(body: String = "middle \(rare)1") -> [ImportedPost] {
        var middle = post("b", body, "a", author: "\(Self.rare)2")
        middle.revisions = [Revision(seenAt: 1, title: nil, body: "older \(Self.rare)3")]
        middle.attachments = [Attachment(name: "\(Self.rare)4.jpg")]
        middle.aliases = ["\(Self.rare)5"]
        middle.url = "https://a.example/\(Self.rare)6"
        middle.inferences = [Inference(.author, basis: "mention", confidence: 0.5, evidence: "\(Self.rare)7")]
        middle.links = [PostLink(to: PostReference(.key("a")), kind: "quote", evidence: "\(Self.rare)8")]
        middle.parent?.evidence = "\(Self.rare)9"
        return [post("a", "top"), middle, post("c", "below", "b")]
    }

    private func id(_ key: String) throws -> Post.ID { try #require(try archive.reader.post(key: key)).id }

    /// Whether the word stands in any file of the folder, in any case.
    private func isInBytes(_ word: String) -> Bool {
        folder.names.contains { name in
            let text = String(decoding: folder.bytes(name) ?? Data(), as: Unicode.ASCII.self).lowercased()
            return text.contains(word)
        }
    }

    @Test func nothingOfItIsLeftInTheFile() throws {
        // Enough around it that pages are shared and split, and the word stood in several segments of the index.
        let crowd = (0..<400).map { post("x\($0)", "crowd \($0) " + String(repeating: "filler ", count: 30)) }
        try archive.importList(crowd + tree())
        try archive.importList(tree(body: "edited \(Self.rare)0"))
        #expect(isInBytes(Self.rare))
        let report = try archive.forget(.posts([id("b")]), dryRun: false)
        #expect((report.posts, report.ghosts, report.authors) == (1, 1, 1))
        #expect(try archive.reader.faults() == [])
        try archive.close()
        #expect(!isInBytes(Self.rare))
    }

    @Test func aWholeThreadLeavesNothing() throws {
        var root = post("a", "\(Self.rare)1")
        (root.url, root.tags) = ("https://a.example/\(Self.rare)2", ["\(Self.rare)3"])
        root.thread = ThreadReference(key: "\(Self.rare)4", title: "\(Self.rare)5", url: "\(Self.rare)6")
        root.forum = ForumReference(key: "f", name: "Forum")
        try archive.importList([root])
        let report = try archive.forget(.posts([id("a")]), dryRun: false)
        #expect((report.posts, report.ghosts, report.threads, report.authors) == (1, 0, 1, 1))
        try archive.close()
        #expect(!isInBytes(Self.rare))
    }

    @Test func aDryRunChangesNothing() throws {
        try archive.importList(tree())
        let dump = try archive.reader.dump()
        let would = try archive.forget(.posts([id("b")]), dryRun: true)
        #expect(try archive.reader.dump() == dump)
        #expect(try archive.forget(.posts([id("b")]), dryRun: false) == would)
    }

    @Test func repliesStayBelowAnEmptyPlace() throws {
        try archive.importList(tree())
        _ = try archive.forget(.posts([id("b")]), dryRun: false)
        #expect(try archive.reader.parents() == ["c": "?"])
        let ghost = try #require(try archive.reader.allPosts().first { $0.sourceKey == nil })
        #expect(ghost.state == .missing && ghost.body == nil && ghost.author == nil && ghost.url == nil)
        #expect(ghost.parentID == (try id("a")))
        #expect(try archive.reader.search(SearchRequest(.parse(Self.rare + "*"), text: Self.rare)).total == 0)
    }

    @Test func laterImportsLeaveItOutUntilItIsLetIn() throws {
        try archive.importList(tree())
        _ = try archive.forget(.posts([id("b")]), dryRun: false)
        let report = try archive.importList(tree())
        #expect((report.read, report.added, report.unchanged, report.rejected) == (3, 0, 2, 1))
        #expect(try archive.reader.post(key: "b") == nil)
        #expect(try archive.reader.faults() == [])
        #expect(try archive.allowAgain([("test", "", "b")]) == 1)
        #expect(try archive.allowAgain([("test", "", "b")]) == 0)
        #expect(try archive.importList(tree()).rejected == 0)
        #expect(try archive.reader.parents() == ["b": "a", "c": "b"])
        #expect(try archive.reader.faults() == [])
    }

    @Test func anAuthorsPostsGo() throws {
        try archive.importList([
            post("a", "x", author: "elm"), post("b", "y", "a", author: "fir"), post("c", "z", "b", author: "elm"),
        ])
        let elm = try #require(try archive.reader.authors().items.first { $0.name == "elm" })
        let report = try archive.forget(.author(elm.id), dryRun: false)
        #expect((report.posts, report.ghosts, report.authors) == (2, 1, 1))
        #expect(try archive.reader.allPosts().compactMap(\.sourceKey) == ["b"])
        #expect(try archive.reader.authors().items.map(\.name) == ["fir"])
        #expect(try archive.reader.faults() == [])
    }

    @Test func inputsThatItTouchedAreUnfinished() throws {
        let input = { MemoryInput(name: "list", text: "x") }
        #expect(try archive.importInput(input(), with: ListImporter(tree())).added == 3)
        #expect(try archive.importInput(input(), with: ListImporter([])).unchanged == 3, "finished, so not read")
        _ = try archive.forget(.posts([id("b")]), dryRun: false)
        #expect(try archive.importInput(input(), with: ListImporter(tree())).rejected == 1, "read again")
    }

    /// Also an input that was read after the erasure, and one that held a copy which was not the current one.
    @Test func lettingInReadsInputsAgain() throws {
        func read(_ text: String, _ posts: [ImportedPost]) throws -> ImportReport {
            try archive.importInput(MemoryInput(name: "list", text: text), with: ListImporter(posts))
        }
        #expect(try read("one", tree()).added == 3)
        #expect(try read("two", tree()).unchanged == 3)
        _ = try archive.forget(.posts([id("b")]), dryRun: false)
        #expect(try read("one", tree()).rejected == 1)
        #expect(try read("one", []).rejected == 1, "finished again")
        #expect(try archive.allowAgain(nil) == 1)
        #expect(try read("two", tree()).added == 1)
        #expect(try read("one", tree()).unchanged == 3)
    }

    /// A post that nobody has seen is there only for those that name it.
    @Test func whatOnlyTheErasedNamedGoesWithThem() throws {
        try archive.importList(tree())
        try archive.importList([post("x", "reply", "lost"), post("y", "its reply", "x")])
        #expect(try archive.reader.threads(ThreadListRequest()).total == 2)
        let last = try #require(try archive.reader.info().lastImports.first).id
        let report = try archive.forget(.importRun(last), dryRun: false)
        #expect((report.posts, report.ghosts, report.threads) == (2, 0, 1))
        #expect(try archive.reader.allPosts().compactMap(\.sourceKey).sorted() == ["a", "b", "c"])
        #expect(try archive.reader.threads(ThreadListRequest()).total == 1)
        #expect(try archive.reader.faults() == [])
    }

    /// Up a chain of such posts, as far as nobody else names them; and the empty place of an earlier erasure.
    @Test func ghostsGoAsFarUpAsNobodyElseNamesThem() throws {
        var deep = post("z", "deep", "p2")
        deep.ancestors = ["p1", "p0"].map { PostReference(.key($0)) }
        try archive.importList(tree() + [deep, post("w", "other", "p0")])
        _ = try archive.forget(.posts([id("z")]), dryRun: false)
        #expect(try archive.reader.allPosts().compactMap(\.sourceKey).sorted() == ["a", "b", "c", "p0", "w"])
        #expect(try archive.reader.parents() == ["b": "a", "c": "b", "w": "p0"])

        let first = try archive.forget(.posts([id("b")]), dryRun: false)
        #expect((first.posts, first.ghosts) == (1, 1))
        _ = try archive.forget(.posts([id("c")]), dryRun: false)
        #expect(try archive.reader.allPosts().map(\.sourceKey).compactMap { $0 }.sorted() == ["a", "p0", "w"])
        #expect(try archive.reader.allPosts().count == 3, "the empty place of b is gone too")
        #expect(try archive.reader.faults() == [])
    }

    @Test func aGhostWithANoteOfOnesOwnStays() throws {
        try archive.importList([post("x", "reply", "lost")])
        _ = try archive.mark(.post(id("lost")), .note, ["look for it"])
        _ = try archive.forget(.posts([id("x")]), dryRun: false)
        #expect(try archive.reader.allPosts().map(\.sourceKey) == ["lost"])
    }

    @Test func whatIsNotThereIsSaid() throws {
        #expect(throws: ThreadbankError.self) { try archive.forget(.posts([Post.ID(rawValue: 7)]), dryRun: false) }
        #expect(throws: ThreadbankError.self) { try archive.forget(.importRun(7), dryRun: false) }
    }
}
