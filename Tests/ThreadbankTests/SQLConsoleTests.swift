// Read-only SQL: what it answers, in rows, names, values and parameters.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct SQLConsoleTests {
    let archive: ConsoleArchive

    init() throws { archive = try ConsoleArchive() }

    @Test func answersRowByRowWithNamesFirst() throws {
        var names: [String] = []
        var rows: [[SQLValue]] = []
        let outcome = try SQLConsole(path: archive.path).run(
            "select 1 as one, 2.5 as real, 'text' as text, null as none, x'00ff' as blob union all select 2, 1e999, '', 0, x''",
            columns: {
                #expect(rows.isEmpty)
                names = $0
            }, row: { rows.append($0) })
        #expect(names == ["one", "real", "text", "none", "blob"])
        #expect(
            rows == [
                [.integer(1), .real(2.5), .text("text"), .null, .blob([0, 255])],
                [.integer(2), .real(.infinity), .text(""), .integer(0), .blob([])],
            ])
        #expect(outcome == .init(rows: 2))
    }

    @Test(arguments: [
        "select 1;", "select 1 -- note", "select 1; -- note\n /* more */ ;", "-- note\nselect 1", "/* ; */ select 1 /* open",
        "select /* ; */ 1 ; ; ",
    ])
    func letsCommentsAndASemicolonPass(sql: String) throws {
        #expect(try SQLConsole(path: archive.path).rows(sql) == [[.integer(1)]])
    }

    @Test(arguments: ["", "  \n", ";", "-- only a comment", "/* open"])
    func saysThatAnEmptyStatementIsWrongUsage(sql: String) throws {
        let error = try archive.error(sql)
        #expect(error.code == .query)
        #expect(error.message.contains("no statement"))
    }

    @Test(arguments: [
        ("select * from thread_summaries", 0), ("select * from post_details where score > 0", 0),
        ("select count(*) from posts_fts where posts_fts match 'word'", 1),
        ("select snippet(posts_fts, 1, '', '', '', 9), bm25(posts_fts) from posts_fts('x')", 0),
        ("with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select i from n", 5),
        ("select name from pragma_table_info('tags')", 2), ("pragma table_info(tags)", 2), ("pragma user_version", 1),
        ("pragma index_list('tags')", 1), ("pragma table_info(nowhere)", 0), ("pragma encoding", 1), ("values (1), (2)", 2),
        ("explain query plan select * from posts", 1), ("select value from json_each('[1,2]')", 2),
        ("select count(*) from dbstat", 1), ("select row_number() over () from sqlite_schema limit 2", 2),
    ])
    func reads(sql: String, rows: Int) throws {
        try archive.staysAsItWas {
            let found = try SQLConsole(path: archive.path).rows(sql)
            #expect(found.count == rows)
        }
    }

    @Test func keepsEqualNamesAndMakesThemUniqueForObjects() throws {
        var names: [String] = []
        try SQLConsole(path: archive.path).run(
            "select 1 as n, 2 as n, 3 as 'n:1', 4 as n", columns: { names = $0 }, row: { _ in })
        #expect(names == ["n", "n", "n:1", "n"])
        #expect(SQLConsole.uniqueNames(names) == ["n", "n:2", "n:1", "n:3"])
        #expect(SQLConsole.uniqueNames(["a", "b"]) == ["a", "b"])
    }

    @Test func cutsAtTheCapAndSaysSo() throws {
        let console = try SQLConsole(path: archive.path)
        let million = "with recursive n(i) as (select 1 union all select i + 1 from n limit 1000000) select i from n"
        var last = SQLValue.null
        #expect(try console.run(million) { last = $0[0] } == .init(rows: 10_000, truncated: true))
        #expect(last == .integer(10_000))
        let exact = SQLConsole.Limits(rows: 1_000_000)
        #expect(try console.run(million, limits: exact) { _ in } == .init(rows: 1_000_000))
    }

    @Test func stopsWhenTheReceiverWantsNoMore() throws {
        let console = try SQLConsole(path: archive.path)
        var count = 0
        let outcome = try console.run("values (1), (2), (3)") { _ throws(CancellationError) in
            count += 1
            if count == 2 { throw CancellationError() }
        }
        #expect(outcome.rows == 2)
        #expect(try console.rows("select 1") == [[.integer(1)]])
    }

    @Test func bindsNumbersAsNumbersAndTheRestAsText() throws {
        let values = [
            "1": "integer", "-12": "integer", "1.5": "real", "1e3": "real", "-0.5E-2": "real", "007": "text", "+1": "text",
            "0x10": "text", "nan": "text", "": "text", "1 ": "text", "18446744073709551615": "text",
            "9223372036854775807": "integer",
            "1e999": "text", "-": "text", "grüße": "text", "00.5": "text",
        ]
        let console = try SQLConsole(path: archive.path)
        for (value, type) in values {
            let row = try console.rows("select typeof(:v), cast(@v as text), $v is null", ["v": value])[0]
            #expect(row[0] == .text(type), "\(value)")
            #expect(row[2] == .integer(0))
            if type == "text" { #expect(row[1] == .text(value)) }
        }
    }

    @Test func namesParametersThatDoNotFit() throws {
        let missing = try archive.error("select :a, @b, $c", ["b": "1"])
        #expect(missing.message == "SQL: no value for :a, :c; give --param a=VALUE --param c=VALUE")
        let unknown = try archive.error("select :a", ["a": "1", "x": "2"])
        #expect(unknown.message == "SQL: there is no parameter :x in this statement; it has :a")
        #expect(unknown.code == .query)
        #expect(try archive.error("select 1", ["x": "2"]).message.hasSuffix("it has none"))
        #expect(try archive.error("select ?").message.contains("`:name`"))
        let console = try SQLConsole(path: archive.path)
        let outcome = try console.run(
            "select ?1, :a", parameters: ["1": "x", "a": "y", "z": ""], ignoringOtherParameters: true
        ) { _ in }
        #expect(outcome.parameters == ["1", "a"])
    }

    @Test func mendsTextThatIsNotUTF8() throws {
        let rows = try SQLConsole(path: archive.path).rows("select cast(x'61ff62' as text), cast(x'610062' as text)")
        #expect(rows == [[.text("a\u{FFFD}b"), .text("a\0b")]])
    }

    @Test func saysWhereAMistakeIs() throws {
        #expect(try archive.error("selec 1").message == "SQL, line 1, column 1: near \"selec\": syntax error")
        #expect(try archive.error("select 1,\n  ä +").code == .invalid)
        #expect(try archive.error("select 1\nfrom nowhere").message.hasPrefix("SQL: no such table: nowhere; "))
        // A misspelt column in double quotes is no string.
        #expect(try archive.error("select \"titel\" from posts").message.contains("no such column: titel"))
    }

    @Test func seesWhatAWriterDoesBesideIt() throws {
        let console = try SQLConsole(path: archive.path)
        let writer = try Archive(path: archive.path)
        #expect(try console.rows("select count(*) from posts") == [[.integer(0)]])
        try writer.close()
        #expect(try console.rows("select count(*) from posts") == [[.integer(0)]])
    }

    @Test func writesValuesAsJSONAndCSV() {
        let values: [SQLValue] = [.null, .integer(-1), .real(0.5), .text("a\"b"), .blob([1, 2])]
        #expect(JSON.array(values.map(\.json)).text == #"[null,-1,0.5,"a\"b",{"$base64":true,"encoded":"AQI="}]"#)
        #expect(values.map(\.csv) == ["", "-1", "0.5", "a\"b", "AQI="])
    }
}
