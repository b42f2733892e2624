// Stack Exchange's dumps: tables by themselves and as a folder, names from Users.xml, rows that are broken.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

/// A folder that stands in memory.
private final class MemoryFolder: ImportFolder {
    let name: String
    let tables: [String: [UInt8]]
    let chunk: Int

    init(_ name: String, _ tables: [String: [UInt8]], chunk: Int = 1 << 16) {
        (self.name, self.tables, self.chunk) = (name, tables, chunk)
    }

    var key: String { name }
    var sourceName: String? { nil }
    var sha256: String? { SHA256Hash.hex(of: name + tables.keys.sorted().joined()) }
    var files: [String] { tables.keys.sorted() }
    func next() -> [UInt8]? { nil }
    func restart() {}
    func open(_ file: String) -> any ImportInput {
        MemoryInput(name: "\(name)/\(file)", bytes: tables[file] ?? [], chunk: chunk)
    }
}

private struct Folder: FolderProbe {
    var name = "x"
    var files: [String]
    var folders: [String] = []
    func files(in folder: String) -> [String] { [] }
}

@Suite struct StackExchange {
    private static let tables = Dictionary(
        uniqueKeysWithValues: ["Posts.xml", "Comments.xml", "Users.xml", "PostLinks.xml"].map {
            ($0, Checkout.seed("stackexchange/bread.example/\($0)") ?? [])
        })

    private func importer() throws -> any Importer { try #require(Importers.named("stackexchange")) }

    private func dump(_ tables: [String: [UInt8]] = tables, chunk: Int = 1 << 16) throws -> RecordingSink {
        let sink = RecordingSink()
        try importer().read(MemoryFolder("dumps/bread.example", tables, chunk: chunk), into: sink)
        return sink
    }

    private func posts(_ rows: String) throws -> RecordingSink {
        let sink = RecordingSink()
        try importer().read(MemoryInput(name: "bread.example/Posts.xml", text: "<posts>\n\(rows)\n</posts>"), into: sink)
        return sink
    }

    @Test(arguments: [1, 5, 100_000]) func aDumpTellsQuestionsAnswersAndComments(chunk: Int) throws {
        let sink = try dump(chunk: chunk)
        let posts = sink.posts.filter { $0.state == .present }
        #expect(posts.map(\.key) == ["p1", "p2", "p3", "p5", "c1", "c2", "c3"])
        #expect(
            posts.map { $0.parent?.parent } == [
                nil, PostReference(.key("p1")), PostReference(.key("p1")), nil, PostReference(.key("p1")),
                PostReference(.key("p2")),
                PostReference(.key("p2")),
            ])
        #expect(posts.allSatisfy { $0.parent?.basis ?? .native == .native && $0.source.name == "bread.example" })
        #expect(posts[0].title == "Why does the crust go soft?" && posts[0].tags == ["crust", "storage"])
        #expect(posts[0].body == "Why does my crust go *soft* over night?\n\n```\noven 230\nfan  off\n```")
        #expect(posts[0].createdAt == 1_651_399_200 && posts[0].editedAt == 1_651_485_601 && posts[0].score == 5)
        #expect(posts[0].links == [PostLink(to: PostReference(.key("p2")), kind: "accepted")])
        #expect(posts[3].tags == ["crust"] && posts[2].author?.key == "name:user77")
        #expect(posts[4].body == "How do you *store* it? See `bag` vs. <box>." && !posts[4].isRendering)
        #expect(posts[1].url == "https://bread.example/a/2" && posts[5].url == "https://bread.example/posts/comments/2")
        #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
    }

