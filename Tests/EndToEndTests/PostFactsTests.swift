// The address of a link post, files, tags and the accepted answer: in every form of a thread, and found by search.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct PostFactsTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    /// A link post with a file below it, and a question with an accepted answer; one address tries to be more than an address.
    static let lines = [
        #"{"key":"l","thread":"links","thread_title":"A fine loaf","tags":["rye","<b>"],"state":"present","title":"A fine loaf","#
            + #""attachments":[{"name":"https://loaf.example/a_b?c=d","type":"text/uri-list"}],"links":[{"to":"q","kind":"cross-post"}]}"#,
        #"{"key":"f","thread":"links","parent":"l","body":"Mine","attachments":[{"name":"crumb.png","type":"image/png","size":12}]}"#,
        #"{"key":"j","thread":"links","parent":"l","body":"","#
            + #""attachments":[{"name":"javascript:alert(1)\u001b[31m","type":"text/uri-list"}]}"#,
        #"{"key":"q","thread":"ask","thread_title":"Which flour?","title":"Which flour?","body":"Which?","links":[{"to":"a","kind":"accepted"}]}"#,
        #"{"key":"a","thread":"ask","parent":"q","body":"Rye."}"#, #"{"key":"o","thread":"ask","parent":"q","body":"Wheat."}"#,
    ]

    init() throws {
        folder = try TemporaryFolder()
        let text = Self.lines.joined(separator: "\n") + "\n"
        try #require(Binary.run(["import", "-", "--from", "jsonl"], stdin: text, environment: environment).status == 0)
    }

    private func thread(_ title: String, _ format: String) throws -> String {
        let list = try Binary.run(["threads", "--format", "jsonl"], environment: environment).stdout
        let line = try #require(list.split(separator: "\n").first { $0.contains(title) })
        let id = try #require(line.firstMatch(of: #/"id":(\d+)/#)?.1)
        let answer = try Binary.run(["thread", String(id), "--format", format], environment: environment)
        try #require(answer.status == 0)
        #expect(!answer.stdout.contains("\u{1B}"))
        return answer.stdout
    }

    @Test(
        arguments: [
            (
                "text",
                [
                    "link: https://loaf.example/a_b?c=d\n", "attached: crumb.png, image/png, 12 bytes\n", "tags: <b>, rye\n",
                    "cross-post: p",
                ]
            ),
            (
                "flat",
                ["  link: https://loaf.example/a_b?c=d\n", "  attached: crumb.png, image/png, 12 bytes\n", "tags: <b>, rye\n"]
            ),
            (
                "markdown",
                ["link: <https://loaf.example/a_b?c=d>", "attached: crumb.png, image/png, 12 bytes\n", "tags: \\<b\\>, rye"]
            ),
            (
                "json",
                [
                    #""link":"https://loaf.example/a_b?c=d""#,
                    #""attachments":[{"name":"crumb.png","type":"image/png","size":12}]"#, #""tags":["<b>","rye"]"#,
                ]
            ),
            ("jsonl", [#""link":"https://loaf.example/a_b?c=d""#, #""links":[{"kind":"cross-post","id":"#]),
            (
                "html",
                [
                    "link: <a href=\"https://loaf.example/a_b?c=d\">", "attached: crumb.png, image/png, 12 bytes",
                    "tags: &lt;b&gt;, rye", "link: javascript:alert(1)",
                ]
            ),
            (
                "mbox",
                [
                    "\nX-Threadbank-Link: https://loaf.example/a_b?c=d\n",
                    "\nX-Threadbank-Attachment: crumb.png, image/png, 12 bytes\n", "\nKeywords: <b>, rye\n",
                ]
            ),
        ] as [(String, [String])])
    func whatAPostCarriesIsInEveryForm(format: String, expected: [String]) throws {
        let text = withoutIsolation(try thread("A fine loaf", format))
        for words in expected { #expect(text.contains(words), "\(words) in \(text)") }
        if format == "html" { #expect(!text.contains("href=\"javascript")) }
    }

    @Test(arguments: [
        ("text", "[accepted]", "accepted answer: p"), ("flat", "[accepted]", "accepted answer: p"),
        ("markdown", "\\[accepted\\]", "accepted answer: p"),
        ("json", #""linked_from":[{"kind":"accepted","id":"#, #""links":[{"kind":"accepted","id":"#),
        ("html", "<b>[accepted]</b>", "accepted answer: <a href=\"#p"),
        ("mbox", "\nX-Threadbank-Accepted: yes\n", "\nX-Threadbank-Tie: accepted <"),
    ])
    func theAcceptedAnswerIsMarked(format: String, answer: String, question: String) throws {
        let text = withoutIsolation(try thread("Which flour", format))
        #expect(text.components(separatedBy: answer).count == 2 && text.components(separatedBy: question).count == 2, "\(text)")
    }

    /// Names stand in elements of their own on a page.
    private func withoutIsolation(_ page: String) -> String {
        page.replacingOccurrences(of: "<bdi>", with: "").replacingOccurrences(of: "</bdi>", with: "")
    }

    @Test func linkPostsAndFilesAreFoundAndToldApart() throws {
        func keys(_ query: String) throws -> [String] {
            let hits = try Binary.run(["search", query, "--format", "jsonl"], environment: environment).stdout
            let ids = hits.matches(of: #/"post_id":(\d+)/#).map { String($0.1) }
            return try ids.map { id in
                let sql = "select source_key from posts where id = \(id)"
                return try Binary.run(["sql", sql, "--format", "csv"], environment: environment).stdout.components(
                    separatedBy: "\r\n")[1]
            }.sorted()
        }
        #expect(try keys("has:link") == ["j", "l", "q"])
        #expect(try keys("has:attachment") == ["f"])
    }

    @Test func showNamesTheLinkOnceAndNoFile() throws {
        let text = try Binary.run(["show", "p1"], environment: environment).stdout
        #expect(text.contains("  link: https://loaf.example/a_b?c=d\n") && !text.contains("Attachments"))
        #expect(!text.contains("no text is known"))
        #expect(
            try Binary.run(["show", "p2"], environment: environment).stdout.contains(
                "Attachments\n  crumb.png, image/png, 12 bytes\n"))
    }
}
