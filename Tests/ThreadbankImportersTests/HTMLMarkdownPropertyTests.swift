// Of any HTML, also broken: no word is lost, no tag comes through, and the Markdown is as long as it may be.

import Foundation
import Testing
import ThreadbankTestSupport

@testable import ThreadbankImporters

@Suite struct HTMLMarkdownProperties {
    /// Random HTML, and the words that it shows, in order.
    private struct Page {
        var html = ""
        var words: [String] = []
        var random: SeededGenerator

        init(_ seed: UInt64) { random = SeededGenerator(seed) }

        mutating func word() {
            let word = "w\(words.count)\(["", "_x", "é", "中"].randomElement(using: &random) ?? "")"
            words.append(word)
            html += word
        }

        mutating func filler() {
            let fillers = [
                " ", "\n", "&nbsp;", "&amp;", "&lt;", "&lt;b&gt; ", "&#x27;", " * ", "*", "**", "_", "~~", "`", " ``` ", "# ",
                "- ", "1. ", "[", "](", "]:",
                "!", "|", " | ", "\\", "\\\\", "<br>", "<br><br>", "< ", "<3 ", "&", " &copy ", "&amp;copy; ",
                "http://a.example/", "---", "===", "> ",
                "</p>", "</b>", "</div>", "<hr>", "<img src=x alt=\"\">", "<!-- hidden -->", "<script>hidden</script>",
                "<style>hidden</style>", ".", ",", "(", ")", "\"", "\t", "&shy;", "&#9999999;",
            ]
            html += fillers.randomElement(using: &random) ?? ""
        }

        mutating func fill(_ depth: Int) {
            let elements = [
                "p", "div", "b", "i", "em", "strong", "del", "code", "a href=\"https://l.example/a b\"",
                "a href=\"javascript:x\"", "a",
                "ul", "ol start=3", "li", "blockquote", "pre", "pre class=\"lang-c\"", "table", "tr", "td", "th", "h1", "h3",
                "span", "dl",
                "dt", "dd", "details", "summary", "sup", "x-y", "q", "font", "kbd", "section",
            ]
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<4: word()
                case 4..<7: filler()
                default:
                    guard depth < 7, let element = elements.randomElement(using: &random) else { continue }
                    html += "<\(element)>"
                    fill(depth + 1)
                    // Often unclosed.
                    let name = element.prefix { $0 != " " }
                    if Int.random(in: 0..<10, using: &random) < 7 { html += "</\(name)>" }
                }
            }
        }
    }

    /// The Markdown without its escapes.
    private func unescaped(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if !isEscaped, character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    private func check(_ html: String, words: [String], _ name: Comment) throws {
        let markdown = try HTMLMarkdown.markdown(of: html)
        #expect(try HTMLMarkdown.markdown(of: html) == markdown, name)
        #expect(markdown.utf8.count <= 60 * html.utf8.count + 100, name)
        #expect(!markdown.contains("hidden"), name)
        let text = unescaped(markdown)
        var rest = text[...]
        for word in words {
            guard let found = rest.firstRange(of: word) else {
                Issue.record("\(name): \(word) is lost of \(html) in \(markdown)")
                return
            }
            rest = rest[found.upperBound...]
        }
        #expect(tag(in: markdown) == nil, name)
        for word in words { #expect(try HTMLText.plain(of: html).contains(word), name) }
    }

    /// A tag outside of code.
    private func tag(in markdown: String) -> String? {
        var lines: [Substring] = []
        var fence: Substring?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { " >-.0123456789".contains($0) }
            let ticks = text.prefix { $0 == "`" }
            if let open = fence {
                if ticks == open, text.count == ticks.count { fence = nil }
            } else if ticks.count >= 3, !text.dropFirst(ticks.count).contains("`") {
                fence = ticks
            } else {
                lines.append(line)
            }
        }
        let prose = lines.joined(separator: "\n").replacing(#/\\[`\\]/#, with: "").replacing(
            #/(`+)[^`](.*?[^`])??\1(?!`)/#, with: "")
        return prose.firstMatch(of: #/(?<x>^|[^\\])<[A-Za-z\/!?]/#).map { String(prose[$0.range]) }
    }

    @Test func noWordIsLostAndNoTagComesThrough() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var page = Page(seed)
            page.fill(0)
            try check(page.html, words: page.words, "seed \(seed)")
        }
    }

    private static let fragments = [
        "Try <code>a &lt; b</code>.<p>&gt; quote<p><pre><code>  x &lt;y&gt;\n</code></pre><a href=\"https:&#x2F;&#x2F;a.example\" rel=\"nofollow\">https:&#x2F;&#x2F;a.example</a>",
        "<aside class=\"quote\" data-post=\"2\"><div class=\"title\"><img src=\"/a.png\" class=\"avatar\"> ann:</div><blockquote><p>one</p></blockquote></aside><ul>\n<li>\n<p>two</p>\n</li>\n</ul>",
        "<html><head><title>t</title></head><body><table width=\"100%\"><tr><td><font>Dear</font></td></tr></table><!--[if mso]>x<![endif]--></body></html>",
        "<p>a</p><table><thead><tr><th>k</th><th>v</th></tr></thead><tbody><tr><td>1|</td><td><b>x</b></td></tr></tbody></table><hr><ol start=\"4\"><li>z",
    ]

    @Test func mutatedFragmentsTrapNothing() throws {
        var random = SeededGenerator(5)
        for round in 0..<600 {
            var bytes = Array((Self.fragments.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                case 2: bytes.insert(contentsOf: "<>&\"'/`*_[]()\\!|\n".utf8.shuffled(using: &random).prefix(3), at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: 0)
                }
                if bytes.isEmpty { bytes = [0x3C] }
            }
            let html = String(decoding: bytes, as: UTF8.self)
            let markdown = try HTMLMarkdown.markdown(of: html)
            #expect(tag(in: markdown) == nil, "round \(round): \(html)")
            #expect(markdown.utf8.count <= 60 * html.utf8.count + 100)
        }
    }

    /// What once took time by the square, or as much memory.
    @Test(arguments: [
        "<div>", "<b>x", "<blockquote>x", "<ul><li>x", "</p></b>x", "<foo>x</bar>", "<p a1 a2 a3=", "<a href='", "<!--",
        "<title>", "&#", "<<a",
        "http://a", "[a](", "*a `b ", "<a href=x>y", "<code>a</code>b", "<table><tr><td>", "<td>a", "<br>a", "<pre>`",
    ]) func repetitionTakesNoMoreThanItsLength(part: String) throws {
        let html = String(repeating: part, count: 20_000) + "end"
        let markdown = try HTMLMarkdown.markdown(of: html)
        #expect(markdown.utf8.count <= 60 * html.utf8.count)
    }

    @Test func oneLongTextComesWhole() throws {
        let text = String(repeating: "abcdefghi ", count: 1_100_000)
        #expect(try HTMLMarkdown.markdown(of: "<p>\(text)</p>").utf8.count { $0 != 0x20 && $0 != 0x0A } == 9 * 1_100_000)
    }

    @Test func manyThreadsConvertAtOnce() async throws {
        let html = Self.fragments.joined()
        let one = try HTMLMarkdown.markdown(of: html)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 { group.addTask { (try? HTMLMarkdown.markdown(of: html)) == one } }
            for await isSame in group { #expect(isSame) }
        }
    }
}
