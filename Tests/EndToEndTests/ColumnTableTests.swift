// Lists on narrow screens: what says the most keeps some room.

import Testing

@testable import ThreadbankCLI

@Suite struct ColumnTableTests {
    private func lines(_ width: Int, _ row: [String]) -> [String] {
        let columns: [ColumnTable.Column] = [
            .init(title: "thread"), .init(title: "author", widest: 20), .init(title: "forum", widest: 20), .init(title: "title"),
        ]
        var text = ""
        ColumnTable(columns: columns, width: width).write([row]) { text += $0 }
        return text.split(separator: "\n").map(String.init)
    }

    @Test func otherColumnsGiveWayToTheLast() {
        let row = [
            "t12", String(repeating: "a", count: 30), String(repeating: "f", count: 30), String(repeating: "t", count: 90),
        ]
        for width in [60, 70, 80, 200] {
            let line = lines(width, row)[1]
            #expect(line.count <= width)
            #expect(line.count { $0 == "t" } > (width < 70 ? 25 : 38), "\(line)")
            #expect(line.contains("aaaaaaa") && line.contains("fffffff"))
        }
        #expect(lines(200, row)[1].contains(String(repeating: "a", count: 19) + "…"), "where there is room, nothing gives way")
        #expect(lines(60, ["t1", "ann", "bread", "a title"])[1] == "t1      ann     bread  a title")
        #expect(lines(20, row)[1].count <= 20)
    }
}
