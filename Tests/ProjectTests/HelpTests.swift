// Help texts: each verb's has examples, and each example works as far as it can without its files.

import Testing
import ThreadbankTestSupport

@Suite struct HelpTests {
    private func examples(_ command: CommandTree.Command) throws -> [CommandLine] {
        let lines = (command.discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex(of: "EXAMPLES"), "\(command.commandName) has no EXAMPLES")
        return CommandLine.all(in: Array(lines[(start + 1)...]))
    }

    @Test func everyVerbHasExamplesOfItself() throws {
        for verb in try CommandTree.load().verbs {
            let examples = try examples(verb)
            #expect(examples.contains { $0.verb == verb.commandName }, "\(verb.commandName)")
            let help = try Binary.run([verb.commandName, "--help"])
            #expect(help.status == 0)
            #expect(help.stdout.contains("\nEXAMPLES\n"), "\(verb.commandName)")
        }
    }

    @Test func everyVerbCanBeQuiet() throws {
        for verb in try CommandTree.load().verbs where verb.commandName != "manual" {
            #expect(verb.options.isSuperset(of: ["--quiet", "-q"]), "\(verb.commandName)")
        }
    }

    @Test func examplesUseKnownVerbsAndOptions() throws {
        let tree = try CommandTree.load()
        for verb in tree.verbs {
            for example in try examples(verb) {
                #expect(example.fault(tree) == nil, "\(verb.commandName): \(example.words.joined(separator: " "))")
            }
        }
    }

    /// ArgumentParser would wrap longer ones in the middle of a command.
    @Test func noLineOfTheExamplesIsWiderThanATerminal() throws {
        for verb in try CommandTree.load().verbs {
            for line in (verb.discussion ?? "").split(separator: "\n") where line.hasPrefix("  ") {
                #expect(line.count <= 80, "\(verb.commandName): \(line)")
            }
        }
    }

    /// On the seed, without the files that they name: they may find nothing or fail, but they are no wrong usage.
    @Test func noExampleIsWrongUsage() throws {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("archive.sqlite")]
        try #require(Binary.run(["import", "\(Checkout.path)/seeds/text"], environment: environment).status == 0)
        for verb in try CommandTree.load().verbs {
            for example in try examples(verb) {
                let result = try Binary.run(example.words, stdin: "select 1;", environment: environment, in: folder.path)
                #expect(
                    [0, 1, 2].contains(result.status), "threadbank \(example.words.joined(separator: " ")): \(result.stderr)")
            }
        }
    }
}

/// The reader of command lines itself: a test that reads nothing would never fail.
@Suite struct CommandLineTests {
    @Test func takesALineApart() {
        let lines = [
            "  curl -s URL | threadbank import - --from lemmy > out.txt", "threadbank sql \"select '#;'", "  from x\" \\", "  -q",
        ]
        #expect(
            CommandLine.all(in: lines).map(\.words) == [
                ["import", "-", "--from", "lemmy"], ["sql", "select '#;'\nfrom x", "-q"],
            ])
        #expect(CommandLine.all(in: ["threadbank threads   the newest first"]).map(\.words) == [["threads"]])
        #expect(CommandLine.all(in: ["a && threadbank show p1 # one"]).map(\.words) == [["show", "p1"]])
        #expect(CommandLine.all(in: ["threadbank show '' x"]).map(\.words) == [["show", "", "x"]])
    }

    @Test func seesWrongVerbsAndOptions() throws {
        let tree = try CommandTree.load()
        #expect(CommandLine(words: ["search", "foo", "-bar", "--limit", "3", "-a", "x"]).fault(tree) == nil)
        #expect(CommandLine(words: ["search", "--nope"]).fault(tree) == "search has no option --nope")
        #expect(CommandLine(words: ["thread", "1", "-x"]).fault(tree) == "thread has no option -x")
        #expect(CommandLine(words: ["find", "1"]).fault(tree) == "there is no verb find")
        #expect(CommandLine(words: []).fault(tree) != nil)
    }
}
