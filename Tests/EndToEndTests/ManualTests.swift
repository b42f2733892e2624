// The manual page, as `man` shows it.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct ManualTests {
    private func page() throws -> String { try Binary.run(["manual"]).stdout }

    /// A terminal has 80 columns, and `man` indents texts by seven.
    @Test func noLineThatIsNotFilledIsWiderThanAPage() throws {
        var isFilled = true
        for line in try page().split(separator: "\n", omittingEmptySubsequences: false) {
            if line == ".nf" { isFilled = false }
            if line == ".fi" { isFilled = true }
            if !isFilled { #expect(line.replacing("\\-", with: "-").replacing("\\e", with: "\\").count <= 71, "\(line)") }
        }
    }

    @Test func itIsEightyColumnsWideOnATerminal() throws {
        guard let man = Tool.path("man") else { return print("skipped: man is not installed") }
        let folder = try TemporaryFolder()
        try Data(page().utf8).write(to: URL(fileURLWithPath: folder.file("threadbank.1")))
        let run = try Binary.run(
            ["-l", folder.file("threadbank.1")],
            environment: [
                "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "GROFF_NO_SGR": "1", "MANPAGER": "cat", "MAN_KEEP_FORMATTING": "",
            ], binary: man)
        #expect(run.stderr == "")
        let lines = run.stdout.replacing(/.\u{8}/, with: "").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count > 500)
        for line in lines { #expect(line.count <= 80, "\(line)") }
    }

    /// What help texts set out in lines stays so, and nothing is lost: `man` may fill paragraphs alone.
    @Test func itHoldsEveryWordOfTheHelpTexts() throws {
        let page = try page().replacing("\\-", with: "-").replacing("\\e", with: "\\").replacing("\\&", with: "")
        let words = Set(page.split(whereSeparator: \.isWhitespace))
        let help = try Binary.run(["sql", "--help"]).stdout
        for line in help.split(separator: "\n").prefix(60)
        where line.contains(/^[A-Za-z].*[a-z.,]$/) && !line.contains(/^(USAGE|OVERVIEW)/) {
            for word in line.split(separator: " ") { #expect(words.contains(word), "\(word)") }
        }
        #expect(page.contains("\nthreadbank sql --format jsonl --max-rows 1000000 < report.sql\n"))
    }
}
