// Imports that are killed, interrupted, or two at once: the archive stays sound and the same command completes it.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite(.serialized) struct Killed {
    private let folder: TemporaryFolder
    private var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    /// Six files of posts that answer each other across the files, 100 a tree.
    private func makeInput(posts: Int) throws {
        try FileManager.default.createDirectory(atPath: folder.file("in"), withIntermediateDirectories: true)
        var random = SeededGenerator(30)
        let words = ["wheel", "spoke", "hub", "chain", "brake", "rain", "mulch", "bed", "seed", "leaf", "root", "stem"]
        for file in 0..<6 {
            var text = ""
            for index in stride(from: file, to: posts, by: 6) {
                let parent =
                    index % 100 == 0 ? "" : "\"parent\": \"k\(Int.random(in: index - index % 100..<index, using: &random))\", "
                let body = (0..<12).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
                text += "{\"key\": \"k\(index)\", \(parent)\"author\": \"u\(index % 50)\", \"body\": \"\(body) \(index)\"}\n"
            }
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("in/\(file).jsonl")))
        }
    }

    private func start(_ arguments: [String], stdin: Any? = nil) throws -> (process: Process, errors: Pipe) {
        // Threads of the test runner block signals, and a child inherits that.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Binary.path)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = stdin ?? FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        return (process, errors)
    }

    private func size() -> Int { ["a.sqlite", "a.sqlite-wal"].reduce(0) { $0 + (folder.bytes($1)?.count ?? 0) } }

    /// Polls until something holds; false where the time is up or the process has ended.
    private func wait(for process: Process, until isReached: () -> Bool) -> Bool {
        let end = Date().addingTimeInterval(60)
        while process.isRunning, Date() < end {
            if isReached() { return true }
            usleep(2000)
        }
        return false
    }

    private func ask(_ query: String) throws -> String {
        let answer = try Binary.run(["sql", query, "--format", "csv"], environment: environment)
        #expect(answer.status == 0, "\(answer.stderr)")
        return String(answer.stdout.split(separator: "\r\n").last ?? "")
    }

    @Test func anImportThatIsKilledIsCompletedByTheNext() throws {
        try makeInput(posts: 30_000)
        var random = SeededGenerator(UInt64(getpid()))
        var kills = 0
        for round in 0..<4 {
            let before = size()
            let (process, _) = try start(["import", folder.file("in")])
            // From the first bytes to about half of what an archive of these posts takes.
            let growth = round == 0 ? 1 : Int.random(in: 0...6_000_000, using: &random)
            let isReached = wait(for: process) {
                size() > before + growth || round == 1 && folder.bytes("a.sqlite-import") != nil
            }
            guard isReached else {
                process.waitUntilExit()
                break
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            kills += process.terminationReason == .uncaughtSignal ? 1 : 0
            guard folder.bytes("a.sqlite") != nil else { continue }
            let check = try Binary.run(["check"], environment: environment)
            #expect(check.status == 0, "after kill \(kills): \(check.stdout)")
        }
        #expect(kills >= 1)
        let last = try Binary.run(["import", folder.file("in")], environment: environment)
        #expect(last.status == 0, "\(last.stderr)")
        #expect(try ask("select count(*), count(distinct source_key), sum(state = 'present') from posts") == "30000,30000,30000")
        #expect(try ask("select count(*) from replies") == "29700")
        #expect(try ask("select count(*) from thread_summaries") == "300")
        #expect(try Binary.run(["check"], environment: environment).status == 0)
        #expect(folder.names == ["a.sqlite", "in"])
    }

    @Test func anInterruptedImportSaysHowToGoOn() throws {
        try makeInput(posts: 6000)
        let (process, errors) = try start(["import", folder.file("in")])
        #expect(wait(for: process) { folder.bytes("a.sqlite-import") != nil })
        process.interrupt()
        process.waitUntilExit()
        #expect((process.terminationReason, process.terminationStatus) == (.exit, 130))
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said == "interrupted; every finished batch is kept; run the same command again to go on\n")
        #expect(try Binary.run(["check"], environment: environment).status == 0)
        #expect(folder.names == ["a.sqlite", "in"])
    }

    @Test func aSecondImporterIsRefusedWithTheStartOfTheFirst() throws {
        try makeInput(posts: 600)
        let stdin = Pipe()
        let (first, _) = try start(["import", "-"], stdin: stdin)
        #expect(wait(for: first) { (folder.bytes("a.sqlite-import")?.count ?? 0) > 10 })
        let since = String(decoding: folder.bytes("a.sqlite-import") ?? Data(), as: UTF8.self)
        let second = try Binary.run(["import", folder.file("in/0.jsonl")], environment: environment)
        #expect(second.status == 2)
        #expect(
            second.stderr
                == "threadbank: \(folder.file("a.sqlite")): another import runs since \(since); wait for it with --wait, or try again later\n"
        )
        // Others may read and copy meanwhile.
        #expect(try Binary.run(["threads"], environment: environment).status == 0)
        #expect(try Binary.run(["backup", folder.file("b.sqlite")], environment: environment).status == 0)

        let (third, _) = try start(["import", folder.file("in/0.jsonl"), "--wait"])
        try stdin.fileHandleForWriting.write(contentsOf: Data("{\"key\": \"first\", \"body\": \"one\"}\n".utf8))
        try stdin.fileHandleForWriting.close()
        first.waitUntilExit()
        third.waitUntilExit()
        #expect((first.terminationStatus, third.terminationStatus) == (0, 0))
        #expect(try ask("select count(*) from posts where state = 'present'") == "101")
        #expect(try Binary.run(["check"], environment: environment).status == 0)
    }
}
