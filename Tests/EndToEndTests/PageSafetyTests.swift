// Pages against everything that a post can try on its reader: a strict reader of HTML finds no element, attribute or address that we
// did not make.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankPages
import ThreadbankTestSupport

@Suite struct PageSafetyTests {
    /// Ways to run a script, load something or leave one's place, as they stand in the known collections.
    static let attacks = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>", "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">", "<img src=`x` onerror=alert(1)>",
        "<svg/onload=alert(1)>", "<svg><script>alert&#40;1)</script>",
        "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<object data=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">", "<embed src=x>",
        "<base href=//x.example/>",
        "<meta http-equiv=refresh content=\"0;url=//x.example\">", "<link rel=stylesheet href=//x.example/x.css>",
        "<style>@import'//x.example/x.css';</style>", "<div style=\"background:url(javascript:alert(1))\">",
        "<form action=//x.example><input type=submit>", "<button formaction=javascript:alert(1)>x",
        "<isindex action=javascript:alert(1)>",
        "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>",
        "<marquee onstart=alert(1)>", "<input onfocus=alert(1) autofocus>", "<a href=javascript:alert(1)>x</a>",
        "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;", "</details></main><script>alert(1)</script>",
        "</style><script>alert(1)</script>", "</title><script>alert(1)</script>", "\"><script>alert(1)</script>",
        "' onmouseover='alert(1)", "\" onmouseover=\"alert(1)", "` onmouseover=`alert(1)", "--><script>alert(1)</script>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))", "[x](java&#10;script:alert(1))",
        "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript:alert(1))", "[x](javascript&colon;alert(1))",
        "[x]( javascript:alert(1))",
        "[x](\u{1}javascript:alert(1))", "[x](\\javascript:alert(1))", "[x](vbscript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](data:image/svg+xml;base64,PHN2Zy8+)", "[x](file:///etc/passwd)", "[x](blob:x)", "[x](//x.example)", "[x](/p1)",
        "[x](#p1)",
        "[x](http://a.example \"\" onclick=alert(1) \")", "[x](http://a.example\" onclick=\"alert(1))",
        "[x](<http://a.example\"onclick=alert(1)>)",
        "[x](http://a.example '\" onclick=alert(1)')", "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))", "![x](http://a.example/pixel.gif)", "![x](x\" onerror=\"alert(1))",
        "![\" onerror=\"alert(1)](http://a.example)",
        "[![x](http://a.example/a.png)](javascript:alert(1))", "![[x](http://b.example)](http://a.example/a.png)",
        "```\"><script>alert(1)</script>\n<script>alert(1)</script>\n```", "~~~ x\" onclick=\"alert(1)\nx\n~~~",
        "`<script>alert(1)</script>`",
        "| a | <script>alert(1)</script> |\n|---|---|\n| [x](javascript:alert(1)) | <img src=x onerror=alert(1)> |",
        "- [x] <input onfocus=alert(1)>", "~~<b onclick=alert(1)>~~", "> <script>alert(1)</script>",
        "http://a.example/\"onclick=alert(1)",
        "https://a.example/<script>alert(1)</script>", "www.a.example/\"><script>alert(1)</script>",
        "mailto:a@b.example\"onclick=alert(1)",
        "http://a.example/\u{0}<script>", "<\u{0}script>alert(1)</script>", "<\u{338}script>alert(1)</script>",
        "\u{FE64}script\u{FE65}alert(1)",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\u{202E}<tpircs>", "\u{2028}<script>alert(1)</script>",
        "<a\u{C}href=javascript:alert(1)>x",
        "<xss onafterscriptexecute=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)",
        "<a href=\"x\" ping=//x.example>x</a>",
        "\u{1B}]8;;javascript:alert(1)\u{7}x\u{1B}]8;;\u{7}", "\u{9B}31m",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg><style><img src=x onerror=alert(1)></style></svg>", "<template><script>alert(1)</script></template>",
        "{{constructor.constructor('alert(1)')()}}",
    ]

    @Test(arguments: attacks) func nothingThatIsPostedRuns(attack: String) {
        for markup in [Markup.markdown, .plain] { #expect(PageReader.faults(in: page(attack, markup)) == []) }
    }

    /// A name that turns the direction of what follows does so inside of itself alone.
    @Test func directionsOfNamesEndWithThem() {
        let turning = "\u{202E}\u{2067}שלום\u{061C}"
        var post = Post(id: Post.ID(rawValue: 1), threadID: DiscussionThread.ID(rawValue: 1))
        (post.author, post.title, post.body, post.createdAt) = (turning, turning + "1", "a \(turning)\nb &#8238; c", 1)
        post.attachments = [
            Attachment(name: turning), Attachment(name: "https://a.example/" + turning, type: Attachment.linkType),
        ]
        post.links = [Post.Tie(kind: turning, post: Post.ID(rawValue: 2))]
        for markup in [Markup.markdown, .plain] {
            post.markup = markup
            var thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "jsonl", source: turning)
            (thread.title, thread.forum, thread.tags) = (turning, turning, [turning])
            var html = ""
            ThreadPage().write(ThreadContents(thread: thread, posts: [post])) { html += $0 }
            #expect(PageReader.faults(in: html) == [])
            for piece in html.components(separatedBy: "שלום").dropLast() {
                let start = piece.suffix(60)
                let isOwn = ["<bdi>", "<bdi>jsonl/"].contains(where: start.hasSuffix)
                let isAlone = ["dir=\"auto\">", "<title>", "https://a.example/", "a \u{202E}"].contains { start.contains($0) }
                #expect(isOwn || isAlone, "\(start)")
            }
            // Only the post's own text may still hold such marks, and it stands in an element that isolates it.
            let body = html.components(separatedBy: "<div class=\"body\" dir=\"auto\">")
            #expect(body.count == 2 && !body[0].unicodeScalars.contains { [0x202E, 0x2067, 0x61C].contains($0.value) })
        }
    }

    @Test func nothingThatIsMixedFromThemRuns() {
        var random = SeededGenerator(20_231_114)
        for _ in 0..<1_500 {
            let parts = (0..<Int.random(in: 2...5, using: &random)).map { _ -> String in
                let attack = Array(Self.attacks.randomElement(using: &random) ?? "")
                let cut = attack.isEmpty ? 0 : Int.random(in: 0..<attack.count, using: &random)
                return String(Bool.random(using: &random) ? attack[cut...] : attack[..<cut])
            }
            let text = parts.joined(separator: ["", "\n", "\n\n", " ", "\n> ", "`"][Int.random(in: 0..<6, using: &random)])
            let faults = PageReader.faults(in: page(text, .markdown)) + PageReader.faults(in: page(text, .plain))
            #expect(faults == [], "\(text.debugDescription)")
        }
    }

    @Test func noWordIsLost() {
        let html = page(
            "<b>bold</b> and <script>words()</script>\n\n<div>\nin a block\n</div>\n\n![a picture](http://a.example/p.png)",
            .markdown)
        for words in ["&lt;b&gt;bold&lt;/b&gt;", "&lt;script&gt;words()&lt;/script&gt;", "in a block", ">a picture</a>"] {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func noTextTakesLong() {
        let patterns = [
            "[", "![", "*a_ ", "<", "<!--", "`", "[a](", "> ", "* ", "|", "|a|b|\n|-|-|\n", "www.", "a@", "http://", "&", "~",
            "\\", "- [ ] ", "\n>",
            "[a]: b\n", "<?", "<!A ", "<![CDATA[", "_", "**x", "](", "((", "\t", "- \n", "1. ", "|\n", "x|\n", "#", "~~a", "a**b",
            "[[x]",
        ]
        for pattern in patterns {
            // A part that is rendered, and one that is too long for that.
            let part = String(repeating: pattern, count: 15_000 / pattern.utf8.count)
            #expect(!MarkdownHTML.html(part + "\n\n" + part + part + part).isEmpty)
        }
    }

    @Test func aChainOf20000IsAPageThatBrowsersCanShow() {
        var text = ""
        let posts = (1...20_000).map { number in
            var post = Post(id: Post.ID(rawValue: Int64(number)), threadID: DiscussionThread.ID(rawValue: 1))
            post.parentID = number > 1 ? Post.ID(rawValue: Int64(number - 1)) : nil
            return post
        }
        let thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "text", source: "x")
        ThreadPage().write(ThreadContents(thread: thread, posts: posts)) { text += $0 }
        #expect(PageReader.faults(in: text) == [])
        #expect(PageReader.depth(of: text) < 60)
    }

    /// A page on which every place that a post or its origin fills holds the text.
    private func page(_ text: String, _ markup: Markup) -> String {
        var post = Post(id: Post.ID(rawValue: 1), threadID: DiscussionThread.ID(rawValue: 1))
        (post.author, post.title, post.body, post.url, post.markup) = (text, text, text, text, markup)
        post.attachments = [
            Attachment(name: text, type: "text/uri-list"), Attachment(name: text, type: text, size: 1),
            Attachment(name: "https://a.example/" + text, type: "text/uri-list"),
        ]
        post.links = [Post.Tie(kind: text, post: post.id), Post.Tie(kind: text, post: Post.ID(rawValue: 9))]
        post.linkedFrom = [Post.Tie(kind: text, post: Post.ID(rawValue: 9))]
        post.reply = ReplyEvidence(basis: .quote, confidence: 0.5, evidence: text)
        var thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: text, source: text)
        (thread.title, thread.forum, thread.url) = (text + " ", text, text)
        var html = ""
        ThreadPage(marked: [post.id], index: "index.html").write(ThreadContents(thread: thread, posts: [post])) { html += $0 }
        return html
    }
}

