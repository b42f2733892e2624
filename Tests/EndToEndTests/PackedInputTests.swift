// The command on packed inputs, pipes and a terminal.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct PackedInput {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("tmp"), withIntermediateDirectories: true)
    }

    /// Runs a line of shell in which `$tb` is the command; what it unpacks goes below `tmp`.
    private func shell(_ line: String) throws -> Binary.Result {
        let environment = ["tb": Binary.path, "TMPDIR": folder.file("tmp"), "THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        return try Binary.run(["-c", line], environment: environment, in: folder.path, binary: "/bin/sh")
    }

    private func makeLines(_ count: Int = 3) throws {
        let lines = (0..<count).map { #"{"key": "k\#($0)", "body": "word \#($0)"}"# }.joined(separator: "\n")
        try lines.write(toFile: folder.file("in.jsonl"), atomically: true, encoding: .utf8)
    }

    private func left() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.file("tmp"))) ?? [] }

    @Test func aPackedPipeIsRead() throws {
        try makeLines()
        #expect(try shell(#"gzip -c in.jsonl | "$tb" import -"#).stdout == "stdin (jsonl): read 3, added 3, threads 3\n")
        #expect(
            try shell(#"tar cz in.jsonl | "$tb" import -"#).stdout == "stdin/in.jsonl (jsonl): read 3, added 0, unchanged 3\n")
        #expect(left() == [])
    }

    /// The page size stands in bytes 16 and 17 of an SQLite file.
    @Test func theInputsTellHowLargeThePagesOfANewArchiveAre() throws {
        try makeLines()
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: true)
        try (String(repeating: "\n", count: 5 << 20) + #"{"body": "word"}"#).write(
            toFile: folder.file("folder/long.jsonl"), atomically: true, encoding: .utf8)
        let answer = try shell(
            #"for input in in.jsonl folder; do "$tb" import $input -a $input.db >log; head -c 18 $input.db | tail -c 2 | od -An -tu1; done"#
        )
        #expect(answer.stdout.split(whereSeparator: \.isWhitespace) == ["16", "0", "32", "0"])
    }

    @Test func anArchiveIsUnpackedAndCleanedUp() throws {
        try makeLines()
        let answer = try shell(#"tar cf x.tar in.jsonl; "$tb" import x.tar --format json; "$tb" import x.tar"#)
        #expect(answer.status == 0 && answer.stderr == "")
        #expect(answer.stdout.contains(#"{"input":"x.tar/in.jsonl","format":"jsonl","read":3,"added":3"#))
        #expect(answer.stdout.hasSuffix("x.tar/in.jsonl (jsonl): read 3, added 0, unchanged 3\n"))
        #expect(left() == [])
    }

    @Test func aBrokenStreamIsOneLineAndExit2() throws {
        try makeLines(2000)
        let answer = try shell(#"gzip -c in.jsonl | head -c 5000 > cut.gz; "$tb" import cut.gz in.jsonl"#)
        #expect(answer.status == 2)
        #expect(answer.stderr.hasPrefix("threadbank: cut.gz: byte 5000: the gzip data are broken: they break off;"))
        #expect(answer.stderr.split(separator: "\n").count == 1)
        #expect(try shell(#""$tb" sql "select count(*) from posts" --format csv"#).stdout.hasSuffix("2000\r\n"))
        // It was not finished, so it is read again, and nothing changes.
        #expect(try shell(#""$tb" import cut.gz"#).status == 2)
    }

    @Test func aDryRunMakesNoArchive() throws {
        try makeLines()
        let answer = try shell(#"tar cf x.tar in.jsonl; echo broken >> in.jsonl; "$tb" import x.tar in.jsonl --dry-run"#)
        #expect(answer.stdout.contains("read 3, added 3") && answer.status == 0)
        #expect(folder.names == ["in.jsonl", "tmp", "x.tar"])
    }

    /// A tar of one file that comes through a pipe and is never at its end.
    @Test func ctrlCEndsTheUnpackingAndCleansUp() throws {
        let start = "truncate -s 7G z.jsonl; tar cf - z.jsonl | head -c 512 > start; rm z.jsonl; mkfifo z.tar; wc -c < start"
        #expect(try shell(start).stdout.trimmingCharacters(in: .whitespacesAndNewlines) == "512")
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "(cat start; exec cat /dev/zero) > z.tar 2> /dev/null"]
        writer.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        writer.standardError = FileHandle.nullDevice
        try writer.run()
        defer { writer.waitUntilExit() }
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Binary.path)
        process.arguments = ["import", folder.file("z.tar")]
        process.environment = ["TMPDIR": folder.file("tmp"), "THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let end = Date().addingTimeInterval(30)
        while process.isRunning, Date() < end, left().isEmpty { usleep(500) }
        #expect(!left().isEmpty)
        process.interrupt()
        process.waitUntilExit()
        #expect((process.terminationReason, process.terminationStatus) == (.exit, 130))
        #expect(left() == [])
    }

    @Test func ctrlCEndsTheWaitForAPipe() throws {
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Binary.path)
        process.arguments = ["import", "-"]
        process.environment = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        let stdin = Pipe()
        process.standardInput = stdin
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let end = Date().addingTimeInterval(30)
        while process.isRunning, Date() < end, folder.bytes("a.sqlite-import") == nil { usleep(500) }
        process.interrupt()
        process.waitUntilExit()
        #expect((process.terminationReason, process.terminationStatus) == (.exit, 130))
        withExtendedLifetime(stdin) {}
    }

    @Test func progressIsForTerminalsOnly() throws {
        try makeLines(20_000)
        let plain = try shell(#""$tb" import in.jsonl"#)
        #expect(plain.stderr == "")
    }
}
