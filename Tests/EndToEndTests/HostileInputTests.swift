// Inputs and surroundings that once brought the command down, or made it say what it must not.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct HostileInputTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
    }

    private func run(_ arguments: String..., stdin: String? = nil) throws -> Binary.Result {
        try Binary.run(arguments, stdin: stdin, environment: environment, in: folder.path)
    }

    /// Runs a line of shell in which `$tb` is the command.
    private func shell(_ line: String) throws -> Binary.Result {
        try Binary.run(
            ["-c", line], environment: environment.merging(["tb": Binary.path]) { $1 }, in: folder.path, binary: "/bin/sh")
    }

    private func importing(_ lines: [String]) throws {
        let answer = try run("import", "-", "--from", "jsonl", stdin: lines.joined(separator: "\n"))
        #expect(answer.status == 0, "\(answer.stderr)")
    }

    /// SQLite's `snippet` takes time with the square of the hits: this one would take minutes.
    @Test(.timeLimit(.minutes(2))) func aLongPostFullOfTheWordIsFoundWithASnippet() throws {
        let body = String(repeating: "start ", count: 5000) + String(repeating: "lorem ipsum ", count: 200_000)
        try importing([#"{"key": "long", "body": "\#(body)"}"#])
        let answer = try run("search", "ipsum", "--format", "json")
        #expect(answer.status == 0 && answer.stdout.contains("<mark>ipsum</mark>"))
    }

    @Test func closedOutputsAreNoFault() throws {
        try importing((0..<200).map { #"{"key": "k\#($0)", "thread": "t\#($0)", "body": "word \#($0)"}"# })
        #expect(try shell(#""$tb" search zzzz 2>&-; echo $?"#).stdout == "1\n")
        #expect(try shell(#""$tb" threads 2>&1 >/dev/null | true; "$tb" threads >&-; echo $?"#).stdout == "0\n")
        #expect(
            try shell(#"for v in threads export "search word" "thread 1"; do "$tb" $v | head -1 >/dev/null; done; ls"#).stdout
                == "a.sqlite\n")
    }

    @Test func anImportGoesOnWhenNobodyReadsItsReport() throws {
        let lines = (0..<50).map { #"{"key": "k\#($0)", "body": "b"}"# }.joined(separator: "\n")
        try lines.write(toFile: folder.file("in.jsonl"), atomically: true, encoding: .utf8)
        #expect(try shell(#""$tb" import in.jsonl in.jsonl | true; ls"#).stdout == "a.sqlite\nin.jsonl\n")
        #expect(try run("sql", "select count(*) from posts", "--format", "csv").stdout.hasSuffix("50\r\n"))
    }

    @Test(.timeLimit(.minutes(1))) func aPipeWithANameIsReadOnce() throws {
        let line = #"mkfifo pipe; (echo '{"body": "x", "key": "k"}' > pipe) & "$tb" import pipe --format json"#
        let answer = try shell(line)
        #expect(answer.status == 0 && answer.stdout.contains("\"added\":1"))
    }

    @Test func wrongUsageShowsWhatWasTypedHarmlessly() throws {
        for arguments in [["--x\u{1B}[31m"], ["\u{1B}[31mverb"], ["import", "x", "--from", "\u{1B}[31m"]] {
            let answer = try Binary.run(arguments, environment: environment)
            #expect(answer.status == 64 && !answer.stderr.contains("\u{1B}"))
        }
    }

    @Test func anyDepthIsADepth() throws {
        try importing([#"{"key": "a", "body": "x"}"#, #"{"key": "b", "parent": "a", "body": "y"}"#])
        #expect(try run("thread", "1", "--focus", "p2", "--depth", "\(Int.max)").status == 0)
    }

    @Test func whatIsNoTextIsRefused() throws {
        var random = SeededGenerator(1)
        let bytes = Data((0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        try bytes.write(to: URL(fileURLWithPath: folder.file("random.bin")))
        try String(repeating: "[", count: 200_000).write(toFile: folder.file("nest.json"), atomically: true, encoding: .utf8)
        for name in ["random.bin", "nest.json"] {
            let answer = try run("import", name)
            #expect(answer.status == 2 && answer.stderr.contains("no importer recognises it"))
        }
    }

    @Test func aLineLongerThanTheLookAtItIsRecognised() throws {
        let line = #"{"source": "s", "key": "k", "body": "\#(String(repeating: "word ", count: 40_000))"}"#
        try line.write(toFile: folder.file("long.jsonl"), atomically: true, encoding: .utf8)
        #expect(
            try run("import", "long.jsonl", "--format", "json").stdout.contains("\"format\":\"jsonl\",\"read\":1,\"added\":1"))
    }
}
