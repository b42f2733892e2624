// Exit codes: 0 done, 1 nothing found, 2 it failed, 64 wrong usage; and one line on stderr that says what, where and what to do.

import Foundation
import GRDB
import Testing
import ThreadbankTestSupport

@Suite struct ExitCodes {
    private let folder: TemporaryFolder
    private var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let answer = try Binary.run(["import", "\(Checkout.path)/seeds/jsonl", "-q"], environment: environment)
        try #require(answer.status == 0)
    }

    private func run(_ arguments: [String]) throws -> Binary.Result {
        try Binary.run(arguments, environment: environment, in: folder.path)
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    }

    @Test(arguments: [
        ("serach", "`search`"), ("thraed", "`thread`"), ("exprot", "`export`"), ("stat", "`stats`"), ("imp", "`import`"),
        ("optimise", "`optimize`"),
        ("nosuch", "`threadbank --help`"), ("x\u{1B}[2J", "`threadbank --help`"), ("help serach", "`search`"),
    ])
    func anUnknownVerbBringsTheNearest(typed: String, hint: String) throws {
        let answer = try Binary.run(typed.split(separator: " ").map(String.init) + ["x"])
        #expect(answer.status == 64 && answer.stdout == "" && answer.stderr.contains(hint), "\(answer)")
        #expect(!answer.stderr.contains("\u{1B}") && answer.stderr.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        ["thread", "1"], ["search", "spokes"], ["search", "spokes", "-wheel"], ["search", "--", "--spokes"], ["threads"],
        ["authors"],
        ["stats"], ["info"], ["formats"], ["check"], ["optimize"], ["sql", "select 1 where 0"], ["show", "b1"], ["show", "W-1"],
        ["show", "threadbank:jsonl/workshop:b1"], ["thread", "https://workshop.example/p/b3"], ["--help"], ["--version"],
        ["help", "import"], ["import", "--help"], ["link", "p3", "p1"], ["unlink", "p3"],
        ["forget", "p6"], ["forget", "p6", "--yes"], ["import", "-q", "a.sqlite", "--dry-run", "--from", "text"], ["migrate"],
        ["backup", "copy.sqlite"], ["init", "-a", "new.sqlite"], ["init", "-a", "plain.sqlite", "--stemming", "none"],
    ])
    func zeroIsDone(arguments: [String]) throws {
        let answer = try run(arguments)
        #expect(answer.status == 0, "\(answer.stderr)")
    }

    @Test(arguments: [
        ["thread", "99"], ["thread", "nothing"], ["show", "p99"], ["search", "zzzz"], ["threads", "--author", "nobody"],
        ["threads", "--after", "2090"], ["authors", "--name", "nobody"], ["export", "--search", "zzzz"],
        ["threads", "--forum", "nowhere"], ["link", "p1", "p99"], ["unlink", "p99"], ["unlink", "p1", "--restore"],
        ["forget", "p99"], ["forget", "--author", "nobody"], ["export", "--thread", "t99"],
    ])
    func oneIsNothingFound(arguments: [String]) throws {
        let answer = try run(arguments)
        #expect(answer.status == 1, "\(answer.stderr)")
        #expect(answer.stderr.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        ["import", "no-such-file"], ["import", "unknown.json"], ["import", "picture.svg"], ["import", "packed.gz"],
        ["link", "p1", "p2"],
        ["sql", "delete from posts"], ["sql", "selec"], ["init"], ["backup", "a.sqlite"], ["threads", "-a", "none.sqlite"],
        ["threads", "-a", "text.txt"], ["import", "ok.jsonl", "-a", "text.txt"], ["threads", "-a", "."],
        ["check", "-a", "none.sqlite"],
        ["import", "broken.json", "--from", "lemmy"], ["backup", "no/such/folder/b.sqlite"],
    ])
    func twoIsAFailureInOneLine(arguments: [String]) throws {
        try write("{\"hello\": 1}", to: "unknown.json")
        try write("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", to: "picture.svg")
        try write("{\"body\": \"x\"}", to: "ok.jsonl")
        try write("plain text", to: "text.txt")
        try write("{\"comments\": [", to: "broken.json")
        try Data([0x1F, 0x8B, 8, 0, 0]).write(to: URL(fileURLWithPath: folder.file("packed.gz")))
        let answer = try run(arguments)
        #expect(answer.status == 2, "\(answer.stdout)")
        #expect(answer.stderr.split(separator: "\n").count == 1, "\(answer.stderr)")
        #expect(answer.stderr.hasPrefix("threadbank: "))
        #expect(folder.bytes("text.txt") == Data("plain text".utf8))
        #expect(!folder.names.contains("none.sqlite"))
    }

    @Test(arguments: [
        ["nonsense"], ["import"], ["import", "x", "--from", "nonsense"], ["import", "a", "b", "--source", "c"], ["thread"],
        ["search", "author:"], ["search", "after:yesterday"], ["thread", "1", "--depth", "x"], ["forget"],
        ["forget", "p1", "--author", "x"],
        ["sql", "select :a"], ["init", "--stemming", "klingon"], ["threads", "--format", "xml"], ["check", "--format", "csv"],
        ["import", "x", "--nonsense"], ["search", "--save", "x"], ["search", "--save", "x", " "], ["export", "--format", "html"],
        ["link", "p1"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        let answer = try run(arguments)
        #expect(answer.status == 64, "\(answer.stdout)\(answer.stderr)")
        #expect(answer.stdout.isEmpty && !answer.stderr.isEmpty)
        #expect(!folder.names.contains("x"))
    }

    @Test func rejectedRecordsAreSaidAndLeaveZero() throws {
        try write("{\"body\": \"a\"}\n17\n{\"body\": \"b\"}\n", to: "some.jsonl")
        let answer = try run(["import", "some.jsonl"])
        #expect(answer.status == 0)
        #expect(answer.stdout == "some.jsonl (jsonl): read 3, added 2, rejected 1, threads 2\n")
        #expect(answer.stderr.hasPrefix("some.jsonl: line 2: no post: "))
        #expect(answer.stderr.split(separator: "\n").count == 1)
    }

    @Test func afterTwentyOfAKindTheRestIsCounted() throws {
        try write("{\"body\": \"a\"}\n" + String(repeating: "17\n", count: 50), to: "many.jsonl")
        let lines = try run(["import", "many.jsonl"]).stderr.split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines.last == "… and 30 more: no post")
    }

    @Test func anInputThatFailsLeavesTheOthersDone() throws {
        try write("{\"body\": \"a\"}\n", to: "one.jsonl")
        try write("{\"body\": \"b\"}\n", to: "two.jsonl")
        let answer = try run(["import", "one.jsonl", "no-such-file", "two.jsonl"])
        #expect(answer.status == 2)
        #expect(answer.stdout.contains("one.jsonl") && answer.stdout.contains("two.jsonl"))
        #expect(answer.stderr == "threadbank: no-such-file: no such file or folder; check the path\n")
    }

    @Test func aWalkedFileThatNobodyKnowsIsSkippedAndNamed() throws {
        try FileManager.default.createDirectory(atPath: folder.file("dump"), withIntermediateDirectories: true)
        try write("{\"body\": \"a\"}\n", to: "dump/one.jsonl")
        try write("{\"hello\": 1}", to: "dump/other.json")
        try write("words", to: "dump/readme.md")
        let answer = try run(["import", "dump", "--format", "json"])
        #expect(answer.status == 0)
        #expect(answer.stderr.contains("dump/other.json: skipped") && answer.stderr.contains("dump/readme.md: skipped"))
        #expect(answer.stdout.split(separator: "\n").last?.contains("\"skipped_files\":2") == true)
    }

    @Test func aFaultIsOneAndPrintedWhole() throws {
        let copy = folder.file("damaged.sqlite")
        try #require(try run(["backup", copy]).status == 0)
        let queue = try DatabaseQueue(path: copy)
        try queue.write { try $0.execute(sql: "UPDATE imports SET added = 99") }
        try queue.close()
        let answer = try run(["check", "-a", copy, "--format", "json"])
        #expect(answer.status == 1)
        #expect(answer.stdout.hasPrefix("{\"format_version\":1,\"ok\":false,"))
    }

    @Test func aClosedPipeIsSuccess() throws {
        let query = "with recursive n(i) as (select 1 union all select i + 1 from n limit 200000) select i from n"
        let command = "'\(Binary.path)' sql '\(query)' --max-rows 200000 | head -1; echo ${PIPESTATUS[0]}"
        let answer = try Binary.run(["-c", command], environment: environment, binary: "/bin/bash")
        #expect(answer.stdout.split(separator: "\n").last == "0", "\(answer)")
        #expect(answer.stderr.isEmpty)
    }
}
