// The README: what it says of verbs and formats is so, its commands run, and their output is what it shows.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct ReadmeTests {
    let readme: Markdown

    init() throws { readme = Markdown(try Project.text("README.md")) }

    @Test func everyVerbHasItsRowAndEveryRowIsAVerb() throws {
        let rows = try #require(readme.section("## Verbs")).rowNames
        #expect(rows == (try CommandTree.load().verbs.map(\.commandName)), "in the order of the help")
    }

    @Test func theHelpListsEveryVerb() throws {
        let help = try Binary.run(["--help"]).stdout
        for verb in try CommandTree.load().verbs.map(\.commandName) { #expect(help.contains("\n  \(verb) "), "\(verb)") }
    }

    @Test func everyFormatHasItsRowAndEveryRowIsAFormat() throws {
        let rows = try #require(readme.section("## What it reads")).rowNames
        #expect(Set(rows) == Set(Importers.all.map(\.name)))
        #expect(rows.count == Set(rows).count)
    }

    @Test func everyCommandUsesAKnownVerbAndItsOptions() throws {
        let tree = try CommandTree.load()
        let articles = try Project.files(below: Project.articles).filter { $0.hasSuffix(".md") }
        let pages = try (["README.md", "seeds/README.md"] + articles).map { Markdown(try Project.text($0)) }
        let commands = pages.flatMap(commandBlocks).flatMap(CommandLine.all)
        #expect(commands.count >= 10)
        for command in commands { #expect(command.fault(tree) == nil, "threadbank \(command.words.joined(separator: " "))") }
    }

    /// All of them in order, in the checkout's folder, on one archive. A block behind a command is its output; `[…]` stands for
    /// what was left out.
    @Test func everyCommandRunsAndGivesTheOutputThatStandsBehindIt() throws {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("archive.sqlite")]
        let blocks = readme.blocks
        var compared = 0
        for (index, block) in blocks.enumerated() where block.language == "sh" {
            var output = ""
            for command in CommandLine.all(in: block.lines) {
                let result = try Binary.run(command.words, environment: environment, in: Checkout.path)
                #expect(result.status == 0, "threadbank \(command.words.joined(separator: " ")): \(result.stderr)")
                output += result.stdout
            }
            guard index + 1 < blocks.count, blocks[index + 1].language.isEmpty else { continue }
            var rest = output.split(separator: "\n").map(String.init)[...]
            for line in blocks[index + 1].lines where !line.isEmpty && !line.contains(" left out here]") {
                guard let place = rest.firstIndex(of: line) else {
                    Issue.record("no longer said: \(line)")
                    break
                }
                rest = rest[(place + 1)...]
            }
            compared += 1
        }
        #expect(compared >= 4)
    }

    @Test func scriptsThatItNamesAreThere() throws {
        for block in commandBlocks(readme) {
            for line in block where line.hasPrefix("./") { #expect(Project.exists(String(line.dropFirst(2))), "\(line)") }
        }
        let places = try #require(readme.section("## Where things are")).rowNames
        for place in places where place.first?.isUppercase == true { #expect(Project.exists(place), "\(place)") }
    }

    @Test(arguments: ["README.md", "CHANGELOG.md", "seeds/README.md"])
    func everyLinkLeadsToAFile(_ path: String) throws {
        let folder = path.contains("/") ? path.prefix(through: path.lastIndex(of: "/")!) : ""
        for link in Markdown(try Project.text(path)).links { #expect(Project.exists(folder + link), "\(path): \(link)") }
    }

    @Test func seedsSaysWhereEveryFileIsFromAndNamesNoOther() throws {
        let rows = Markdown(try Project.text("seeds/README.md")).rowNames.filter { $0.contains("/") }
        let files = try Project.files(below: "seeds").map { String($0.dropFirst("seeds/".count)) }.filter { $0 != "README.md" }
        #expect(rows.sorted() == files)
    }

    private func commandBlocks(_ markdown: Markdown) -> [[String]] {
        markdown.blocks.filter { $0.language == "sh" }.map(\.lines)
    }
}
