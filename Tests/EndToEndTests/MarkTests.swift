// Own tags and notes: made, found, shown, kept by imports, carried to another archive, erased with their post.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct MarkTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("seeds.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        try #require(run("import", "\(Checkout.path)/seeds/text").status == 0)
    }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    private func count(_ query: String) throws -> Int? {
        Int(try run("search", query, "--count").stdout.split(separator: "\n").first ?? "")
    }

    @Test func tagsAreFoundOnPostsAndThreads() throws {
        #expect(try run("tag", "p12", "toread", "Später").status == 0)
        #expect(try run("tag", "t1", "howto").status == 0)
        #expect(try count("tag:toread") == 1)
        #expect(try count("tag:spater") == 1)
        #expect(try count("tag:howto") == 12)
        #expect(try count("tag:howto -tag:toread") == 11)
        #expect(try count("tag:nope") == 0)
        #expect(try run("tag", "p12", "toread", "--remove").status == 0)
        #expect(try count("tag:toread") == 0)
        #expect(try run("tag", "p12", "toread", "--remove").status == 1)
        #expect(try run("tag", "p99", "x").status == 1)
        #expect(try run("tag", "p12").status == 64)
        #expect(try run("tag", "--format", "json").stdout.contains("\"text\":\"howto\",\"scope\":\"thread\""))
    }

    @Test func theyStayThroughImportsAndGoWithExports() throws {
        _ = try run("tag", "t1", "howto")
        _ = try run("note", "p12", "compare", "with", "p3")
        #expect(try run("import", "\(Checkout.path)/seeds/text", "--again").stdout.contains("unchanged 12"))
        #expect(try run("show", "p12").stdout.contains("compare with p3"))
        try Data(run("export").stdout.utf8).write(to: URL(fileURLWithPath: folder.file("all.jsonl")))
        let other = ["THREADBANK_ARCHIVE": folder.file("other.sqlite")]
        #expect(try Binary.run(["import", folder.file("all.jsonl")], environment: other).status == 0)
        for verb in ["tag", "note"] {
            let mine = try run(verb, "--format", "csv").stdout
            #expect(try Binary.run([verb, "--format", "csv"], environment: other).stdout == mine)
            #expect(mine.split(separator: "\r\n").count == 2)
        }
        // Marks that were made there later come back with what is known here already.
        _ = try Binary.run(["tag", "p12", "late"], environment: other)
        let later = try Binary.run(["export"], environment: other).stdout
        try Data(later.utf8).write(to: URL(fileURLWithPath: folder.file("later.jsonl")))
        #expect(try run("import", folder.file("later.jsonl")).stdout.contains("changed 1"))
        #expect(try count("tag:late") == 1)
        #expect(try run("check").status == 0)
    }

    @Test func whatIsForgottenTakesItsMarksAlong() throws {
        _ = try run("tag", "p12", "toread")
        _ = try run("note", "p12", "a secret")
        #expect(try run("forget", "p12", "--yes").status == 0)
        #expect(try run("sql", "select count(*) from marks", "--format", "csv").stdout.hasSuffix("\r\n0\r\n"))
    }

    @Test func theOriginsTagsAreToldApart() throws {
        let line =
            #"{"key":"1","thread":"t","thread_title":"T","body":"words","tags":["given"],"marks":[{"kind":"tag","text":"mine"}]}"#
        try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: folder.file("one.jsonl")))
        _ = try run("import", folder.file("one.jsonl"))
        #expect(try count("tag:given") == 1)
        #expect(try count("tag:mine") == 1)
        let answer = try run("sql", "select tag, own from tagged_posts order by tag", "--format", "csv").stdout
        #expect(answer == "tag,own\r\ngiven,0\r\nmine,1\r\n")
    }
}
