// Long lines break between words, by columns, and URLs stay whole.

import Testing

@testable import ThreadbankCLI

@Suite struct TextWrapperTests {
    @Test(arguments: [
        ("", [""]), ("short", ["short"]), ("one two three", ["one two", "three"]), ("a\n\nb\n", ["a", "", "b", ""]),
        ("exactly10c", ["exactly10c"]), ("exactly10 c", ["exactly10", "c"]), ("  two spaces", ["  two", "  spaces"]),
        ("> quoted words", ["> quoted", "> words"]), ("- an item here", ["- an item", "  here"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("x abcdefghijklm", ["x abcdefgh", "ijklm"]), ("日本語日本語", ["日本語日本", "語"]), ("zwölf Wörter", ["zwölf", "Wörter"]),
        ("see https://example.org/a/long/path now", ["see", "https://example.org/a/long/path", "now"]),
        ("[t](https://example.org/x)", ["[t](", "https://example.org/x)"]),
        ("見https://e.example/日本。語", ["見", "https://e.example/日本", "。語"]),
    ])
    func breaksAtTenColumns(text: String, lines: [String]) {
        #expect(TextWrapper.wrap(text, width: 10) == lines)
    }

    @Test func wordsKeepTheirOrderAndLinesTheirWidth() {
        let words = (0..<400).map { String(repeating: "w", count: $0 * 7 % 8 + 1) }
        for width in 12...40 {
            for text in [
                words.joined(separator: " "), words.joined(separator: " ") + " ü", "1. " + words.joined(separator: "  "),
            ] {
                let lines = TextWrapper.wrap(text, width: width)
                #expect(lines.allSatisfy { $0.displayWidth <= width })
                let isSame = lines.flatMap { $0.split(separator: " ") } == text.split(separator: " ")
                #expect(isSame)
                #expect(
                    zip(lines, lines.dropFirst()).allSatisfy { line, next in
                        line.displayWidth + 1 + (next.split(separator: " ").first?.count ?? 0) > width
                    }, "no line has room for the next word")
            }
        }
    }
}
