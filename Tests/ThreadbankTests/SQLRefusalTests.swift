// Read-only SQL: what it refuses and where it stops. After each, the archive is as it was and the next query works.

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct SQLRefusalTests {
    let archive: ConsoleArchive

    init() throws { archive = try ConsoleArchive() }

    @Test(arguments: [
        "delete from posts", "insert into sources (kind) values ('x')", "update posts set score = 1",
        "replace into tags values (1, 'a')",
        "with x as (select 1) delete from posts", "insert into posts_fts (posts_fts) values ('optimize')",
        "create table t (a)", "create temp table t (a)", "create temp view v as select 1", "create index i on posts (score)",
        "create virtual table temp.v using fts5vocab (posts_fts, row)",
        "create trigger t after insert on posts begin select 1; end",
        "drop table posts", "drop view post_details", "alter table posts add column x", "alter table posts rename to p",
        "begin", "begin immediate", "begin exclusive", "commit", "rollback", "savepoint s", "release s",
        "attach ':memory:' as m", "attach 'other.sqlite' as m", "detach main", "vacuum", "vacuum into 'copy.sqlite'",
        "analyze", "reindex",
        "explain delete from posts",
    ])
    func refusesToWrite(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .invalid)
            #expect(error.message.hasPrefix("SQL: refused: "))
        }
    }

    @Test(arguments: [
        "update sqlite_master set sql = ''", "update sqlite_schema set rootpage = 2", "update main.sqlite_schema set type = 'x'",
        "update temp.sqlite_schema set sql = ''", "insert into posts_fts_config values ('a', 1)", "delete from posts_fts_data",
    ])
    func keepsTheSchemaAndTheIndexFromBeingWritten(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .invalid)
        }
    }

    @Test(arguments: [
        "pragma journal_mode = delete", "pragma journal_mode", "pragma user_version = 7", "pragma application_id = 7",
        "pragma hard_heap_limit = 1000", "pragma soft_heap_limit = 1000", "pragma query_only = 0",
        "pragma temp_store_directory = '/'",
        "pragma writable_schema = 1", "pragma wal_checkpoint(truncate)", "pragma optimize", "pragma incremental_vacuum",
        "pragma locking_mode = exclusive", "pragma trusted_schema = 1", "pragma cache_size = 1000000",
        "pragma mmap_size = 1000000",
        "pragma secure_delete = 0", "pragma encoding = 'UTF-16'", "pragma page_size = 512", "pragma shrink_memory",
        "pragma case_sensitive_like = 1", "pragma busy_timeout = 1", "pragma no_such_pragma",
        "select * from pragma_hard_heap_limit(1000)", "select * from pragma_journal_mode", "select * from pragma_query_only",
    ])
    func refusesPragmasThatSetSomething(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .invalid, "\(error)")
            #expect(error.message.contains("refused: PRAGMA") || error.message.contains("too many arguments"), "\(error)")
        }
    }

    @Test(arguments: [
        "select load_extension('x')", "select LOAD_EXTENSION('x', 'y')", "select fts3_tokenizer('simple')",
        "select fts3_tokenizer('x', x'0000000000000000')", "select sqlite_log(1, 'x')",
    ])
    func refusesFunctionsThatReachOut(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .invalid)
            #expect(error.message.hasPrefix("SQL: refused: the function"), "\(error)")
        }
    }

    @Test(arguments: [
        "writefile('x', 'y')", "readfile('x')", "edit('x')", "fsdir('.')", "eval('delete from posts')", "zipfile(1, 2)",
    ])
    func hasNoFunctionsOfTheShell(call: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error("select \(call)")
            #expect(error.code == .invalid)
        }
    }

    @Test(arguments: [
        "select 1; select 2", "select 1; delete from posts", "select 1;;x", "select ';'; select ';'", "select 1; 'open",
    ])
    func refusesASecondStatement(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .invalid)
            #expect(error.message.contains("second statement"))
        }
    }

    @Test func refusesANUL() throws {
        #expect(try archive.error("select 1\0; delete from posts").message.contains("NUL"))
    }

    @Test(arguments: [
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
        "with recursive n(i) as (select 1 union all select 1 from n) select i from n where i > 1",
        "select count(*) from (values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)) a, sqlite_schema b, sqlite_schema c, sqlite_schema d, "
            + "sqlite_schema e, sqlite_schema f",
    ])
    func stopsAtTheTimeLimit(sql: String) throws {
        try archive.staysAsItWas {
            let start = ContinuousClock.now
            let error = try archive.error(sql, limits: .init(seconds: 0.3))
            #expect(error.code == .limit)
            #expect(error.message.contains("0.3 s"))
            #expect(ContinuousClock.now - start < .seconds(3))
        }
    }

    @Test func countsOnlyTheTimeOfTheEngine() throws {
        let outcome = try SQLConsole(path: archive.path).run("values (1), (2), (3)", limits: .init(seconds: 0.2)) { _ in
            Thread.sleep(forTimeInterval: 0.15)
        }
        #expect(outcome.rows == 3)
    }

    @Test(arguments: [
        "select randomblob(1e9)", "select zeroblob(1000000000)", "select hex(randomblob(40000000))",
        "select replace(hex(zeroblob(20000000)), '0', 'xx')", "select printf('%.1000000000d', 1)",
        "select format('%1000000000s', 'x')",
        "select printf('%*d', 100000000, 1)", "select length(printf('%.60000000c%.60000000c', 'a', 'b'))",
    ])
    func refusesHugeValues(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql)
            #expect(error.code == .limit, "\(error)")
        }
    }

    @Test(arguments: [
        "with recursive n(i) as (select 1 union all select i + 1 from n) select group_concat(hex(randomblob(1000000))) from n",
        "select " + (1...40).map { _ in "randomblob(60000000)" }.joined(separator: ", "),
    ])
    func keepsMemoryWithinBounds(sql: String) throws {
        try archive.staysAsItWas {
            let error = try archive.error(sql, limits: .init(seconds: 5, memory: 100 << 20))
            #expect(error.code == .limit, "\(error)")
        }
    }

    @Test func interruptsFromAnotherThread() throws {
        let console = try SQLConsole(path: archive.path)
        let stopper = Thread {
            for _ in 0..<50 {
                Thread.sleep(forTimeInterval: 0.05)
                console.interrupt()
            }
        }
        stopper.start()
        let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        let error = #expect(throws: ThreadbankError.self) { try console.run(endless) { _ in } }
        #expect(error?.code == .interrupted)
    }

    @Test func waitsForNobodyButRefusesWhatIsNoArchive() throws {
        #expect(throws: ThreadbankError.self) { try SQLConsole(path: archive.folder.file("none.sqlite")) }
        try Data("hello".utf8).write(to: URL(fileURLWithPath: archive.folder.file("text")))
        #expect(throws: ThreadbankError.self) { try SQLConsole(path: archive.folder.file("text")) }
        #expect(archive.folder.names == ["archive.sqlite", "text"])
    }
}
