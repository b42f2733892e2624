// The seed, from import to SQL, as a person runs it: the checks of the first issue.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct FirstLight {
    private let folder: TemporaryFolder
    private let seed = "\(Checkout.path)/seeds/text"
    private var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    private func rows(_ sql: String) throws -> [[String: Any]] {
        let answer = try run("sql", sql, "--format", "json")
        #expect((answer.status, answer.stderr) == (0, ""))
        return try #require(JSONSerialization.jsonObject(with: Data(answer.stdout.utf8)) as? [[String: Any]])
    }

    private func counts(_ answer: Binary.Result) throws -> [[String: Any]] {
        try answer.stdout.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func theSeedFromImportToSQL() throws {
        let first = try counts(run("import", seed, "--format", "json"))
        #expect(first.count == 2)
        for line in first {
            let numbers = ["read", "added", "changed", "unchanged", "rejected", "skipped_files", "missing", "threads", "authors"]
                .map { line[$0] as? Int }
            #expect(numbers == [12, 12, 0, 0, 0, 0, 1, 1, 1])
        }
        #expect(first[1]["total"] as? Bool == true)
        #expect(first[0]["format"] as? String == "text")

        let second = try counts(run("import", seed, "--format", "json", "--again"))
        #expect(second.map { $0["added"] as? Int } == [0, 0])
        #expect(second.map { $0["unchanged"] as? Int } == [12, 12])
        #expect(try counts(run("import", seed, "--format", "json")).map { $0["unchanged"] as? Int } == [12, 12])

        let states = try rows("select state, count(*) as n from posts group by 1 order by 1")
        #expect(states.map { $0["state"] as? String } == ["deleted", "missing", "present"])
        #expect(states.map { $0["n"] as? Int } == [2, 1, 10])

        let authors = try rows(
            """
            select a.name, i.evidence from authors a join posts p on p.author_id = a.id
              join inferences i on i.post_id = p.id and i.what = 'author'
            """)
        #expect(authors.map { $0["name"] as? String } == ["SovereignState"])
        #expect((authors.first?["evidence"] as? String)?.contains("As @SovereignState mentioned though") == true)
        #expect(try rows("select count(*) as n from authors").first?["n"] as? Int == 1)

        let parents = try rows(
            """
            select c.place as child, p.place as parent, r.confidence, r.evidence from replies r
              join posts c on c.id = r.post_id join posts p on p.id = r.parent_id
            """)
        let found = Dictionary(uniqueKeysWithValues: parents.map { ($0["child"] as? Int ?? -1, $0["parent"] as? Int ?? -1) })
        for (child, parent) in [(1, 0), (2, 1), (3, 2), (9, 3), (10, 3), (11, 2), (12, 11)] { #expect(found[child] == parent) }
        #expect(parents.count == 12)
        #expect(parents.allSatisfy { ($0["confidence"] as? Double ?? 1) < 1 && ($0["evidence"] as? String)?.isEmpty == false })
    }

    @Test func searchFindsAndSaysWhereNothingIs() throws {
        try #require(try run("import", seed).status == 0)
        let found = try run("search", "self-reliance")
        #expect(found.status == 0)
        #expect(found.stdout.localizedCaseInsensitiveContains("self-reliance"))
        let json = try run("search", "self-reliance", "--format", "json").stdout
        #expect(json.contains("<mark>"))
        let nothing = try run("search", "zzzz")
        #expect((nothing.status, nothing.stdout) == (1, ""))
        #expect(nothing.stderr.contains("nothing found for zzzz"))
        #expect(
            try run("search", "zzzz", "--format", "json").stdout
                == "{\"format_version\":1,\"query\":\"zzzz\",\"total\":0,\"hits\":[]}\n")
    }

    @Test func sqlCannotWrite() throws {
        try #require(try run("import", seed).status == 0)
        let before = folder.bytes("a.sqlite")
        let refused = try run("sql", "delete from posts")
        #expect((refused.status, refused.stdout) == (2, ""))
        #expect(refused.stderr.split(separator: "\n").count == 1)
        #expect(folder.bytes("a.sqlite") == before)
        #expect(folder.names == ["a.sqlite"])
        #expect(try rows("select count(*) as n from posts").first?["n"] as? Int == 13)
    }

    @Test func stdinIsAnInput() throws {
        let text = String(decoding: try #require(Checkout.seed("text/000_cca173e6bb63533f.txt")), as: UTF8.self)
        let environment = environment
        func pipe(_ arguments: String...) throws -> Binary.Result {
            try Binary.run(["import", "-", "--format", "json"] + arguments, stdin: text, environment: environment)
        }
        #expect(try counts(pipe()).map { $0["added"] as? Int } == [12, 12])
        #expect(try counts(pipe()).map { $0["unchanged"] as? Int } == [12, 12])
        #expect(try counts(pipe("--source", "a name")).map { $0["added"] as? Int } == [12, 12], "another key, another thread")
        #expect(try rows("select source_key from threads order by id").last?["source_key"] as? String == "a name")
    }

    /// The binary alone in an empty folder, with nothing of the build beside it.
    @Test func theBinaryWorksAlone() throws {
        let copy = folder.file("threadbank")
        try FileManager.default.copyItem(atPath: Binary.path, toPath: copy)
        for arguments in [
            ["import", "\(Checkout.path)/seeds"], ["search", "tomatoes"], ["thread", "1"], ["check"], ["--version"],
        ] {
            let answer = try Binary.run(arguments, environment: environment, in: folder.path, binary: copy)
            #expect(answer.status == 0, "\(arguments): \(answer.stderr)")
        }
        #expect(folder.names == ["a.sqlite", "threadbank"])
    }

    @Test func allSeedsGoIntoOneArchive() throws {
        let folders = Set(Seed.all.map(\.importer)).sorted().map { "\(Checkout.path)/seeds/\($0)" }
        let report = try counts(Binary.run(["import", "--format", "json"] + folders, environment: environment))
        // A folder may be one input: a dump of several tables.
        #expect(Set(report.dropLast().compactMap { $0["format"] as? String }) == Set(Seed.all.map(\.importer)))
        #expect(report.count > Seed.all.count)
        let total = try #require(report.last)
        #expect(total["rejected"] as? Int == 0 && total["skipped_files"] as? Int == 0)
        #expect(try run("check").status == 0)
        let export = try run("export", "--format", "jsonl").stdout
        let copy = ["THREADBANK_ARCHIVE": folder.file("b.sqlite")]
        #expect(try Binary.run(["import", "-"], stdin: export, environment: copy).status == 0)
        #expect(
            try Binary.run(["export"], environment: copy).stdout.split(separator: "\n").sorted()
                == export.split(separator: "\n").sorted())
    }
}
