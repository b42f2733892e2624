// Markdown as a terminal shows it: what is there for a program alone is gone, and nothing else is.

import Testing
import ThreadbankCore

@testable import ThreadbankCLI

@Suite struct BodyTextTests {
    @Test(
        arguments: [
            ("&#x200B;\n\\> no quote", ["", "> no quote"]), ("snake\\_case \\*so\\*", ["snake_case *so*"]),
            ("*so* and **so**", ["*so* and **so**"]),
            ("[https://a.example](https://a.example)", ["https://a.example"]),
            ("[a.example](https://a.example/)", ["https://a.example/"]),
            ("[https://a.example/a\\_b](https://a.example/a\\_b)!", ["https://a.example/a_b!"]),
            ("[words](https://a.example)", ["[words](https://a.example)"]),
            ("<https://a.example/?a=b&c=d>", ["https://a.example/?a=b&c=d"]),
            ("x < y & z &amp; &lt;b&gt; &bogus; &#65;", ["x < y & z & <b> &bogus; A"]),
            ("`a\\_b &amp;` \\`c&amp;", ["`a\\_b &amp;` `c&"]),
            ("``a ` b\\_`` \\_", ["``a ` b\\_`` _"]), ("line\\\nnext", ["line", "next"]), ("C:\\dir\\new", ["C:\\dir\\new"]),
            ("[a](javascript:alert(1))", ["[a](javascript:alert(1))"]),
            ("[x](http://a.example/(b))", ["[x](http://a.example/(b))"]),
        ] as [(String, [String])])
    func escapesAndEntitiesAreUndone(text: String, expected: [String]) {
        #expect(BodyText.lines(text, .markdown, width: 80) == expected)
    }

    @Test func plainTextIsLeftAlone() {
        #expect(BodyText.lines("a\\_b &amp; [https://a.example](https://a.example)", .plain, width: 80).count == 1)
        #expect(BodyText.lines("a\\_b &amp;", .plain, width: 80) == ["a\\_b &amp;"])
        #expect(BodyText.lines("", .markdown, width: 80) == [])
    }

    @Test func codeIsCutAndNeverFilled() {
        let long = "    if (a)   { return " + String(repeating: "x", count: 40) + "; }   // why"
        let text = "Words of a sentence that is longer than the width.\n\n```c\n\(long)\n\tint a\\_b; &amp;\n```\n\nand on"
        let lines = BodyText.lines(text, .markdown, width: 30)
        #expect(lines.allSatisfy { $0.displayWidth <= 30 })
        let start = lines.firstIndex(of: "```c") ?? 0
        let end = lines.lastIndex(of: "```") ?? 0
        #expect(lines[(start + 1)..<end].joined() == long + "    int a\\_b; &amp;")
        #expect(lines.last == "and on")
    }

    @Test func indentedCodeIsCodeAndAListIsNot() {
        let code = "Look:\n\n    a\\_b = \\[1\\]\n\n    c &amp; d\n\nnot\\_code"
        #expect(
            BodyText.lines(code, .markdown, width: 80) == [
                "Look:", "", "    a\\_b = \\[1\\]", "", "    c &amp; d", "", "not_code",
            ])
        #expect(BodyText.lines("- one\n\n    still\\_one", .markdown, width: 80) == ["- one", "", "    still_one"])
        #expect(BodyText.lines("a line\n    goes\\_on", .markdown, width: 80) == ["a line", "    goes_on"])
        #expect(BodyText.lines("> ```\n> a\\_b\n\nout\\_side", .markdown, width: 80) == ["> ```", "> a\\_b", "", "out_side"])
    }

    @Test func noNotationBringsAControlCharacter() {
        let text = "&#27;[31m &#x9b;31m &#10;x &#8238;x &#0; &#xFFFFFFFF; &#x1b; \\\u{1B}[0m `\u{7}`\n\n```\n\u{1B}]0;x\u{7}\n```"
        for width in [5, 20, 80] {
            for line in BodyText.lines(text, .markdown, width: width) {
                #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{202E}" })
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func noTextTakesLong() {
        for pattern in [
            "[", "[a](", "`", "``` ", "&", "&#", "<", "<h", "\\", "[[](", "[x](http://", "> ", "    \n", "](", "`` ` ",
        ] {
            _ = BodyText.lines(String(repeating: pattern, count: 60_000 / pattern.utf8.count), .markdown, width: 80)
        }
    }
}