    @Test func accountsAreNamedByUsers() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let report = try archive.importInput(MemoryFolder("bread.example", Self.tables), with: importer())
        #expect(report.isBalanced && (report.read, report.added, report.authors) == (7, 7, 5))
        #expect(try archive.reader.post(key: "p2")?.author == "Bo")
        #expect(try archive.reader.post(key: "p5")?.author == "Cy & Co")
        #expect(try archive.reader.post(key: "p3")?.author == "user77")
        let duplicate = try #require(try archive.reader.post(key: "p5"))
        #expect(try archive.reader.postDetails(duplicate.id)?.linksOut.map(\.kind) == ["duplicate"])
        #expect(try archive.importInput(MemoryFolder("bread.example", Self.tables), with: importer(), again: true).unchanged == 7)
        #expect(try archive.reader.faults() == [])
    }

    /// Tables given one by one, in an order that people would use, make the same archive.
    @Test(arguments: [
        ["Comments.xml", "PostLinks.xml", "Posts.xml", "Users.xml"],
        ["Posts.xml", "Users.xml", "PostLinks.xml", "Comments.xml", "Users.xml"],
    ])
    func tablesByThemselvesMakeTheSameArchive(order: [String]) throws {
        let folder = try TemporaryFolder()
        let whole = try Archive(path: folder.file("whole.sqlite"))
        try whole.importInput(MemoryFolder("bread.example", Self.tables), with: importer())
        let parts = try Archive(path: folder.file("parts.sqlite"))
        for file in order {
            let input = MemoryInput(name: "bread.example/\(file)", bytes: Self.tables[file] ?? [])
            #expect(try parts.importInput(input, with: importer(), again: true).isBalanced)
        }
        #expect(try parts.reader.dump() == whole.reader.dump())
    }

    @Test func otherPagesAreLeftOutAndCounted() throws {
        let sink = try posts(
            #"<row Id="1" PostTypeId="1" Title="T" Body="b" /><row Id="2" PostTypeId="5" Body="wiki" /><row Id="3" PostTypeId="4"/>"#
        )
        #expect(sink.posts.map(\.key) == ["p1"] && sink.rejected.isEmpty)
        #expect(sink.warnings.map(\.detail) == ["2"])
    }

    @Test func aBrokenRowCostsItself() throws {
        let sink = try posts(
            """
            <row Id="1" PostTypeId="1" Body="one" />
            <row Id="2" PostTypeId="2" ParentId="1" Body="never closed />
            <row Id="3" PostTypeId="2" ParentId="1" Body="three" Body="twice" />
            <row Id="x" PostTypeId="2" ParentId="1" Body="four" />
            <row Id="5" PostTypeId="2" ParentId="1" Body="&nosuch;" />
            <row Id="6" PostTypeId="2"
               ParentId="1" Body="over > lines"></row>
            <row Id="7" PostTypeId="2" ParentId="1" Body="a&#x1;b" />
            """)
        #expect(sink.posts.map(\.key) == ["p1", "p6", "p7"])
        #expect(sink.posts.map(\.body) == ["one", "over > lines", "a\u{FFFD}b"])
        #expect(sink.rejected.count == 4)
        #expect(sink.rejected.allSatisfy { $0.place != .whole })
    }

    @Test func aCutTableSaysSo() throws {
        let bytes = try #require(Self.tables["Posts.xml"])
        let sink = RecordingSink()
        #expect(throws: ImportError.self) {
            try importer().read(MemoryInput(name: "Posts.xml", bytes: Array(bytes.dropLast(40))), into: sink)
        }
        #expect(sink.posts.count == 3)
    }

    @Test(arguments: [
        ("/a/cooking.stackexchange.com/Posts.xml", "cooking.stackexchange.com"),
        ("stackoverflow.com-Posts/Posts.xml", "stackoverflow.com"),
        ("cooking/data/Posts.xml", "cooking"), ("Posts.xml", ""), ("stackoverflow.com-Posts.xml.gz", "stackoverflow.com"),
    ])
    func theSiteIsTheFoldersName(path: String, site: String) throws {
        let sink = RecordingSink()
        try importer().read(MemoryInput(name: path, text: #"<posts><row Id="1" PostTypeId="1" Body=""/></posts>"#), into: sink)
        #expect(sink.posts.map(\.source.name) == [site])
    }

    @Test func aFolderIsADumpWhereOtherTablesStandBesidePosts() throws {
        let importer = try #require(importer() as? any FolderImporter)
        #expect(importer.claims(Folder(files: ["Posts.xml", "Users.xml", "x.txt"])) == ["Posts.xml", "Users.xml"])
        #expect(importer.claims(Folder(files: ["Posts.xml"])) == nil)
        #expect(importer.claims(Folder(files: ["Comments.xml", "Users.xml"])) == nil)
    }
}
