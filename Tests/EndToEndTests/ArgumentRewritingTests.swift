// Free text with dashes, options anywhere, the archive before the verb.

import ArgumentParser
import Testing
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct ArgumentRewritingTests {
    /// A verb like `search`, declared as verbs are.
    struct Probe: ParsableCommand {
        @OptionGroup var archive: ArchiveOptions
        @OptionGroup var output: OutputOptions<ListFormats>
        @Argument var words: [String] = []
        @Option var limit: Int = 1
        @Option(name: .customLong("param")) var parameters: [String] = []
        @Flag(inversion: .prefixedNo) var folding = true
        @Option(name: .customShort("x")) var short: String?
    }

    private func rewrite(_ arguments: [String]) -> [String] {
        ArgumentRewriting.rewrite(arguments) { $0 == "search" ? VerbOptions(of: Probe.self) : nil }
    }

    @Test(arguments: [
        (["search", "foo"], ["search", "foo"]),
        (["search", "foo", "-bar"], ["search", "--", "foo", "-bar"]),
        (["search", "-bar", "--limit", "5", "foo"], ["search", "--limit=5", "--", "-bar", "foo"]),
        (["search", "foo", "--limit", "-5"], ["search", "--limit=-5", "--", "foo"]),
        (["search", "foo", "--limit=-5"], ["search", "--limit=-5", "--", "foo"]),
        (["search", "--param", "x=-1", "--param", "-y=2"], ["search", "--param=x=-1", "--param=-y=2"]),
        (["search", "--param=words=a b"], ["search", "--param=words=a b"]),
        (["search", "--", "--x", "-q"], ["search", "--", "--x", "-q"]),
        (["search", "-q", "--", "-q"], ["search", "-q", "--", "-q"]),
        (["search", "-qa"], ["search", "--", "-qa"]),
        (["search", "-quiet"], ["search", "--", "-quiet"]),
        (["search", "-- note\nselect 1"], ["search", "--", "-- note\nselect 1"]),
        (["search", "--x y"], ["search", "--", "--x y"]),
        (["search", "--unknown", "foo"], ["search", "--unknown", "--", "foo"]),
        (["search", "--unknown=3"], ["search", "--unknown=3"]),
        (["search", "-"], ["search", "--", "-"]),
        (["search", "", "-q"], ["search", "-q", "--", ""]),
        (["search", "--limit"], ["search", "--limit"]),
        (["search", "--limit", "--quiet", "foo"], ["search", "--limit", "--quiet", "--", "foo"]),
        (["search", "--limit", "--", "foo"], ["search", "--limit", "--", "foo"]),
        (["search", "-x", "-7", "foo"], ["search", "-x=-7", "--", "foo"]),
        (["search", "--no-folding", "-h"], ["search", "--no-folding", "-h"]),
        (["search", "-a", "X", "foo"], ["search", "--archive=X", "--", "foo"]),
        (["search", "-a=X", "foo"], ["search", "-a=X", "--", "foo"]),
        (["-a", "X", "search", "foo", "-bar"], ["search", "--archive=X", "--", "foo", "-bar"]),
        (["--archive=X", "search", "foo"], ["search", "--archive=X", "--", "foo"]),
        (["--archive", "-X", "search"], ["search", "--archive=-X"]),
        (["-a=X", "-a", "Y", "search", "-a", "Z"], ["search", "--archive=X", "--archive=Y", "--archive=Z"]),
        (["-a", "X"], []), (["-a"], ["-a"]), ([], []),
        (["--version"], ["--version"]), (["-a", "X", "--help"], ["--help"]), (["help", "search"], ["help", "search"]),
        (["nonsense", "-x", "y"], ["nonsense", "-x", "y"]), (["-q", "search"], ["-q", "search"]),
    ])
    func sortsOptionsFromText(typed: [String], parsed: [String]) {
        #expect(rewrite(typed) == parsed)
    }

    @Test func givesTheParserWhatItUnderstands() throws {
        let typed = [
            "search", "-x", "-7", "foo", "--limit", "-5", "-bar", "--no-folding", "-a", "-Y", "--param", "-p", "--", "--baz",
        ]
        let probe = try Probe.parse(Array(rewrite(typed).dropFirst()))
        #expect(probe.words == ["foo", "-bar", "--baz"])
        #expect((probe.limit, probe.short, probe.archive.archive) == (-5, "-7", "-Y"))
        #expect(probe.parameters == ["-p"])
        #expect(!probe.folding)
    }

    /// An option that takes several tokens, or a verb below a verb, would need more than the sorter knows.
    @Test func knowsTheOptionsOfEveryVerb() throws {
        for verb in ThreadbankCommand.configuration.subcommands {
            let options = try #require(VerbOptions(of: verb), "\(verb)")
            #expect(
                VerbOptions(verb: verb._commandName) == options,
                "\(verb._commandName): its line in VerbOptions.swift does not name the options that it declares")
            #expect(options.byName["--help"] == .init(name: "--help", takesValue: false))
            for strategy in ["upToNextOption", "allRemainingInput", "postTerminator", "allUnrecognized"] {
                #expect(!verb._dumpHelp().contains("\"\(strategy)\""), "\(verb)")
            }
        }
    }

    @Test(arguments: [
        (["--version"], 0, "0.1.0\n"), (["sql", "--help"], 0, "OVERVIEW: "), (["help", "sql"], 0, "OVERVIEW: "),
        (["-h"], 0, "OVERVIEW: "),
        (["sql", "-- note\nselect 1 as a", "--format", "jsonl"], 0, "{\"a\":1}"), (["sql", "--x", "select 1"], 64, ""),
        (["nonsense"], 64, ""), (["sql", "--", "--x"], 64, ""), (["sql", "-1"], 2, ""),
    ])
    func holdsInTheBuiltCommand(arguments: [String], status: Int32, start: String) throws {
        let folder = try TemporaryFolder()
        let archive = folder.file("an archive.sqlite")
        #expect(try Binary.run(["--archive", archive, "init"]).status == 0)
        let run = try Binary.run(["-a", archive] + arguments)
        #expect(run.status == status, "\(run.stderr)")
        #expect(run.stdout.hasPrefix(start))
    }
}
