// Every form of export on the seeds: what it holds, that it can be read again, and what pseudonyms leave.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ExportTests {
    let folder: TemporaryFolder
    var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("seeds.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let seeds = ["lemmy", "text", "jsonl"].map { "\(Checkout.path)/seeds/\($0)" }
        try #require(Binary.run(["import"] + seeds, environment: environment).status == 0)
    }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, environment: environment) }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: folder.file(path), encoding: .utf8) }

    private func count(_ sql: String, in archive: String = "seeds.sqlite") throws -> String {
        try Binary.run(["sql", sql, "--format", "csv", "-a", folder.file(archive)]).stdout
    }

    @Test func aDashIsStdout() throws {
        let answer = try run("export", "--format", "jsonl", "-o", "-")
        #expect(answer.status == 0 && answer.stdout.hasPrefix("{\"threadbank\""), "\(answer)")
        #expect(try run("export", "--format", "jsonl").stdout == answer.stdout)
    }

    @Test(arguments: ["jsonl", "json", "csv", "mbox", "html", "markdown", "sqlite"])
    func foldersAboveTheOutputAreMadeForEveryForm(format: String) throws {
        let path = folder.file("new/\(format)/out")
        let answer = try run("export", "--format", format, "-o", path)
        #expect(answer.status == 0 && answer.stderr == "" && FileManager.default.fileExists(atPath: path), "\(answer)")
        // A part of an archive goes another way.
        #expect(try run("export", "--thread", "1", "--format", format, "-o", folder.file("part/\(format)/out")).status == 0)
        // A file in the place of a folder is said, and nothing is left of what was made.
        let refused = try run("export", "--format", format, "-o", folder.file("seeds.sqlite/a/b"))
        #expect(refused.status == 2 && refused.stderr.split(separator: "\n").count == 1, "\(refused)")
    }

    @Test(arguments: ["html", "markdown", "sqlite"]) func whatIsNoStreamDoesNotGoToStdout(format: String) throws {
        let answer = try run("export", "--format", format, "-o", "-")
        #expect(answer.status == 64 && answer.stdout.isEmpty && answer.stderr.contains("--output"), "\(answer)")
    }

    @Test func aTableIsNoInput() throws {
        _ = try run("export", "--format", "csv", "-o", folder.file("table.csv"))
        let answer = try Binary.run(["import", folder.file("table.csv"), "-a", folder.file("table.sqlite")])
        #expect(answer.status == 2 && answer.stderr.contains("no importer recognises it"), "\(answer)")
    }

    @Test func quotedFromLinesComeBackFromAnMbox() throws {
        let body = ">From quoted\\nFrom plain\\n>>From twice"
        _ = try Binary.run(
            ["import", "-", "--from", "jsonl", "-a", folder.file("from.sqlite")], stdin: "{\"key\":\"1\",\"body\":\"\(body)\"}\n")
        _ = try Binary.run(["export", "--format", "mbox", "-o", folder.file("from.mbox"), "-a", folder.file("from.sqlite")])
        _ = try Binary.run(["import", folder.file("from.mbox"), "-a", folder.file("again.sqlite")])
        let sql = "select trim(body, char(10)) as body from posts"
        #expect(
            try Binary.run(["sql", sql, "--format", "json", "-a", folder.file("again.sqlite")]).stdout
                == Binary.run(["sql", sql, "--format", "json", "-a", folder.file("from.sqlite")]).stdout)
    }

    @Test func everythingIsInEveryForm() throws {
        let posts = try #require(Int(count("select count(*) from posts").split(separator: "\r\n").last ?? ""))
        #expect(try run("export").stdout.split(separator: "\n").count == posts + 2)
        let json = try run("export", "--format", "json").stdout
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let threads = try #require(object["threads"] as? [[String: Any]])
        #expect(threads.reduce(0) { $0 + ($1["posts"] as? [Any] ?? []).count } == posts)
        let csv = try run("export", "--format", "csv").stdout
        #expect(csv.hasPrefix("post_id,thread_id,"))
        #expect(csv.matches(of: #/(?m)^\d+,\d+,/#).count >= posts)
    }

    @Test(arguments: ["html", "markdown"]) func aFolderHasAnIndexOfItsPages(format: String) throws {
        #expect(try run("export", "--format", format, "-o", folder.file("site")).status == 0)
        let ending = format == "html" ? "html" : "md"
        let index = try text("site/index.\(ending)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.file("site/threads"))
        #expect(pages.count > 3)
        for page in pages {
            #expect(index.contains("threads/\(page)"))
            let text = try text("site/threads/\(page)")
            #expect(!text.isEmpty)
            if format == "html" { #expect(PageReader.faults(in: text) == []) }
        }
        #expect(try run("export", "--format", format, "-o", folder.file("site")).status == 2, "nothing is overwritten")
        #expect(try run("export", "--format", format).status == 64)
    }

    @Test func anArchiveOfHitsIsAnArchive() throws {
        let copy = folder.file("hits.sqlite")
        #expect(try run("export", "--format", "sqlite", "--search", "soviet", "-o", copy).status == 0)
        #expect(try Binary.run(["check", "-a", copy]).status == 0)
        let found = try run("search", "soviet", "--count").stdout
        #expect(try Binary.run(["search", "soviet", "--count", "-a", copy]).stdout == found)
        #expect(
            try count("select count(*) from posts where state <> 'missing'", in: "hits.sqlite").hasSuffix(
                "\r\n\(found.dropLast())\r\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("part") } == [])
        #expect(try run("export", "--format", "sqlite", "-o", copy).status == 2)
        #expect(try run("export", "--format", "sqlite", "-o", folder.file("all.sqlite")).status == 0)
        #expect(try Binary.run(["check", "-a", folder.file("all.sqlite")]).status == 0)
    }

    @Test func wholeThreadsComeWithTheirOtherPosts() throws {
        let hits = try run("export", "--search", "soviet").stdout.split(separator: "\n").count
        let threads = try run("export", "--search", "soviet", "--whole-threads").stdout.split(separator: "\n").count
        #expect(hits < threads)
        #expect(try run("export", "--forum", "garden").stdout.split(separator: "\n").count > 3)
        let nowhere = try run("export", "--forum", "nowhere")
        #expect((nowhere.status, nowhere.stdout) == (1, ""))
        #expect(try run("export", "--forum", "garden", "--thread", "1").status == 64)
        #expect(try run("export", "--search", "after:nonsense").status == 64)
    }

    @Test(arguments: ["jsonl", "json", "csv", "mbox"]) func noNameOfAnAuthorIsLeft(format: String) throws {
        let names = try count("select distinct name from authors").split(separator: "\r\n").dropFirst().map(String.init)
        #expect(names.count > 3)
        let answer = try run("export", "--anonymize", "--format", format)
        #expect(answer.stderr.contains("may still tell"))
        for name in names where name.count > 3 {
            let isThere = answer.stdout.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains(Substring(name))
            #expect(!isThere, "\(name)")
        }
        #expect(answer.stdout.contains("person-"))
        #expect(!answer.stdout.contains("lemmy.example/post"))
    }

    @Test func pseudonymsAreTheSameWithTheSameKeyAndOnlyThen() throws {
        let first = try run("export", "--anonymize", "--pseudonym-key", "one").stdout
        #expect(try run("export", "--anonymize", "--pseudonym-key", "one").stdout == first)
        #expect(try run("export", "--anonymize", "--pseudonym-key", "two").stdout != first)
        // The tree is the same, and so are the numbers.
        try Data(first.utf8).write(to: URL(fileURLWithPath: folder.file("a.jsonl")))
        let archive = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        #expect(try Binary.run(["import", folder.file("a.jsonl")], environment: archive).status == 0)
        for sql in [
            "select count(*), count(author_id), count(distinct author_id) from posts",
            "select basis, count(*) from replies group by 1",
        ] {
            #expect(try count(sql, in: "a.sqlite") == count(sql))
        }
    }
}

@Suite struct AnonymizerTests {
    private func anonymizer(_ people: (String, String?)...) -> Anonymizer {
        var anonymizer = Anonymizer(secret: "s")
        anonymizer.enter(people.map { AuthorReference(key: $0.0, name: $0.0, displayName: $0.1) })
        return anonymizer
    }

    @Test(arguments: ["ZEBULON QUARTERMAIN", "zebulon quartermain", "MARIGOLD_77", "marigold_77"])
    func whatCanOnlyBeANameIsReplacedWhateverItsCapitals(text: String) {
        var anonymizer = Anonymizer(secret: "s")
        anonymizer.enter([
            AuthorReference(key: "k1", name: "Zebulon Quartermain"), AuthorReference(key: "k2", name: "Marigold_77"),
            AuthorReference(key: "k3", name: "Will"),
        ])
        #expect(!anonymizer.text("as \(text) said").lowercased().contains(text.lowercased()))
        #expect(anonymizer.text("I will, said Will") == "I will, said \(anonymizer.name("will"))")
    }

    @Test func mentionsAddressesAndNamesAreReplaced() {
        let a = anonymizer(("ann", "Ann Example"), ("j.doe-9", nil))
        let ann = a.name("ann")
        #expect(a.text("@ann, @Ann; ann's and ANN") == "@\(ann), @\(ann); \(ann)'s and ANN")
        #expect(a.text("as Ann Example wrote, Example!") == "as \(ann) wrote, \(ann)!")
        #expect(a.text("@ann@host.example") == "@\(ann)")
        #expect(a.text("/u/ann u/ann /user/Ann.") == "/u/\(ann) u/\(ann) /user/\(ann).")
        #expect(a.text("mail Ann@Host.example.") == "mail \(a.name("ann@host.example"))@anonymous.invalid.")
        #expect(a.text("j.doe-9 and @j.doe-9.") == "\(a.name("j.doe-9")) and @\(a.name("j.doe-9")).")
        #expect(a.text("annual cannery") == "annual cannery")
    }

    @Test func everyTextComesOutWhole() {
        let a = anonymizer(("é", "Zoë Ü"), ("日本", nil))
        for text in ["", "@", "@@", "a@", "@.", "u/", "u//", "日本 日本語", "Zoë Ü, Zoë", "a@b", "a@b.", "\u{0}@\u{0}"] {
            #expect(a.text(text).contains("person-") == ["日本", "Zoë", "a@b"].contains { text.hasPrefix($0) }, "\(text)")
        }
    }
}