/// Reads HTML more strictly than a browser: whatever is not plainly text, or an element of ours, is a fault.
enum PageReader {
    private static let attributes: Set = [
        "href", "id", "class", "title", "dir", "open", "datetime", "align", "start", "type", "checked", "disabled", "lang",
        "charset",
        "content", "name", "http-equiv",
    ]
    private static let elements: Set = [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "b", "bdi",
        "span", "time", "div",
        "details", "summary", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "br", "table", "thead",
        "tbody", "tr",
        "th", "td", "input",
    ]

    static func faults(in html: String) -> [String] {
        var faults: [String] = []
        // The head is ours, but for the title; its style sheet holds a `>`.
        let parts = html.components(separatedBy: "<style>")
        guard parts.count == 2, let end = parts[1].range(of: "</style>") else { return ["the head is broken"] }
        let head = parts[0].replacing("<!DOCTYPE html>\n", with: "")
        let body = String(parts[1][end.upperBound...])
        for text in [head, body] {
            for piece in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
                guard let match = piece.prefixMatch(of: #/\/?([a-z0-9]+)((?: [a-z-]+(?:="[^"]*")?)*)(?: \/)?>/#) else {
                    faults.append("<\(piece.prefix(40))")
                    continue
                }
                if !elements.contains(String(match.1)) { faults.append("<\(match.1)>") }
                if match.1 == "meta", text == body { faults.append("<meta> in the body") }
                for attribute in match.2.matches(of: #/ ([a-z-]+)(?:="([^"]*)")?/#) {
                    if !attributes.contains(String(attribute.1)) { faults.append("\(attribute.1)=") }
                    let value = attribute.2 ?? ""
                    if attribute.1 == "href",
                        !["https://", "http://", "mailto:", "#p", "index", "../index", "threads/"].contains(
                            where: value.lowercased().hasPrefix)
                    {
                        faults.append("href=\(value)")
                    }
                    if attribute.1 == "type", value != "checkbox" { faults.append("type=\(value)") }
                }
            }
        }
        if html.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
            faults.append("a control character")
        }
        return faults
    }

    static func depth(of html: String) -> Int {
        var (depth, deepest) = (0, 0)
        for piece in html.split(separator: "<") {
            if piece.hasPrefix("details") { depth += 1 } else if piece.hasPrefix("/details") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}
