// The article on the schema against an archive that was just made, and the migrations against their folder.

import Foundation
import Testing
import ThreadbankMigrations
import ThreadbankTestSupport

@Suite struct SchemaTests {
    /// Answers of the command's own SQL, on an empty archive.
    private func ask(_ sql: String) throws -> [[String: String]] {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("archive.sqlite")]
        try #require(Binary.run(["init"], environment: environment).status == 0)
        let result = try Binary.run(["sql", sql, "--format", "json"], environment: environment)
        return try JSONDecoder().decode([[String: String]].self, from: Data(result.stdout.utf8))
    }

    /// Tables and views with their columns, but for the tables in which FTS5 keeps its index.
    private func columns() throws -> [String: Set<String>] {
        let rows = try ask(
            """
            select m.name as object, c.name as column from sqlite_master m, pragma_table_xinfo(m.name) c
             where m.type in ('table', 'view') and m.name not like 'posts_fts_%' and m.name not like 'posts_cjk_%' and m.name not like 'sqlite_%'
               and (c.hidden <> 1)
            """)
        return Dictionary(grouping: rows) { $0["object"] ?? "" }.mapValues { Set($0.compactMap { $0["column"] }) }
    }

    private func article() throws -> Markdown { Markdown(try Project.text("\(Project.articles)/Schema.md")) }

    @Test func theArticleTellsOfEveryTableAndViewAndOfNoOther() throws {
        let headings = try article().lines.filter { $0.hasPrefix("### `") }.map { String($0.dropFirst(5).dropLast()) }
        #expect(headings.sorted() == (try columns().keys.sorted()))
    }

    @Test func theArticleTellsOfEveryColumnAndOfNoOther() throws {
        let article = try article()
        let columns = try columns()
        #expect(columns.count >= 19)
        for (object, names) in columns {
            guard let section = article.section("### `\(object)`") else { continue }
            let rows = section.rowNames.filter { !$0.hasPrefix("\(object)_by_") && $0 != "posts_titled_ghosts" }
            #expect(Set(rows) == names, "\(object)")
            #expect(rows.count == Set(rows).count, "\(object) tells of a column twice")
        }
    }

    @Test func theArticleTellsOfEveryIndex() throws {
        let named = Set(try article().code)
        let indexes = try ask("select name from sqlite_master where type = 'index' and name not like 'sqlite_%'")
        #expect(indexes.count >= 15)
        #expect(Set(indexes.compactMap { $0["name"] }).subtracting(named) == [])
    }

    @Test func everyFileOfMigrationsIsAMigrationInItsOrder() throws {
        let files = try Project.files(below: "Migrations").filter { $0.hasSuffix(".sql") }
        #expect(files.map { String($0.dropFirst("Migrations/".count).dropLast(".sql".count)) } == Migration.all.map(\.name))
        for (file, migration) in zip(files, Migration.all) {
            let isEmbedded = try Project.text(file) == migration.sql
            #expect(isEmbedded, "\(file)")
        }
    }

    @Test func migrationsAreNumberedFromOneWithoutAGap() {
        #expect(Migration.all.map { Int($0.name.prefix(4)) } == Array(1...Migration.all.count))
    }
}
