// Reddit's dumps: the types of each year, broken lines, recognition.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct RedditDumpTests {
    private func read(_ text: String) throws -> RecordingSink {
        let sink = RecordingSink()
        try Importers.named("reddit-dump")?.read(MemoryInput(name: "RC_2011-05", text: text), into: sink)
        return sink
    }

    private func comment(_ members: String) throws -> ImportedPost {
        let text = #"{"id": "a", "subreddit": "oats", "body": "x", \#(members)}"#
        return try #require(try read(text).posts.first, "\(members)")
    }

    @Test func theSeedIsOneTreeAYear() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let report = try archive.importSeeds(Seed.of("reddit-dump"))
        #expect((report.read, report.added, report.rejected, report.missing) == (8, 8, 0, 1), "the cross-posted one is missing")
        let parents = try archive.reader.parents()
        #expect(
            parents["t1_c3obrd4"] == "t1_c02brd3" && parents["t1_c02brd1"] == "t3_5zbrd" && parents["t1_k9brd06"] == "t3_17vbrd")
        #expect(try archive.reader.post(key: "t1_c02brd1")?.body == "Salt kills yeast > sugar does not.")
        #expect(try archive.reader.post(key: "t1_c02brd3")?.body == "How much salt is too much? 2 % &amp; up?")
        #expect(try archive.reader.post(key: "t1_c02brd2")?.state == .deleted)
        #expect(try archive.reader.post(key: "t3_17vbrd")?.state == .removed)
    }

    @Test(arguments: [
        ("1193875200", 1_193_875_200), ("\"1193875200\"", 1_193_875_200), ("1193875200.9", 1_193_875_200), ("null", nil),
        ("\"soon\"", nil), ("1e99", nil), ("[]", nil),
    ])
    func datesOfAnyType(_ written: String, _ seconds: Int64?) throws {
        let text = #"{"id": "a", "subreddit": "oats", "body": "x", "link_id": "t3_b", "created_utc": \#(written)}"#
        let sink = try read(text)
        #expect(sink.posts.first?.createdAt == seconds && sink.posts.count == 1)
        #expect(sink.warnings.isEmpty == (seconds != nil || written == "null"), "a date that is none is told of")
    }

    @Test(arguments: [
        ("false", nil), ("true", nil), ("null", nil), ("1330003600", 1_330_003_600), ("1330003600.0", 1_330_003_600),
    ])
    func editsOfAnyType(_ written: String, _ seconds: Int64?) throws {
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "edited": \#(written)"#).editedAt == seconds)
    }

    @Test(arguments: [
        (#""link_id": "t3_b", "parent_id": "t3_b""#, "t3_b", ReplyBasis.native),
        (#""link_id": "t3_b", "parent_id": "t1_C""#, "t1_c", .native),
        (#""link_id": "t3_b", "parent_id": "b""#, "t3_b", .native), (#""link_id": "t3_b", "parent_id": "c""#, "t1_c", .native),
        (#""link_id": "b", "parent_id": null"#, "t3_b", .order), (#""link_id": "t3_b""#, "t3_b", .order),
        // 26209819776 is c1gnedc in base 36.
        (#""link_id": "t3_b", "parent_id": 26209819776"#, "t1_c1gnedc", .native),
        (#""link_id": "t3_c1gnedc", "parent_id": 26209819776"#, "t3_c1gnedc", .native),
        (#""parent_id": "t3_q""#, "t3_q", .native),
    ])
    func parentsOfAnyType(_ members: String, _ parent: String, _ basis: ReplyBasis) throws {
        let statement = try comment("\"created_utc\": 1, \(members)").parent
        #expect(statement?.parent?.name == .key(parent), "\(members)")
        #expect(statement?.basis == basis)
    }

    @Test func scoresAuthorsAndNames() throws {
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "score": null, "ups": 4"#).score == 4)
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "score": 9, "score_hidden": true"#).score == nil)
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "author": null"#).author == nil)
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "name": null"#).key == "t1_a")
        #expect(try comment(#""created_utc": 1, "link_id": "t3_b", "name": "t1_zz""#).key == "t1_zz")
    }

    @Test func aLaterLookIsTheTimeOfTheCopy() throws {
        let seed = try Seed.named("reddit-dump/RC_and_RS.ndjson").read().sink
        let deleted = try #require(seed.post("t1_k9brd05"))
        #expect(deleted.state == .deleted && deleted.body == "Never mind, I was wrong about the flour.")
        #expect(deleted.fetchedAt == 1_700_130_000 && seed.post("t3_17vbrd")?.fetchedAt == 1_699_999_010)
        #expect(seed.post("t1_c02brd1")?.fetchedAt == 1_427_425_000)
    }

    // MARK: Lines

    @Test func aBrokenLineCostsItself() throws {
        let good = { (id: Int) in #"{"id":"a\#(id)","subreddit":"oats","body":"x","created_utc":1,"link_id":"t3_b"}"# }
        let sink = try read(
            [good(1), #"{"id":"a2","body":"cut"#, good(3), "{\"id\":\"a4\"}", "noise", good(6), ""].joined(separator: "\n"))
        #expect(sink.posts.map(\.key) == ["t1_a1", "t1_a3", "t1_a6"])
        #expect(sink.rejected.map(\.place) == [.line(2), .line(4), .line(5)])
    }

    @Test func textsAreReadAsTheyStand() throws {
        let text =
            #"{"id": "a", "subreddit": "oats", "created_utc": 1, "link_id": "t3_b", "body": "\ud83d\ude00 \ud83d \u00e9 a\#u{1}b"}"#
        let post = try #require(try read(text).posts.first)
        #expect(post.body == "😀 \u{FFFD} é a\u{1}b")
    }

    @Test func listsAndAnswersOfArchivesAreRead() throws {
        let one = #"{"id": "a", "subreddit": "oats", "body": "x", "created_utc": 1, "link_id": "t3_b"}"#
        for text in ["[\(one)]", "{\"data\": [\(one)]}", "{\n\"data\": [\n\(one)\n]\n}", "\u{FEFF}\(one)"] {
            #expect(try read(text).posts.map(\.key) == ["t1_a"], "\(text)")
        }
    }

    @Test func theImportersAreToldApart() {
        let dump = #"{"id": "a", "subreddit": "oats", "body": "x", "created_utc": 1, "link_id": "t3_b"}"#
        for (text, name) in [
            (dump, "reddit-dump"), ("[\(dump)]", "reddit-dump"), ("{\"data\":[\(dump)]}", "reddit-dump"),
            ("[{\"kind\": \"t1\", \"data\": \(dump)}]", "reddit"), (#"{"body": "about created_utc, id and subreddit"}"#, "jsonl"),
        ] {
            let probe = InputProbe(fileName: "x", head: Array(text.utf8), isNamed: true)
            #expect(Importers.recognising(probe)?.name == name, "\(text)")
        }
    }
}
