// The table of an SQL answer on a terminal: as a list where its columns do not fit.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct TextTableTests {
    /// What `sql` shows on a terminal of 80 columns; nil where there is no tool that makes one.
    private func shown(_ sql: String) throws -> [String]? {
        guard let script = Tool.path("script") else {
            print("skipped: script is not installed")
            return nil
        }
        let folder = try TemporaryFolder()
        let environment = [
            "THREADBANK_ARCHIVE": folder.file("a.sqlite"), "NO_COLOR": "1", "TERM": "xterm", "LC_ALL": "C.UTF-8",
            "THREADBANK_PAGER": "cat",
            "SQL": sql,
        ]
        try #require(Binary.run(["init"], environment: environment).status == 0)
        let command = "stty cols 80; exec '\(Binary.path)' sql \"$SQL\""
        let answer = try Binary.run(["-qec", command, "/dev/null"], environment: environment, binary: script)
        return answer.stdout.replacingOccurrences(of: "\r", with: "").split(separator: "\n").map(String.init)
    }

    @Test func columnsThatDoNotFitStandBelowEachOther() throws {
        let names = (1...30).map { "\($0) as column_\($0)" }.joined(separator: ", ")
        guard let lines = try shown("select \(names), null as nothing union all select \(names), printf('%.*c', 200, 'x')") else {
            return
        }
        #expect(lines.count == 64 && lines[0].hasPrefix("── 1 ─") && lines[32].hasPrefix("── 2 ─"), "\(lines)")
        #expect(lines[1] == "column_1   1" && lines[30] == "column_30  30" && lines[31] == "nothing    NULL")
        #expect(lines[63].hasSuffix("x…") && lines.allSatisfy { $0.count <= 80 })
    }

    @Test func columnsThatFitWhenTheyAreCutStayATable() throws {
        let names = (1...5).map { "\($0) as a_long_name_of_a_column_\($0)" }.joined(separator: ", ")
        guard let lines = try shown("select \(names)") else { return }
        #expect(lines.count == 3 && lines[0].split(separator: " ").count == 5, "\(lines)")
        #expect(lines[0].split(separator: " ").allSatisfy { $0.hasSuffix("…") }, "what is cut is marked")
    }
}
