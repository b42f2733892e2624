// Where statements of a script end.

import Testing
import Threadbank

@Suite struct SQLSplitterTests {
    @Test(arguments: [
        ("", []), (" ;; \n;", []), ("-- a; b", []), ("/* ; */", []), ("/* open ;", []),
        ("select 1", ["select 1"]), ("select 1;", ["select 1;"]), ("select 1; select 2", ["select 1;", " select 2"]),
        ("select ';'; select 2", ["select ';';", " select 2"]), ("select 'it''s;'; x", ["select 'it''s;';", " x"]),
        ("select \"a;\"\"b\", `c;`, [d;]; x", ["select \"a;\"\"b\", `c;`, [d;];", " x"]),
        ("select 1 -- no; end\n; x", ["select 1 -- no; end\n;", " x"]),
        ("select 1 /* ; * / ** ; */; x", ["select 1 /* ; * / ** ; */;", " x"]),
        ("select 4-1; select 4/2; -", ["select 4-1;", " select 4/2;", " -"]), ("select 'open; x", ["select 'open; x"]),
        ("select 1-;x", ["select 1-;", "x"]), ("select /;-- y", ["select /;"]), ("/**/ select 1;", ["/**/ select 1;"]),
        ("-- '\nselect 1; -- \"\n", ["-- '\nselect 1;"]),
    ])
    func cutsAtSemicolonsOutsideOfText(script: String, statements: [String]) {
        #expect(SQLSplitter.statements(in: script) == statements)
        var splitter = SQLSplitter()
        var pieces: [String] = []
        for byte in script.utf8 { pieces += splitter.add([byte]) }
        #expect(pieces + (splitter.finish().map { [$0] } ?? []) == statements)
        #expect(!splitter.isPending)
    }
}
