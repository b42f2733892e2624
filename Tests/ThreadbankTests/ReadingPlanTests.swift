// Reading one thread or one post never walks through all posts: the statements that really run are explained and looked at.

import GRDB
import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct ReadingPlanTests {
    let village: ReadingArchive

    init() throws {
        village = try ReadingArchive(ReadingArchive.village)
    }

    @Test func threadShowAndNamesLookRowsUpByAnIndex() throws {
        let statements = try village.statements {
            for id in [1, 2, 3] as [Int64] { _ = try village.thread(id) }
            for id in [1, 3, 7] as [Int64] { _ = try village.details(id) }
            _ = try village.reader.post(Post.ID(rawValue: 1))
            _ = try village.reader.citation(of: Post.ID(rawValue: 1))
            for name in ["p3", "threadbank:mail:x", "https://lists.example/x/", "<m@x>", "alias", "https://nowhere.example"] {
                _ = try village.reader.resolve(name)
                _ = try village.reader.resolveThread(name)
            }
        }
        #expect(statements.count > 30)
        for sql in statements {
            let scans = try village.plan(of: sql).filter { $0.hasPrefix("SCAN") && !village.mayScan($0) }
            #expect(scans == [], "\(sql)")
        }
    }

    /// The test would be blind if a scan were not seen.
    @Test func aScanIsSeen() throws {
        let plan = try village.plan(of: "SELECT id FROM posts p WHERE p.body = 'x'")
        #expect(plan.contains { $0.hasPrefix("SCAN") && !village.mayScan($0) })
    }
}

extension ReadingArchive {
    /// The statements that `body` runs, as they run.
    func statements(_ body: () throws -> Void) throws -> [String] {
        let log = StatementLog()
        archive.queue.inDatabase { db in
            db.trace(options: .statement) { event in
                if case .statement(let statement) = event { log.statements.append(statement.sql) }
            }
        }
        try body()
        archive.queue.inDatabase { $0.trace(options: []) }
        return log.statements.filter { $0.contains("SELECT") }
    }

    func plan(of sql: String) throws -> [String] {
        try reader.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments(StatementArguments())
            return try Row.fetchAll(statement).map { $0["detail"] }
        }
    }

    /// Sources are few, `line` is what a recursive query has found so far, and the URL of a thread is asked for last of all.
    func mayScan(_ detail: String) -> Bool {
        ["SCAN s", "SCAN sources", "SCAN line", "SCAN threads", "SCAN CONSTANT ROW", "SCAN 2 CONSTANT ROWS"].contains {
            detail == $0
        }
            || detail.hasPrefix("SCAN s USING") || detail.hasPrefix("SCAN sources USING")
    }
}

private final class StatementLog: @unchecked Sendable {
    var statements: [String] = []
}
