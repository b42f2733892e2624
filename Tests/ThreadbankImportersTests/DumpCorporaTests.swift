// Whole forums and dumps with known parents, where they are found ($THREADBANK_CORPORA or ../shared/corpora).

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct DumpCorporaTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func seeds(_ importer: String, _ path: String) throws -> [Seed] {
        let root = try #require(Checkout.corpora) + "/" + path
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { name in
            Checkout.bytes("\(root)/\(name)").map { Seed(importer: importer, fileName: name, bytes: $0) }
        }
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private struct Topic: Decodable {
        var id: Int
        var postStream: Stream
        struct Stream: Decodable { var posts: [Post] }
        struct Post: Decodable {
            var id: Int
            var topicId: Int
            var postNumber: Int
            var replyToPostNumber: Int?
            var username: String
            var createdAt: String
        }
    }

    /// 80 topics as JSON and as raw text, in either order and alone: the same posts, by the same authors.
    @Test(arguments: [["json"], ["json", "raw"], ["raw", "json"]]) func aForumIsTheSameFromJSONAndRawText(parts: [String]) throws
    {
        for part in parts {
            let report = try archive.importSeeds(
                seeds(part == "raw" ? "discourse-raw" : "discourse", "discourse/urho3d/\(part)"))
            #expect(report.isBalanced && report.rejected == 0 && report.read == 566)
        }
        let posts = try archive.reader.allPosts().filter { $0.state != .missing }
        let parents = try archive.reader.parents()
        let byKey = Dictionary(uniqueKeysWithValues: posts.map { ($0.sourceKey ?? "", $0) })
        #expect(posts.count == 566 && byKey.count == 566)
        for seed in try seeds("discourse", "discourse/urho3d/json") {
            let topic = try Self.decoder.decode(Topic.self, from: Data(seed.bytes))
            let keys = Dictionary(uniqueKeysWithValues: topic.postStream.posts.map { ($0.postNumber, "\($0.id)") })
            for post in topic.postStream.posts {
                let found = try #require(byKey["\(post.id)"])
                #expect(found.author == post.username && found.createdAt == Timestamp.parse(post.createdAt))
                #expect(parents["\(post.id)"] == (post.postNumber == 1 ? nil : keys[post.replyToPostNumber ?? 1]))
            }
        }
        #expect(try archive.reader.faults() == [])
    }

    @Test func rawTextAloneHasAllPosts() throws {
        let report = try archive.importSeeds(seeds("discourse-raw", "discourse/urho3d/raw"))
        #expect(report.added == 566 && report.rejected == 0 && report.threads == 80)
        #expect(try archive.importSeeds(seeds("discourse-raw", "discourse/urho3d/raw"), again: true).unchanged == 566)
        #expect(try archive.reader.faults() == [])
    }

    @Test func singlePostsFindTheirParents() throws {
        let seeds = try seeds("discourse", "discourse/delving-bitcoin")
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.rejected == 0 && report.read == 93)
        let parents = try archive.reader.parents()
        let wanted = try seeds.map { try Self.decoder.decode(Topic.Post.self, from: Data($0.bytes)) }
        let keys = Dictionary(wanted.map { ("\($0.topicId)#\($0.postNumber)", "\($0.id)") }, uniquingKeysWith: { a, _ in a })
        for post in wanted where post.postNumber > 1 {
            #expect(parents["\(post.id)"] == keys["\(post.topicId)#\(post.replyToPostNumber ?? 1)"] ?? "?")
        }
        #expect(try archive.reader.faults() == [])
    }

    /// Two whole dumps: every parent as ParentId and PostId say.
    @Test(arguments: [("ssdug-small/data", 54, 115, 230), ("tp-xml", 556, 1_095, 3_454)])
    func everyParentOfADumpIsAsItSays(path: String, questions: Int, answers: Int, comments: Int) throws {
        let root = try #require(Checkout.corpora) + "/stackexchange/" + path
        let importer = try #require(Importers.named("stackexchange"))
        var wanted: [String: String] = [:]
        for (file, letter, field) in [("Posts.xml", "p", "ParentId"), ("Comments.xml", "c", "PostId"), ("Users.xml", "", "")] {
            let bytes = try #require(Checkout.bytes("\(root)/\(file)"))
            #expect(try archive.importInput(MemoryInput(name: "\(root)/\(file)", bytes: bytes), with: importer).rejected == 0)
            for row in String(decoding: bytes, as: UTF8.self).split(separator: "<row ") where !letter.isEmpty {
                func number(_ name: String) -> Substring? {
                    row.firstRange(of: " \(name)=\"").map { row[$0.upperBound...].prefix { $0 != "\"" } }
                }
                guard row.hasPrefix("Id=\""), let parent = number(field) else { continue }
                wanted["\(letter)\(row.dropFirst(4).prefix { $0 != "\"" })"] = "p\(parent)"
            }
        }
        let posts = try archive.reader.allPosts()
        #expect(posts.count { $0.sourceKey?.hasPrefix("c") == true } == comments)
        #expect(posts.count { $0.title != nil } == questions)
        #expect(posts.count == questions + answers + comments)
        #expect(try archive.reader.parents() == wanted)
        #expect(try archive.reader.faults() == [])
    }
}
