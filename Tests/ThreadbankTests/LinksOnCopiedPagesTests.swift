// A parent that was set or taken by hand on a copied page survives when the page, or a longer copy of it, comes again.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct LinksOnCopiedPagesTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private static let pages: [String: [String]] = [
        "bare": [
            "A thick one, and little of it. Wipe off what is outside of the links, or it gathers dust.",
            "What about wax? It stays clean much longer, though it takes an evening.", "Thank you!",
            "Is that so? I have never seen a waxed chain that did not squeak in the rain.", "Wax it again after each rain, then.",
        ],
        "chat": [
            "[10:00] <rowan> which oil for a wet chain?", "[10:01] <linden> rowan: a thick one", "[10:02] <alder> rowan: or wax",
            "[10:03] <rowan> alder: does it last?", "[10:04] <alder> rowan: a month or so",
        ],
    ]

    private func read(_ lines: [String]) throws {
        _ = try archive.importInput(
            MemoryInput(name: "page.txt", text: lines.joined(separator: "\n"), key: "page.txt"),
            with: try #require(Importers.named("text")))
        #expect(try archive.reader.faults() == [])
    }

    private func post(_ words: String) throws -> Post {
        try #require(try archive.reader.allPosts().first { $0.body?.contains(words) == true })
    }

    @Test(arguments: pages.keys.sorted(), [false, true]) func whatWasSetByHandStays(_ kind: String, _ isLonger: Bool) throws {
        let lines = try #require(Self.pages[kind])
        try read(isLonger ? Array(lines.prefix(4)) : lines)
        let (first, second, last) = kind == "bare" ? ("thick", "What about", "Is that so") : ("thick", "or wax", "does it last")
        try archive.link(post(last).id, to: post(first).id)
        try archive.unlink(post(second).id)
        try read(isLonger ? lines + [kind == "bare" ? "No, thanks." : "[10:05] <rowan> alder: thanks"] : lines)
        #expect(try post(last).parentID == post(first).id)
        #expect(try post(last).reply?.basis == .manual)
        #expect(try post(second).parentID == nil)
        #expect(try archive.reader.allPosts().filter { $0.body?.contains(last) == true }.count == 1)
    }

    @Test(arguments: pages.keys.sorted()) func whatWasInferredSaysHow(_ kind: String) throws {
        try read(try #require(Self.pages[kind]))
        for post in try archive.reader.allPosts() where post.parentID != nil {
            let reply = try #require(post.reply)
            #expect(reply.isInferred && reply.confidence > 0 && reply.confidence < 1)
            #expect(reply.evidence?.isEmpty == false)
        }
    }
}
