// thread, show, threads, authors, stats and info as their users run them: on the seed, and on what is not there.

import Testing
import ThreadbankTestSupport

@Suite struct ReadingVerbTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("seed.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let status = try Binary.run(["import", "\(Checkout.path)/seeds/text"], environment: environment).status
        try #require(status == 0)
    }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    @Test(arguments: [["thread", "1"], ["show", "4"], ["threads"], ["authors"], ["stats"], ["info"]])
    func answersForPeopleAndPrograms(arguments: [String]) throws {
        for format in ["text", "json"] {
            let answer = try Binary.run(arguments + ["--format", format], environment: environment)
            #expect((answer.status, answer.stderr) == (0, ""))
            #expect(format == "text" ? !answer.stdout.isEmpty : answer.stdout.hasPrefix("{\"format_version\":1,"))
            #expect(!answer.stdout.contains("\u{1B}"), "no colour into a pipe")
        }
    }

    @Test func theSeedIsATreeUnderAGhost() throws {
        let tree = try run("thread", "t1").stdout
        #expect(tree.contains("unknown · undated · [missing] · p1\n│\n└ unknown ~0."))
        #expect(tree.contains("SovereignState ~0."))
        #expect(tree.contains("[deleted]"))
    }

    /// A whole thread is written while it is read, one that may be cut is read first.
    @Test(arguments: ["json", "jsonl"], ["oldest", "newest", "score", "best"])
    func aWholeThreadIsWhatACutThatCutsNothingLeaves(format: String, order: String) throws {
        let whole = try run("thread", "1", "--format", format, "--sort", order)
        #expect(whole.status == 0 && whole.stdout.contains("\"replies\":[2"))
        #expect(try run("thread", "1", "--format", format, "--sort", order, "--depth", "1000").stdout == whole.stdout)
    }

    @Test func aThreadThatIsNotThereIsOne() throws {
        for arguments in [["thread", "99"], ["thread", "1", "--focus", "p99"]] {
            let answer = try Binary.run(arguments + ["--format", "json"], environment: environment)
            #expect(answer.status == 1)
            #expect(answer.stdout == "{\"format_version\":1,\"thread\":null,\"posts\":[]}\n")
            #expect(answer.stderr.split(separator: "\n").count == 1)
        }
    }

    @Test(arguments: ["text", "flat", "json", "jsonl", "markdown", "html", "mbox"])
    func nothingSinceADateIsOneAndJSONIsWhole(format: String) throws {
        let answer = try run("thread", "1", "--since", "2999", "--format", format)
        #expect(answer.status == 1 && answer.stderr.split(separator: "\n").count == 1, "\(answer)")
        if format == "json" {
            #expect(
                answer.stdout.hasPrefix("{\"format_version\":1,\"thread\":{\"id\":1,")
                    && answer.stdout.hasSuffix("\"posts\":[]}\n"))
        } else {
            #expect(answer.stdout == "")
        }
    }

    @Test func everyFormForReadingSaysWhatWasLeftOut() throws {
        for format in ["text", "markdown"] {
            let answer = try run("thread", "1", "--depth", "1", "--format", format).stdout
            #expect(answer.contains("more replies below"), "\(format)")
        }
        #expect(try run("thread", "1", "--depth", "1", "--format", "html").stdout.contains("more below"))
    }

    @Test func nothingMatchedInAThreadIsOneAndJSONIsOneObject() throws {
        for arguments in [
            ["--match", "zzzz"], ["--match", "soviet", "--since", "2999"], ["--match", "soviet", "--depth", "0"],
        ] {
            let answer = try Binary.run(["thread", "1", "--format", "json"] + arguments, environment: environment)
            #expect(answer.status == 1)
            #expect(answer.stdout.split(separator: "\n").count == 1 && answer.stdout.contains("\"hits\":0,"), "\(arguments)")
        }
    }

    @Test func aPostThatIsNotThereIsOneAndTheOthersAreShown() throws {
        let answer = try run("show", "99", "p2", "--format", "jsonl")
        #expect((answer.status, answer.stdout.split(separator: "\n").count) == (1, 1))
        #expect(answer.stderr == "threadbank: 99: no such post; `threadbank search` finds some\n")
    }

    @Test func aThreadWhereAPostIsWantedIsSaidToBeOne() throws {
        for verb in [["show", "t1"], ["similar", "t1"], ["thread", "1", "--focus", "t1"]] {
            let answer = try Binary.run(verb, environment: environment)
            #expect(answer.status == 1 && answer.stderr.contains("t1 is a thread; `threadbank thread t1` shows it"), "\(answer)")
            #expect(answer.stderr.split(separator: "\n").count == 1)
        }
        #expect(try run("show", "t99").stderr == "threadbank: t99: no such post; `threadbank search` finds some\n")
    }

    @Test func aListThatNothingFitsIsNothingFoundAndJSONIsWhole() throws {
        #expect(
            try run("threads", "--after", "2030", "--format", "json").stdout
                == "{\"format_version\":1,\"total\":0,\"threads\":[]}\n")
        #expect(try run("threads", "--after", "2030").status == 1)
        #expect(try run("authors", "--name", "zzzz").status == 1)
        #expect(try run("threads", "--author", "nobody").status == 1)
    }

    @Test func wrongUsageIs64() throws {
        #expect(try run("thread", "1", "--format", "csv").status == 64)
        #expect(try run("thread", "1", "--depth=-1").status == 64)
        #expect(try run("threads", "--after", "yesterday").status == 64)
        #expect(try run("threads", "--limit=-1").status == 64)
    }

    @Test func listsAreCSVWithAHead() throws {
        #expect(
            try run("authors", "--format", "csv").stdout.hasPrefix(
                "id,name,display_name,source,posts,first,latest,url\r\n1,SovereignState,"))
    }
}
