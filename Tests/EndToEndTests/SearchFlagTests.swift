// What `search` can do beside finding posts, as its users run it.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct SearchFlagTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let seeds = ["text", "lemmy", "stackexchange", "mbox"].map { "\(Checkout.path)/seeds/\($0)" }
        try #require(Binary.run(["import"] + seeds, environment: environment).status == 0)
    }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    private func object(_ arguments: String...) throws -> [String: Any] {
        let text = try Binary.run(arguments + ["--format", "json"], environment: environment).stdout
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func total(_ arguments: String...) throws -> Int {
        let answer = try Binary.run(["search"] + arguments + ["--count"], environment: environment)
        #expect(answer.stderr == "")
        return try #require(Int(answer.stdout.dropLast()))
    }

    @Test func facetsAloneAreFacetsAlone() throws {
        let answer = try run("search", "bread OR soviet", "--facets", "--limit", "0")
        #expect(answer.status == 0 && answer.stderr == "")
        #expect(
            answer.stdout.hasPrefix("author\n  ") && answer.stdout.contains("\n\nforum\n  ")
                && answer.stdout.contains("\n\nstate\n  "))
        let facets = try #require(try object("search", "bread OR soviet", "--facets")["facets"] as? [String: [[String: Any]]])
        #expect(Set(facets.keys) == ["author", "forum", "source", "month", "state"])
        let all = try total("bread OR soviet")
        for values in facets.values { #expect(values.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == all) }
        #expect(try run("search", "bread", "--limit", "0").stderr.contains(" found\n"))
        #expect(try run("search", "zzzz", "--facets", "--limit", "0").status == 1)
    }

    /// A table has one header: whoever reads CSV would take the second for a row.
    @Test func facetsAsCSVAreOneTable() throws {
        let answer = try run("search", "bread OR soviet", "--facets", "--format", "csv")
        let rows = answer.stdout.split(separator: "\r\n")
        #expect(answer.status == 0 && rows.first == "facet,value,count")
        #expect(rows.count > 5 && rows.dropFirst().allSatisfy { $0.contains(/^(author|forum|source|month|state),/) })
        #expect(answer.stderr == "the hits are left out, for CSV is one table; --format json holds both\n")
        for more in [["--limit", "0"], ["--count"], ["-q"]] {
            let other = try Binary.run(
                ["search", "bread OR soviet", "--facets", "--format", "csv"] + more, environment: environment)
            #expect(other.stdout == answer.stdout && other.stderr == "", "\(more)")
        }
        #expect(try run("search", "zzzz", "--facets", "--format", "csv").stdout == "facet,value,count\r\n")
    }

    @Test(arguments: [
        (#""brea* knife""#, "brea*"), (#"title:"brea* knife""#, "brea*"), ("br*ad", "br*"), ("own:(br*ad OR x)", "br*"),
        (#"thread:{"a* b* c"}"#, "a*, b*"),
    ])
    func aStarThatCannotGoOnIsSaid(query: String, star: String) throws {
        let note = "\(star): a star goes on only behind the last word of a phrase; here the word stands for itself\n"
        for arguments in [[query], [query, "--threads"], [query, "--count"]] {
            let answer = try Binary.run(["search"] + arguments, environment: environment)
            #expect(answer.stderr.hasPrefix(note), "\(answer.stderr)")
        }
        #expect(try !run("search", query, "-q").stderr.contains("star"))
    }

    @Test(arguments: [#""bread kni*""#, #""bread kni"*"#, "brea*", "author:a*b", "2 * 3", "** *", #""* a""#, "*a*", "c/*x*/"])
    func otherStarsAreNotSpokenOf(query: String) throws {
        #expect(try !run("search", query).stderr.contains("a star goes on"))
    }

    @Test func aWholeQuestionWantsAny() throws {
        let question = "how does self-reliance work for a starter"
        let all = try run("search", question)
        #expect(all.status == 1 && all.stderr.contains("--any finds posts with any of the words"))
        #expect(try run("search", "--any", question).status == 0)
        #expect(try !run("search", "is:edited score:>100000").stderr.contains("--any"), "there are no words")
        #expect(try total("--any", "soviet starter") > total("soviet starter"))
    }

    @Test func aSearchIsKeptAskedNarrowedListedAndRemoved() throws {
        #expect(try run("search", "--save", "reds", "soviet OR china", "--sort", "newest").status == 0)
        #expect(try total("@reds") == total("soviet OR china"))
        #expect(try total("@reds", "-china") == total("(soviet OR china) -china"))
        #expect(try run("search", "--saved").stdout.contains("@reds  soviet OR china  newest"))
        let asked = try run("---completion", "search", "--", "positional@0", "2", "2", "threadbank", "search", "@r")
        #expect(asked.stdout.contains("@reds"))
        #expect(try run("search", "--unsave", "@reds").status == 0)
        #expect(try run("search", "--unsave", "reds").status == 1)
        #expect(try run("search", "--saved").stdout == "")
    }

    @Test func explainShowsTheExpressionAndThePlan() throws {
        let text = try run("search", "soviet author:SovereignState", "--explain").stdout
        #expect(text.contains("\"soviet\"") && text.contains("SELECT") && text.contains("posts_fts"))
        #expect(try object("search", "soviet", "--explain")["hits"] == nil)
    }

    @Test func ownAndQuotedAreParts() throws {
        let mail = "From: Ann <ann@a.example>\nDate: Tue, 14 Nov 2023 22:13:20 +0000\nMessage-ID: <1@a.example>\n\n"
        let text = mail + "On Monday, Bob wrote:\n> the quincunx\n\nA trapezoid, then.\n"
        _ = try Binary.run(["import", "-", "--from", "eml"], stdin: text, environment: environment)
        #expect(try total("quoted:quincunx") == 1 && total("own:quincunx") == 0)
        #expect(try total("own:trapezoid") == 1 && total("quoted:trapezoid") == 0)
        #expect(try total("trapezoid own:wrote") == 0, "who says whose words follow wrote nothing by that")
    }

    @Test func aThreadIsAskedAsAWhole() throws {
        let posts = try total("thread:{soviet}")
        #expect(try posts > total("soviet") && posts == total("thread:{soviet} is:present") + total("thread:{soviet} is:deleted"))
        #expect(try total("thread:{soviet} thread:{zzzz}") == 0)
    }

    @Test func similarFindsOthersAndSaysWhereThereAreNone() throws {
        let hit = try run("search", "soviet", "--limit", "1", "--format", "jsonl").stdout
        let id = String(try #require(hit.firstMatch(of: #/"post_id":(\d+)/#)).1)
        let answer = try run("similar", id, "--same-thread", "--format", "json")
        #expect(answer.status == 0 && !answer.stdout.contains("\"post_id\":\(id),"))
        #expect(try run("similar", "p99999").status == 1)
    }

    @Test func contextAndThreadsShowEachHit() throws {
        let hits = try total("soviet")
        let text = try run("search", "soviet", "--context", "1").stdout
        #expect(text.components(separatedBy: "\n  ▶ ").count - 1 == hits)
        let trees = try run("search", "soviet", "--threads").stdout
        #expect(trees.split(separator: "\n").count { $0.hasPrefix("▶ ") } == hits)
        #expect(try run("search", "soviet", "--threads", "--format", "csv").status == 64)
    }

    @Test func aNameThatNobodyHasBringsAHint() throws {
        let answer = try run("search", "author:SovereignStat")
        #expect(answer.status == 1)
        #expect(
            answer.stderr.contains(
                "no author has the name SovereignStat. Near it: \"SovereignState\"; author:SovereignStat* asks"))
        #expect(try total("author:SovereignStat*") > 0)
        let names = try #require(try object("search", "in:kitchn author:zzzzzz")["unknown_names"] as? [[String: Any]])
        #expect(names.map { $0["kind"] as? String } == ["forum", "author"])
        #expect(try run("threads", "--author", "SovereignStat").stderr.contains("near it: \"SovereignState\""))
        #expect(try object("search", "soviet")["unknown_names"] == nil)
    }

    @Test func aKeptSearchThatIsReplacedIsSaid() throws {
        #expect(try run("search", "--save", "reds", "soviet", "--sort", "newest").stderr.contains("search @reds asks it again"))
        #expect(try run("search", "--save", "reds", "china").stderr == "kept in the place of: soviet --sort newest\n")
        #expect(try run("search", "--save", "reds", "china").stderr.contains("asks it again"), "nothing was lost")
        #expect(try run("search", "--save", "any", "--any", "how does self-reliance work").status == 0)
        #expect(try total("@any") == total("--any", "how does self-reliance work"))
        for name in ["a b", "a/b", "@"] {
            let answer = try run("search", "--save", name, "x")
            #expect(answer.status == 64 && answer.stderr.contains("letters, digits"), "\(name): \(answer)")
        }
        #expect(try run("search", "--save", "raw", "--raw", "x").status == 64)
    }

    @Test(arguments: ["(", ")", "\"", "-", "*", ":-)"])
    func punctuationAloneIsSaidToAskNothing(query: String) throws {
        let answer = try run("search", query)
        #expect(answer.status == 1 && answer.stdout == "" && answer.stderr.contains("no letter or digit"), "\(answer)")
        #expect(try object("search", query)["total"] as? Int == 0)
    }

    @Test func aPostWithoutWordsIsLikeNone() throws {
        let line = #"{"source":"pictures","key":"1","body":"https://i.example/a.png"}"#
        _ = try Binary.run(["import", "-"], stdin: line + "\n", environment: environment)
        let answer = try run("similar", "threadbank:jsonl/pictures:1")
        #expect(answer.status == 1 && answer.stdout == "" && answer.stderr.contains("no words to compare by"), "\(answer)")
    }

    @Test func manyMonthsAreShownByYear() throws {
        let lines =
            (0..<40).map { #"{"key":"\#($0)","created_at":"\#(1990 + $0)-06-01","body":"quincunx"}"# } + [#"{"body":"quincunx"}"#]
        _ = try Binary.run(["import", "-"], stdin: lines.joined(separator: "\n") + "\n", environment: environment)
        let text = try run("search", "quincunx", "--facets", "--limit", "0").stdout
        #expect(
            text.contains("\nyear\n  1990 ") && text.contains("\n  2029 ") && text.contains("\n  undated ")
                && !text.contains("\nmonth\n"))
        let few = try run("search", "quincunx after:2010", "--facets", "--limit", "0").stdout
        #expect(few.contains("\nmonth\n  2010-06 ") && few.contains("\n  2029-06 "))
        let months = try #require(try object("search", "quincunx", "--facets")["facets"] as? [String: [[String: Any]]])["month"]
        #expect(months?.count == 41 && months?.first?["value"] as? String == "1990-06")
    }

    @Test func cutFacetsSayHowManyAreLeftOut() throws {
        let lines = (0..<13).map { #"{"author":"a\#($0)","body":"quincunx"}"# }
        _ = try Binary.run(["import", "-"], stdin: lines.joined(separator: "\n") + "\n", environment: environment)
        #expect(try run("search", "quincunx", "--facets", "--limit", "0").stdout.contains("\n  3 more, with 3 posts\n"))
    }

    @Test func keptSearchesCannotWaitForEachOther() throws {
        _ = try run("search", "--save", "reds", "soviet")
        _ = try run("search", "--save", "more", "@reds china")
        _ = try run("search", "--save", "reds", "@more")
        #expect(try run("search", "@reds", "--count").stdout == run("search", "soviet china", "--count").stdout)
        let unknown = try run("search", "@nosuch")
        #expect(unknown.status == 1 && unknown.stderr.contains("no search is kept under @"), "\(unknown)")
    }

    @Test func whatWasTypedIsRepeatedShortAndOnOneLine() throws {
        let answer = try run("search", String(repeating: "x\n", count: 900))
        #expect(answer.status == 1 && answer.stderr.utf8.count < 1_000, "\(answer.stderr.utf8.count)")
        #expect(answer.stderr.hasPrefix("nothing found for x x x"))
    }

    @Test func threadsBehindTheLastAreNotPromised() throws {
        let total = try run("search", "soviet", "--threads", "--limit", "100").stdout.split(separator: "\n").count
        let answer = try run("search", "soviet", "--threads", "--offset", "100")
        #expect(total > 0 && answer.stderr.contains("leaves out") && !answer.stderr.contains("shows more"), "\(answer)")
    }

    @Test func noNameHoldsTheByteThatEndsStrings() throws {
        let lines = [
            #"{"source":"n\u0000s","forum":"a\u0000b","author":"x\u0000y","thread":"t","thread_title":"t\u0000r","tags":["g\u0000h"],"body":"one","key":"1"}"#,
            #"{"source":"n\u0000s","forum":"a\u0000c","author":"x\u0000z","thread":"u","title":"v\u0000w","body":"two","key":"2"}"#,
        ]
        #expect(
            try Binary.run(["import", "-"], stdin: lines.joined(separator: "\n") + "\n", environment: environment).status == 0)
        let sql =
            "select group_concat(name, ' ') from (select name from forums union all select name from authors union all select tag from tags"
            + " union all select title from threads) where instr(name, char(65533)) order by 1"
        let names = try run("sql", sql, "--format", "csv").stdout
        for name in ["a\u{FFFD}b", "a\u{FFFD}c", "x\u{FFFD}y", "x\u{FFFD}z", "g\u{FFFD}h", "t\u{FFFD}r"] {
            #expect(names.contains(name), "\(name) in \(names)")
        }
    }

    @Test func theByteThatEndsStringsPartsNothing() throws {
        let lines = [
            #"{"key":"a\u0000b","aliases":["x\u0000y"],"body":"one","revisions":[{"title":null,"body":"old\u0000lost"}]}"#,
            #"{"key":"c","parent":"a\u0000b","body":"two","links":[{"to":"a\u0000b","kind":"quote","evidence":"e\u0000f"}]}"#,
        ]
        let report = try Binary.run(
            ["import", "-", "-a", folder.file("nul.sqlite"), "--format", "json"], stdin: lines.joined(separator: "\n") + "\n")
        #expect(report.stdout.contains(#""added":2"#) && report.stdout.contains(#""missing":0"#), "\(report)")
        let sql = "select (select count(*) from threads), (select hex(body) from post_revisions), (select count(*) from links)"
        let answer = try Binary.run(["sql", sql, "--format", "csv", "-a", folder.file("nul.sqlite")]).stdout
        #expect(answer.hasSuffix("1,6F6C64EFBFBD6C6F7374,1\r\n"), "\(answer)")
    }

    @Test(.timeLimit(.minutes(1))) func aPipeIsNoArchive() throws {
        let pipe = folder.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let answer = try Binary.run(["stats", "-a", pipe])
        #expect(answer.status == 2 && answer.stderr.contains("is no file"), "\(answer)")
    }
}
