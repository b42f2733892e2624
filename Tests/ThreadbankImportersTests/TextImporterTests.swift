// The text importer on odd inputs, and what it takes for text.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct TextImporterTests {
    private let importer: any Importer

    init() throws { importer = try #require(Importers.named("text")) }

    private func read(_ bytes: [UInt8], key: String = "page.txt") throws -> [ImportedPost] {
        let sink = RecordingSink()
        try importer.read(MemoryInput(name: "page.txt", bytes: bytes, key: key, chunk: 7), into: sink)
        #expect(sink.pages.count == (sink.posts.isEmpty ? 0 : 1))
        #expect(sink.rejected.isEmpty)
        return sink.posts
    }

    private func read(_ text: String) throws -> [ImportedPost] { try read(Array(text.utf8)) }

    // MARK: Any bytes

    @Test(arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}", "\u{FEFF}\n"])
    func nothingYieldsNothing(_ text: String) throws { #expect(try read(text).isEmpty) }

    @Test(arguments: ["one line", "one line\n", "one line\r\n", "one line\r", "\u{FEFF}one line", "\n\none line"])
    func oneLineIsOnePresentPostWithoutAGhost(_ text: String) throws {
        let posts = try read(text)
        #expect(posts.map(\.body) == ["one line"])
        #expect(posts.map(\.state) == [.present])
        #expect(posts[0].parent == nil)
    }

    @Test func lineEndsMakeNoDifference() throws {
        let text = "First words of it.\nWhy is that?\nThank you\n[deleted]\n"
        let plain = try read(text)
        #expect(plain.count == 5)
        #expect(try read(text.split(separator: "\n").joined(separator: "\r\n")) == plain)
        #expect(try read(text.split(separator: "\n").joined(separator: "\r")) == plain)
        #expect(try read("\u{FEFF}" + text) == plain)
    }

    @Test func invalidBytesAndNullsBecomeReplacementCharacters() throws {
        #expect(try read([0x61, 0xFF, 0x62, 0x00, 0x63]).map(\.body) == ["a\u{FFFD}b\u{FFFD}c"])
        #expect(try read([0xC3]).map(\.body) == ["\u{FFFD}"])
        let all = try read((0...255).map { UInt8($0) })
        #expect(!all.isEmpty)
    }

    @Test func controlCharactersStayInTheBody() throws {
        #expect(try read("bell \u{7} and escape \u{1B}[31m").map(\.body) == ["bell \u{7} and escape \u{1B}[31m"])
    }

    @Test func onlyTombstonesMakeDeletedPosts() throws {
        let posts = try read("[deleted]\n[deleted]\n[removed]")
        #expect(posts.map(\.state) == [.missing, .deleted, .deleted, .removed])
        #expect(posts.allSatisfy { $0.body == nil })
        #expect(Set(posts.compactMap(\.key)).count == 3)
    }

    @Test func manyEqualLinesHaveKeysOfTheirOwn() throws {
        let posts = try read(Array(String(repeating: "[deleted]\n", count: 20_000).utf8))
        #expect(posts.count == 20_001)
        #expect(Set(posts.compactMap(\.key)).count == 20_000)
    }

    // MARK: Keys

    @Test func keysAreThePageTheWordsAndThePlaceAmongEquals() throws {
        let posts = try read("Same  WORDS\nsame words\nThank you")
        let hash = SHA256Hash.hex(of: "same words").prefix(32)
        #expect(posts[1].key == "page.txt#\(hash).1")
        #expect(posts[2].key == "page.txt#\(hash).2")
        #expect(posts[0].aliases == ["page.txt#opening"])
    }

    @Test func keysStayWhenNeighboursCome() throws {
        let before = try read("One answer.\nAnother answer.")
        let after = try read("A new answer.\nOne answer.\nAnother answer.\nYet another.")
        #expect(Set(before.compactMap(\.key)).isSubset(of: after.compactMap(\.key)))
    }

    @Test func statedAuthorsAndPointsAreTaken() throws {
        let posts = try read("marta 3 points 5 hours ago\nBlue clay.\nReply\njo 1 point 2 hours ago\nWhere?\nReply\n")
        #expect(posts.map(\.author?.name) == [nil, "marta", "jo"])
        #expect(posts.map(\.score) == [nil, 3, 1])
        #expect(posts.allSatisfy { $0.createdAt == nil })
    }

    // MARK: What is text

    private func recognises(_ head: [UInt8], _ name: String = "page.txt", isNamed: Bool = true) -> Bool {
        importer.recognises(InputProbe(fileName: name, head: head, isNamed: isNamed))
    }

    @Test func namedInputsAndTextFilesAreTaken() {
        let head = Array("Some words".utf8)
        #expect(recognises(head, "notes", isNamed: true))
        #expect(recognises(head, "", isNamed: true))
        #expect(recognises(head, "page.TXT", isNamed: false))
        #expect(!recognises(head, "notes.md", isNamed: false))
        #expect(recognises([], isNamed: true))
    }

    @Test(
        arguments: [
            "[deleted]\nwords", "[12:34] <name> hi", "[1] a footnote", "<name> hi", "[removed]", "[[a wiki link]] words",
            "[null] and void",
            "< 3 hours", "[x] done", "\u{FEFF}words", "[", "-1 from me", "\"quoted\"", "a\u{0}b",
        ].filter { $0 != "[" })
    func textThatBeginsOddlyIsText(_ head: String) { #expect(recognises(Array(head.utf8))) }

    @Test(arguments: [
        "{\"a\": 1}", "  \n{", "[{\"a\": 1}]", "[\n  {", "[1, 2]", "[]", "[\"a\"]", "[[1]]", "[true, false]", "\u{FEFF}{\"a\"",
        "<html>", "<!DOCTYPE html>",
        "<?xml version=\"1.0\"?>", "<p>words", "<items><item/></items>", "<row Id=\"1\"", "<media:content>",
    ])
    func jsonAndMarkupNeverFallThrough(_ head: String) { #expect(!recognises(Array(head.utf8))) }

    @Test(arguments: [
        Array("SQLite format 3\0".utf8), [0x1F, 0x8B, 8], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0],
        Array("BZh9".utf8),
        [0x50, 0x4B, 3, 4], [0x7F, 0x45, 0x4C, 0x46], [0x89, 0x50, 0x4E, 0x47], Array("%PDF-1.4".utf8),
        [UInt8](repeating: 0, count: 64),
    ])
    func binaryFilesAreNoText(_ head: [UInt8]) { #expect(!recognises(head)) }
}
