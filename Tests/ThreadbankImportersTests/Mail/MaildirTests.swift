// Folders of mail: what of them is a Maildir, and which of its files are posts.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct MaildirTests {
    private struct Folder: FolderProbe {
        var name = "box"
        var files: [String] = []
        var contents: [String: [String]]
        var folders: [String] { contents.keys.sorted() }
        func files(in folder: String) -> [String] { (contents[folder] ?? []).sorted() }
    }

    private final class Box: ImportFolder {
        let name = "box"
        let key = "box"
        let sha256: String? = nil
        let sourceName: String? = nil
        let texts: [String: String]
        var files: [String] { texts.keys.sorted() }

        init(_ texts: [String: String]) { self.texts = texts }
        func next() -> [UInt8]? { nil }
        func restart() {}
        func open(_ file: String) throws -> any ImportInput { MemoryInput(name: file, text: texts[file] ?? "") }
    }

    private func importer() throws -> any FolderImporter {
        try #require(Importers.named("maildir") as? any FolderImporter)
    }

    @Test func curAndNewAreClaimedAndTmpIsNot() throws {
        let folder = Folder(contents: ["cur": ["1:2,S", ".hidden"], "new": ["2"], "tmp": ["3"], "other": ["4"]])
        #expect(try importer().claims(folder) == ["cur/1:2,S", "new/2"])
        #expect(try importer().claims(Folder(contents: ["cur": ["1"]])) == nil)
        #expect(try importer().claims(Folder(contents: ["current": [], "new": []])) == nil)
    }

    @Test func everyFileIsAPostButDrafts() throws {
        let mail = { (id: String) in "From: a@x.example\nMessage-ID: <\(id)@x>\n\nHello.\n" }
        let sink = RecordingSink()
        let box = Box([
            "cur/1:2,S": mail("1"), "cur/2:2,ST": mail("2"), "cur/3:2,DS": mail("3"), "cur/4!2,D": mail("4"), "new/5": mail("5"),
            "new/6": "no mail",
        ])
        try importer().read(box, into: sink)
        #expect(sink.posts.map(\.key) == ["1@x", "2@x", "5@x"])
        #expect(sink.rejected.map { $0.detail.prefix { $0 != " " } } == ["cur/3:2,DS:", "cur/4!2,D:", "new/6:"])
    }

    @Test func aFileIsNoMaildir() {
        #expect(throws: ImportError.self) { try importer().read(MemoryInput(name: "x", text: "From: a"), into: RecordingSink()) }
    }

    @Test func theSeedIsFoundAsOneInputAndIsUnchangedTheSecondTime() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("a.sqlite"))
        var reports: [ImportReport] = []
        for _ in 0..<2 {
            try InputFinder().forEachInput(at: "\(Checkout.path)/seeds/maildir") { found in
                guard case .importer(let importer) = found.match else { return }
                #expect(importer.name == "maildir")
                reports.append(try archive.importInput(found.input, with: importer))
            }
        }
        #expect(reports.map(\.added) == [2, 0] && reports.map(\.unchanged) == [0, 2])
        #expect(try archive.reader.parents() == ["loaves-2@bakers.example": "loaves-1@oven.example"])
        #expect(try archive.reader.faults() == [])
    }
}
