// The JSON that scripts rely on: every verb's keys and types, as the contract lists them. Keys are only ever added.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct JSONKeys {
    private let folder: TemporaryFolder
    private var environment: [String: String] { ["THREADBANK_ARCHIVE": folder.file("a.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        let answer = try Binary.run(
            ["import", "\(Checkout.path)/seeds/jsonl", "\(Checkout.path)/seeds", "-q"], environment: environment)
        try #require(answer.status == 0)
    }

    private func text(_ arguments: [String]) throws -> String {
        let answer = try Binary.run(arguments, environment: environment)
        #expect((answer.status, answer.stderr) == (0, ""), "\(arguments)")
        return answer.stdout
    }

    private func object(_ arguments: String...) throws -> [String: Any] {
        let text = try text(arguments + ["--format", "json"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(text.hasPrefix("{\"format_version\":1,"))
        #expect(text.hasSuffix("}\n") && text.dropLast().allSatisfy { $0 != "\n" }, "one line")
        return object
    }

    private func expectKeys(_ object: Any?, _ keys: String, _ place: Comment) throws {
        let object = try #require(object as? [String: Any], place)
        let missing = Set(keys.split(separator: " ").map(String.init)).subtracting(object.keys)
        #expect(missing.isEmpty, place)
        #expect(object.keys.allSatisfy { $0.wholeMatch(of: /[a-z_0-9]+/) != nil }, place)
    }

    private static let post = "id parent_id depth basis confidence author created state title body markup score url"

    @Test func search() throws {
        let answer = try object("search", "tomatoes OR mulch")
        try expectKeys(answer, "query total hits", "search")
        let hits = try #require(answer["hits"] as? [[String: Any]])
        #expect(hits.count == answer["total"] as? Int)
        for hit in hits {
            try expectKeys(hit, "post_id thread_id thread_title forum author created score rank snippet url state", "a hit")
            #expect((hit["snippet"] as? String)?.contains("<mark>") == true)
            #expect(hit["created"] as? String ?? "" > "2023-08-01T")
        }
        let count = try object("search", "tomatoes OR mulch", "--count")
        #expect(count["total"] as? Int == hits.count && count["hits"] == nil)
    }

    @Test func thread() throws {
        for id in 1...4 {
            let answer = try object("thread", "t\(id)")
            try expectKeys(answer["thread"], "id title source forum url posts", "thread \(id)")
            let posts = try #require(answer["posts"] as? [[String: Any]])
            #expect(posts.first?["depth"] as? Int == 0)
            var depths: [Int: Int] = [:]
            for post in posts {
                try expectKeys(post, Self.post + " replies", "a post of thread \(id)")
                let (number, depth) = try (#require(post["id"] as? Int), #require(post["depth"] as? Int))
                if let parent = post["parent_id"] as? Int { #expect(depths[parent] == depth - 1, "pre-order") }
                depths[number] = depth
            }
            let replies = posts.flatMap { $0["replies"] as? [Int] ?? [] }
            #expect(Set(replies) == Set(posts.filter { $0["parent_id"] is Int }.compactMap { $0["id"] as? Int }))
        }
        let lines = try text(["thread", "1", "--format", "jsonl"]).split(separator: "\n")
        #expect(lines.count == 5 && lines.allSatisfy { $0.hasPrefix("{\"id\":") })
    }

    @Test func show() throws {
        let posts = try #require(
            try object("show", "threadbank:jsonl/workshop:b1", "threadbank:jsonl/workshop:b2")["posts"] as? [[String: Any]])
        #expect(posts.count == 2)
        for post in posts {
            try expectKeys(
                post,
                Self.post + " thread citation author_id edited place reply_count source_key ancestors replies links linked_from"
                    + " lost_claims inferences revisions attachments aliases forums tags import", "show")
            try expectKeys(post["import"], "id started finished format input input_sha256", "an import")
        }
        #expect(posts[0]["citation"] as? String == "threadbank:jsonl/workshop:b1")
        #expect((posts[1]["revisions"] as? [Any])?.count == 1)
    }

    @Test func lists() throws {
        let threads = try object("threads")
        #expect((threads["threads"] as? [Any])?.count == threads["total"] as? Int)
        try expectKeys(
            (threads["threads"] as? [Any])?.first, "id title source forum author posts authors started latest url", "threads")
        let authors = try object("authors")
        #expect((authors["authors"] as? [Any])?.count == authors["total"] as? Int)
        try expectKeys((authors["authors"] as? [Any])?.first, "id name display_name source posts first latest url", "authors")
    }

    @Test func overviews() throws {
        try expectKeys(object("stats"), "threads posts roots authors forums sources imports first last", "stats")
        let info = try object("info")
        try expectKeys(info, "path schema_version stemming sqlite_version journal_mode file_size sources last_imports", "info")
        let formats = try #require(try object("formats")["formats"] as? [[String: Any]])
        #expect(Set(formats.compactMap { $0["name"] as? String }).isSuperset(of: ["jsonl", "lemmy", "mbox", "text"]))
        try expectKeys(formats.first, "name version summary recognises", "formats")
    }

    @Test func upkeep() throws {
        let check = try object("check")
        #expect(check["ok"] as? Bool == true)
        for part in try #require(check["checks"] as? [Any]) { try expectKeys(part, "subject ok faults skipped", "check") }
        try expectKeys(object("forget", "p1"), "done posts ghosts threads authors", "forget")
        #expect(try object("forget", "p1")["done"] as? Bool == false)
        #expect(try object("forget", "--restore")["restored"] as? Int == 0)
    }

    @Test func export() throws {
        let lines = try text(["export"]).split(separator: "\n")
        #expect(lines.first == "{\"threadbank\":1}" && lines.last == "{\"end\":\(lines.count - 2)}")
        let one = try text(["export", "--thread", "t1"]).split(separator: "\n")
        #expect(one.count == 7 && one.dropFirst().dropLast().allSatisfy { $0.contains("\"thread\":\"wheel\"") })
    }

    @Test func sql() throws {
        let text = try text(["sql", "select 1 as a, 0.5 as b, null as c", "--format", "json"])
        #expect(text == "[\n{\"a\":1,\"b\":0.5,\"c\":null}\n]\n")
    }

    @Test(arguments: [["threads"], ["authors"], ["search", "chain"]]) func csvHasAHead(arguments: [String]) throws {
        let lines = try text(arguments + ["--format", "csv"]).components(separatedBy: "\r\n")
        #expect(lines.count > 2 && lines.last == "")
        #expect(lines[0].wholeMatch(of: /[a-z_,]+/) != nil)
    }
}
