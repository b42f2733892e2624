// `threadbank sql` as people and scripts run it.

import ArgumentParser
import Foundation
import Testing
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct SqlCommandTests {
    let folder: TemporaryFolder
    private var archive: String { folder.file("archive.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
        #expect(try Binary.run(["init", "-a", folder.file("archive.sqlite")]).status == 0)
    }

    private func sql(_ arguments: String..., stdin: String? = nil) throws -> Binary.Result { try sql(arguments, stdin: stdin) }

    private func sql(_ arguments: [String], stdin: String?) throws -> Binary.Result {
        try Binary.run(["sql"] + arguments, stdin: stdin, environment: ["THREADBANK_ARCHIVE": archive])
    }

    @Test func printsATable() throws {
        let run = try sql("select 'a' as name, 7 as n, null as x union all select '日本' || char(27), 1000, 2.5")
        #expect(
            run.stdout == """
                name      n     x
                ─────  ────  ────
                a         7  NULL
                日本␛  1000   2.5

                """)
        #expect(run.status == 0)
        #expect(run.stderr.isEmpty)
    }

    @Test func cutsNothingWhereThereIsNoTerminal() throws {
        let run = try sql("select printf('%.*c', 500, 'x') as long, 1 as n union all select 'short', 2")
        let lines = run.stdout.split(separator: "\n")
        #expect(lines[2] == String(repeating: "x", count: 500) + "  1")
        #expect(lines[3] == "short" + String(repeating: " ", count: 75) + "  2")
    }

    @Test func alignsOnlyByTheFirstThousandRows() throws {
        let run = try sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) select i, 'x' as x from n",
            "--format", "text")
        let lines = run.stdout.split(separator: "\n")
        #expect(lines.count == 3002)
        #expect(lines[2] == "   1  x")
        #expect(lines[3001] == "3000  x")
    }

    @Test func printsJSON() throws {
        let query = "select 1 as a, 0.5 as b, null as c, 'x\"' as a, x'00ff' as d union all select 2, 1e999, '', 'ü', x''"
        let objects = [
            #"{"a":1,"b":0.5,"c":null,"a:1":"x\"","d":{"$base64":true,"encoded":"AP8="}}"#,
            #"{"a":2,"b":null,"c":"","a:1":"ü","d":{"$base64":true,"encoded":""}}"#,
        ]
        #expect(try sql(query, "--format", "json").stdout == "[\n" + objects.joined(separator: ",\n") + "\n]\n")
        #expect(try sql("--format", "jsonl", query).stdout == objects.map { $0 + "\n" }.joined())
        #expect(try sql("select 1 as a where 0", "--format=json").stdout == "[]\n")
        #expect(try sql("select 1 as a where 0", "--format=jsonl").stdout.isEmpty)
    }

    @Test func printsCSV() throws {
        let run = try sql(
            "select 1 as 'a,b', 'x\"y' as c, null as d, '' as e, 'l' || char(10) || 'm' as f, x'00ff' as g", "--format", "csv")
        #expect(run.stdout == "\"a,b\",c,d,e,f,g\r\n1,\"x\"\"y\",,\"\",\"l\nm\",AP8=\r\n")
        #expect(try sql("select null as a", "--format", "csv").stdout == "a\r\n\"\"\r\n")
    }

    @Test(arguments: ["text", "csv"])
    func findsNothingWithoutComplaint(format: String) throws {
        let run = try sql("select id, title from thread_summaries", "--format", format)
        #expect(run.status == 0)
        #expect(run.stdout.hasPrefix("id"))
    }

    @Test func saysOnStderrThatRowsWereCut() throws {
        let query = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
        let run = try sql(query, "--format", "csv")
        #expect(run.status == 0)
        #expect(run.stdout.components(separatedBy: "\r\n").count == 10_002)
        #expect(run.stderr == "threadbank: cut at 10000 rows; raise it with --max-rows\n")
        let few = try sql(query, "--format", "json", "--max-rows", "2")
        #expect(few.stdout == "[\n{\"i\":1},\n{\"i\":2}\n]\n")
        #expect(few.stderr.contains("cut at 2 rows"))
        #expect(try sql(query, "--max-rows", "2", "-q").stderr.isEmpty)
    }

    @Test(arguments: [
        ("delete from posts", "refused"), ("select 1; select 2", "second statement"), ("attach 'x' as y", "refused"),
        ("selec 1", "near \"selec\""), ("select randomblob(1e9)", "64 MB"), ("vacuum into 'copy.sqlite'", "refused"),
    ])
    func failsInOneLine(query: String, words: String) throws {
        let before = folder.bytes("archive.sqlite")
        let run = try Binary.run(["sql", query, "-a", archive], in: folder.path)
        #expect(run.status == 2)
        #expect(run.stdout.isEmpty)
        #expect(run.stderr.hasPrefix("threadbank: SQL") && run.stderr.contains(words))
        #expect(run.stderr.split(separator: "\n").count == 1)
        #expect(folder.bytes("archive.sqlite") == before)
        #expect(folder.names == ["archive.sqlite"])
    }

    @Test func stopsAtTheTimeLimit() throws {
        let run = try sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n", "--timeout", "0.3",
            "--format", "json")
        #expect(run.status == 2)
        #expect(run.stdout.isEmpty)
        #expect(run.stderr.contains("stopped after 0.3 s") && run.stderr.contains("--timeout"))
        #expect(folder.names == ["archive.sqlite"])
    }

    @Test(arguments: [
        ("select * from post", "no such table: post; did you mean posts?"),
        ("select * from thread_sumaries", "did you mean thread_summaries?"),
        ("select * from nonsense", "no such table: nonsense; `select name from sqlite_schema` lists them"),
        ("select autor from posts", "pragma_table_info"),
    ])
    func anUnknownNameSaysHowToFindTheRightOne(query: String, words: String) throws {
        let run = try sql(query)
        #expect(run.status == 2 && run.stderr.contains(words) && run.stderr.split(separator: "\n").count == 1, "\(run.stderr)")
        #expect(try sql("select name from sqlite_schema").stdout.contains("thread_summaries"))
    }

    @Test func endsByForceWhereSQLiteIsDeaf() throws {
        let run = try sql("select instr(zeroblob(60000000), zeroblob(30000000) || x'01')", "--timeout", "0.2")
        #expect(run.status == 2)
        #expect(run.stderr.contains("stopped by force"))
        #expect(try sql("select 1", "--format", "jsonl").stdout == "{\"1\":1}\n")
        #expect(folder.names == ["archive.sqlite"])
    }

    @Test func runsTheStatementsOfStdin() throws {
        let script = "-- report\nselect ';' as a;\nselect :x as b;; /* end */"
        #expect(try sql("--format", "csv", "--param", "x=-1", stdin: script).stdout == "a\r\n;\r\nb\r\n-1\r\n")
        #expect(try sql("-", "--format", "jsonl", stdin: "select 1 as a").stdout == "{\"a\":1}\n")
        let failing = try sql("--format", "jsonl", stdin: "select 1 as a; delete from posts; select 2 as a")
        #expect(failing.status == 2)
        #expect(failing.stdout == "{\"a\":1}\n")
        #expect(failing.stderr.hasPrefix("threadbank: stdin, statement 2: SQL: refused"))
        #expect(try sql(stdin: " -- nothing\n").status == 64)
        #expect(try sql("--param", "y=1", stdin: "select 1").status == 64)
    }

    @Test func readsStdinThatIsLongerThanAPipe() throws {
        let script = String(repeating: "select 'ü' as a; -- a comment that makes it longer\n", count: 20_000)
        let run = try sql("--format", "jsonl", stdin: script)
        #expect(run.stdout.split(separator: "\n").count == 20_000)
    }

    @Test func bindsParameters() throws {
        let run = try sql(
            "select :a as a, @b as b, $c as c", "--param", "a=-1", "--param", ":b=x=y", "--param=c=two words", "--format", "jsonl"
        )
        #expect(run.stdout == "{\"a\":-1,\"b\":\"x=y\",\"c\":\"two words\"}\n")
        #expect(try sql("select :a", "--param", "a").status == 64)
        #expect(try sql("select :a", "--param", "a=1", "--param", "a=2").status == 64)
        let missing = try sql("select :a")
        #expect(missing.status == 64)
        #expect(missing.stderr.contains("no value for :a"))
    }

    @Test(arguments: [
        ["--timeout", "0"], ["--timeout", "-5"], ["--max-rows", "0"], ["--format", "html"], ["--nonsense"], ["a", "b"],
    ])
    func refusesWrongUsage(arguments: [String]) throws {
        let run = try Binary.run(["sql", "select 1"] + arguments, environment: ["THREADBANK_ARCHIVE": archive])
        #expect(run.status == 64)
        #expect(run.stdout.isEmpty)
    }

    @Test func saysWhereNoArchiveIs() throws {
        let run = try Binary.run(["sql", "select 1"])
        #expect(run.status == 2)
        #expect(run.stderr.contains("there is no archive here"))
    }

    @Test func givesExamplesThatWork() throws {
        let examples = Sql.configuration.discussion.components(separatedBy: "EXAMPLES\n")[1]
            .components(separatedBy: "threadbank sql ").dropFirst()
        #expect(examples.count == 9)
        for example in examples where !example.contains("<") {
            let run = try sql(shellWords(example), stdin: nil)
            #expect(run.status == 0, "\(example) \(run.stderr)")
        }
    }

    /// What a shell makes of a line with double quotes and continuations.
    private func shellWords(_ line: String) -> [String] {
        let parts = line.replacing("\\\n", with: " ").components(separatedBy: "\"")
        return parts.enumerated().flatMap { $0 % 2 == 1 ? [$1] : $1.split(whereSeparator: \.isWhitespace).map(String.init) }
    }
}
