// The SQL console on a terminal of `script`, its completion, and its example questions.

import Foundation
import Testing
import Threadbank
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct ConsoleTests {
    let folder: TemporaryFolder
    var environment: [String: String] {
        ["THREADBANK_ARCHIVE": folder.file("seeds.sqlite"), "XDG_STATE_HOME": folder.path, "TERM": "xterm", "NO_COLOR": "1"]
    }

    init() throws {
        folder = try TemporaryFolder()
        let seeds = ["lemmy", "text", "jsonl"].map { "\(Checkout.path)/seeds/\($0)" }
        try #require(Binary.run(["import"] + seeds, environment: environment).status == 0)
    }

    /// What a terminal shows for what is typed; nil where there is no `script`.
    private func typed(_ text: String) throws -> String? {
        guard let script = Tool.path("script") else {
            print("skipped: script is not installed")
            return nil
        }
        let command = "stty cols 60; '\(Binary.path)' sql"
        let answer = try Binary.run(
            ["-qec", command, "/dev/null"], stdin: text, environment: environment.merging(["SHELL": "/bin/sh"]) { $1 },
            binary: script)
        return answer.stdout
    }

    @Test func answersGoesOnAfterMistakesAndRemembers() throws {
        let text = "select 41 + 1 as sum,\n null as void;\nnonsense;\n.format csv\nselect 'a,b' as c;\n.tables\n.nope\n.quit\n"
        guard let shown = try typed(text) else { return }
        #expect(shown.contains(#/42\s+NULL/#))
        #expect(shown.contains("near \"nonsense\": syntax error"))
        #expect(shown.contains("\"a,b\""))
        #expect(shown.contains("post_revisions,"))
        #expect(shown.contains(".nope: there is no such command"))
        let history = try String(contentsOfFile: folder.file("threadbank/sql_history"), encoding: .utf8)
        #expect(history.contains("nonsense"))
    }

    @Test func tablesAreCutToTheTerminal() throws {
        let text = "select body, body as again from posts where body is not null;\n.quit\n"
        guard let shown = try typed(text) else { return }
        let rows = shown.split(whereSeparator: \.isNewline).drop { !$0.contains("─") }.prefix { !$0.contains("rows") }
        #expect(rows.count > 5)
        #expect(rows.allSatisfy { String($0).displayWidth <= 60 })
    }

    @Test func namesAndKeywordsAreCompleted() throws {
        let names = ConsoleNames(try SQLConsole(path: folder.file("seeds.sqlite")))
        #expect(names.complete("select * from post_de").words == ["post_details"])
        #expect(names.complete("select p.creat").words == ["created", "created_at"])
        #expect(names.complete("SEL").words == ["SELECT"])
        #expect(names.complete(".fo") == (3, [".format"]))
        #expect(names.complete(".schema thr").words == ["thread_summaries", "threads"])
        #expect(names.complete("select 'é ").words == [])
        #expect(names.complete("select é").bytes == 2)
    }

    @Test(arguments: SQLExamples.all.indices) func everyExampleRuns(index: Int) throws {
        let console = try SQLConsole(path: folder.file("seeds.sqlite"))
        var columns = 0
        let outcome = try console.run(SQLExamples.all[index].sql, columns: { columns = $0.count }, row: { _ in })
        #expect(columns > 0)
        // What the seeds cannot answer is no proof of a question; most they can.
        if ![5, 7, 13, 14].contains(index) { #expect(outcome.rows > 0, "\(SQLExamples.all[index].question)") }
    }

    @Test func theCookbookHoldsTheExamplesAsTheyAre() throws {
        let page = try String(
            contentsOfFile: "\(Checkout.path)/Sources/ThreadbankCore/Documentation.docc/SQLCookbook.md", encoding: .utf8)
        #expect(SQLExamples.all.count == 20)
        for example in SQLExamples.all {
            #expect(page.contains("### \(example.question)\n"), "\(example.question)")
            #expect(page.contains("```sql\n\(example.sql)\n```"), "\(example.question)")
        }
    }
}
