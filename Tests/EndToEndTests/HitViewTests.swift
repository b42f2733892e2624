// Hits in their place: between their neighbours, and in the trees of their threads; parts of a thread.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct HitViewTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("seeds.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let seeds = ["text", "lemmy"].map { "\(Checkout.path)/seeds/\($0)" }
        try #require(Binary.run(["import"] + seeds, environment: environment).status == 0)
    }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    @Test func contextShowsWhatStandsAboveAndBelow() throws {
        let text = try run("search", "soviet", "--context", "1").stdout
        #expect(text.contains("    … 2 further up\n") && text.contains("\n  ▶ ") && text.contains("more replies"))
        let json = try run("search", "soviet", "--context", "2", "--format", "json").stdout
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let hits = try #require(answer["hits"] as? [[String: Any]])
        for hit in hits {
            let context = try #require(hit["context"] as? [String: Any])
            #expect(Set(context.keys) == ["above", "further_up", "below", "more_below"])
            #expect((context["above"] as? [Any])?.count == 2)
        }
        #expect(try run("search", "soviet", "--context=-1").status == 64)
    }

    @Test func threadsHoldEachPostAndMarkEveryHit() throws {
        let total = try run("search", "soviet", "--count").stdout
        let text = try run("search", "soviet", "--threads").stdout
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("▶ ") }.count == Int(total.dropLast()))
        #expect(text.contains(" · 12 posts · 2 hits\n"))
        for number in 2...13 { #expect(text.contains("p\(number)"), "p\(number)") }
        let json = try run("search", "soviet", "--threads", "--format", "jsonl").stdout
        #expect(json.matches(of: #/"hit":true,"rank":[\d.]+,"snippet":"/#).count == 2)
        #expect(try run("search", "zzzz", "--threads").status == 1)
        #expect(try run("thread", "1", "--match", "soviet").stdout == text)
        #expect(try run("thread", "1", "--match", "zzzz").status == 1)
        #expect(try run("thread", "1", "--match", "soviet", "--format", "html").stdout.contains("class=\"hit\""))
    }

    @Test func previewsBeginWithOnesOwnWords() throws {
        let quote = String(repeating: "> theirs is a long answer that was quoted whole\\n", count: 12)
        let lines = [
            #"{"key":"1","body":"the question about rye","author":"ann"}"#,
            #"{"key":"2","parent":"1","body":"\#(quote)\nmine is short","author":"bob","markup":"markdown"}"#,
            #"{"key":"3","parent":"2","body":"On Monday, bob wrote:\n\#(quote)\nthanks, wheat","author":"cat"}"#,
            #"{"key":"4","body":"\#(quote)\nuntitled words","author":"dan","markup":"markdown"}"#,
        ]
        let own = ["THREADBANK_ARCHIVE": folder.file("quotes.sqlite")]
        _ = try Binary.run(
            ["import", "-", "--from", "jsonl"], stdin: lines.joined(separator: "\n") + "\n", environment: own)
        for (arguments, words) in [
            (["search", "rye", "--threads"], ["mine is short", "thanks, wheat"]), (["show", "p1"], ["mine is short"]),
            (["show", "p3"], ["mine is short"]), (["search", "wheat", "--context", "1"], ["mine is short"]),
            (["search", "author:bob"], ["mine is short"]), (["search", "author:cat"], ["thanks, wheat"]),
            (["threads"], ["untitled words"]),
        ] {
            let text = try Binary.run(arguments, environment: own).stdout
            for word in words { #expect(text.contains(word), "\(arguments): \(text)") }
        }
        _ = try Binary.run(["export", "--format", "markdown", "-o", folder.file("pages")], environment: own)
        #expect(try String(contentsOfFile: folder.file("pages/index.md"), encoding: .utf8).contains("untitled words"))
    }

    @Test func branchesWithoutAHitAreFoldedInLargeThreads() {
        let posts = (1...50).map { number in
            var post = Post(id: Post.ID(rawValue: Int64(number)), threadID: DiscussionThread.ID(rawValue: 1))
            post.parentID = number == 1 ? nil : Post.ID(rawValue: number <= 5 ? 1 : Int64(number / 10 + 1))
            return post
        }
        let thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: "text", source: "x", posts: 50)
        let hit = SearchHit(
            id: Post.ID(rawValue: 23), threadID: thread.id, state: .present, snippet: [.init("found", isHit: true)])
        var text = ""
        HitTreePrinter(width: 60).write(.init(contents: ThreadContents(thread: thread, posts: posts), hits: [hit.id: hit])) {
            text += $0
        }
        let folded = text.matches(of: #/… (\d+) posts? without a hit/#).compactMap { Int($0.1) }
        let shown = text.matches(of: #/ · p\d+/#).count
        #expect(shown == 3 && folded.reduce(0, +) == 47, "\(text)")
    }

    @Test func aThreadIsCollapsedAndCountsWhatItHides() throws {
        let whole = try run("thread", "1", "--format", "jsonl").stdout.split(separator: "\n").count
        let text = try run("thread", "1", "--collapse", "1").stdout
        let shown = text.matches(of: #/(?m) · p\d+( ◀)?$/#).count
        let hidden = text.matches(of: #/… (\d+) more repl/#).compactMap { Int($0.1) }.reduce(0, +)
        #expect(shown < whole && shown + hidden == whole)
        #expect(try run("thread", "1", "--sort", "best").status == 0)
    }

    @Test func sinceShowsNewPostsAndWhatTheyAnswer() throws {
        let list = try run("threads", "--format", "jsonl").stdout.split(separator: "\n")
        let id = try #require(list.first { $0.contains("Tomatoes") }?.firstMatch(of: #/"id":(\d+)/#)?.1)
        let dates = try run("thread", String(id), "--since", "2023-08-02", "--format", "jsonl").stdout
        let all = try run("thread", String(id), "--format", "jsonl").stdout
        #expect(dates.split(separator: "\n").count < all.split(separator: "\n").count)
        #expect(dates.contains("\"depth\":0"))
    }

    @Test func aQuotationLeadsToItsPost() throws {
        let line = #"{"key":"1","body":"The chain jumps on the smallest sprocket."}"#
        let reply =
            #"{"key":"2","parent":"1","body":"> jumps on the smallest sprocket\n\nIt is worn.\n\n> nothing that anybody said"}"#
        try Data("\(line)\n\(reply)\n".utf8).write(to: URL(fileURLWithPath: folder.file("q.jsonl")))
        _ = try run("import", folder.file("q.jsonl"))
        let id = try run("sql", "select id from posts where body like '%worn.%' and source_key = '2'", "--format", "csv").stdout
        let post = String(id.split(separator: "\r\n").last ?? "")
        let shown = try run("show", post).stdout
        #expect(shown.contains("Quotes\n  p") && shown.contains("“jumps on the smallest sprocket”"))
        #expect(try run("show", post, "--format", "json").stdout.contains("\"quotes\":[{\"text\":\"jumps on"))
    }

    @Test func statsHaveBars() throws {
        let text = try run("stats").stdout
        for words in ["posts by month", "2023-08  ", "busiest authors", "busiest forums", "█"] { #expect(text.contains(words)) }
        #expect(try run("stats", "--format", "json").stdout.contains("\"months\":[{\"month\":\"2023-08\",\"posts\":"))
        #expect(BarChart(width: 30).lines([("a", 0), ("bc", 1), ("日本", 4)]).allSatisfy { $0.displayWidth <= 30 })
    }

    @Test func theManualTellsOfEveryVerb() throws {
        let page = try run("manual").stdout
        for verb in ["search", "thread", "export", "tag", "manual"] { #expect(page.contains(".SS \(verb) ")) }
        #expect(page.hasPrefix(".TH THREADBANK 1 "))
    }

    @Test func completionsKnowTheArchive() throws {
        let bash = try run("--generate-completion-script", "bash")
        #expect(bash.status == 0 && bash.stdout.contains("---completion"))
        let options = ["-a", folder.file("seeds.sqlite")]
        #expect(Completions.forums(options, 0, "gar") == ["garden"])
        #expect(Completions.query(options, 0, "author:sor") == ["author:sorrel"])
        #expect(Completions.query(options, 0, "aut") == ["author:"])
        // As a shell asks: without naming the archive.
        let asked = try run("---completion", "threads", "--", "--forum", "3", "0", "threadbank", "threads", "--forum", "")
        #expect(asked.stderr == "" && asked.stdout.contains("garden"))
        #expect(Completions.tags(["-a", "/nowhere"], 0, "") == [])
    }

    @Test func linksAreForTerminalsThatKnowThemAndLeadToTheWebAlone() {
        let style = Style(isOn: true, hasLinks: true)
        #expect(style.link("p1", to: "https://a.example/1") == "\u{1B}]8;;https://a.example/1\u{1B}\\p1\u{1B}]8;;\u{1B}\\")
        for url in ["javascript:x", "https://a.example/\u{1B}\\", "https://a.example/\u{7}", "https://é.example/", nil] {
            #expect(style.link("p1", to: url) == "p1")
        }
        #expect(Style.plain.link("p1", to: "https://a.example/1") == "p1")
    }
}
