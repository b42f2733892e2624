// How hits look on a terminal, and that nothing in a post speaks to the terminal or to a browser.

import Testing
import ThreadbankCore

@testable import ThreadbankCLI

@Suite struct SearchPrinterTests {
    private func hit(_ pieces: [SearchHit.Piece], title: String? = "First") -> SearchHit {
        var hit = SearchHit(
            id: Post.ID(rawValue: 12), threadID: DiscussionThread.ID(rawValue: 3), state: .deleted, rank: 1.5, snippet: pieces)
        hit.threadTitle = title
        hit.createdAt = 1_700_000_000
        return hit
    }

    private func lines(_ hit: SearchHit, style: Style = .plain, width: Int = 60) -> [String] {
        SearchPrinter(results: SearchResults(query: "", total: 1), format: .text, isCount: false, style: style, width: width)
            .lines(hit)
    }

    @Test func showsTheThreadThePostAndTheWords() {
        let hit = hit([.init("a ("), .init("bread", isHit: true), .init(") knife")], title: nil)
        #expect(lines(hit) == ["(untitled)  p12/t3 · unknown · 2023-11-14 · deleted", "    a (bread) knife"])
    }

    @Test func hitsAreBoldWhereColourIsWelcome() {
        let hit = hit([.init("a ("), .init("bread knife", isHit: true), .init(")")])
        #expect(lines(hit, style: Style(isOn: true))[1] == "    a (\u{1B}[1mbread\u{1B}[22m \u{1B}[1mknife\u{1B}[22m)")
    }

    @Test(arguments: [20, 40, 80, 140])
    func snippetsTakeAtMostTwoLinesOfTheWidth(width: Int) {
        let text = String(repeating: "日本語 word ", count: 100) + String(repeating: "x", count: 500)
        for pieces in [[SearchHit.Piece(text)], [.init(String(text.reversed()), isHit: true)], [.init("\n \t")], []] {
            let lines = lines(hit(pieces, title: text), width: width)
            #expect(lines.count <= 3)
            #expect(lines.dropFirst().allSatisfy { $0.displayWidth <= width })
        }
    }

    @Test func controlCharactersAreShown() {
        let lines = lines(hit([.init("a\u{1B}[31mb\u{202E}\r\n"), .init("\u{7}", isHit: true)], title: "\u{1B}]0;x\u{7}"))
        #expect(lines.joined().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test func snippetsInJSONAreHTML() {
        let json = hit([.init("<script>\"&'<\u{301}b "), .init("</mark><i>", isHit: true)]).json.text
        #expect(json.contains("&lt;script&gt;&quot;&amp;&#39;&lt;\u{301}b <mark>&lt;/mark&gt;&lt;i&gt;</mark>"))
        #expect(json.contains(#""post_id":12,"thread_id":3,"thread_title":"First","forum":null,"author":null"#))
        #expect(json.contains(#""created":"2023-11-14T22:13:20Z","score":null,"rank":1.5"#))
    }
}
