// Reddit's own replies, dumps and scraped threads, where they are found ($THREADBANK_CORPORA or ../shared/corpora).

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct RedditCorporaTests {
    private func files() throws -> [Seed] {
        let root = try #require(Checkout.corpora) + "/reddit"
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().filter { $0.hasSuffix(".json") }.compactMap {
            name in
            Checkout.bytes("\(root)/\(name)").map { Seed(importer: "reddit", fileName: name, bytes: $0) }
        }
    }

    /// All `t1` objects of a file, found by Foundation: name and parent.
    private func comments(in value: Any) -> [String: String] {
        var found: [String: String] = [:]
        var stack = [value]
        while let value = stack.popLast() {
            if let list = value as? [Any] { stack += list }
            guard let object = value as? [String: Any] else { continue }
            stack += object.values
            if object["kind"] as? String == "t1", let data = object["data"] as? [String: Any], let name = data["name"] as? String
            {
                found[name] = data["parent_id"] as? String
            }
        }
        return found
    }

    @Test func everyCommentComesWithItsParent() throws {
        var total = 0
        for file in try files() {
            guard let value = try? JSONSerialization.jsonObject(with: Data(file.bytes)) else { continue }
            let comments = comments(in: value)
            if comments.isEmpty { continue }
            #expect(Importers.recognising(file.probe())?.name == "reddit", "\(file)")
            let (sink, failure) = try file.read()
            #expect(failure == nil && sink.rejected.isEmpty, "\(file)")
            var parents: [String: String] = [:]
            for post in sink.posts {
                if let key = post.key, case .key(let parent)? = post.parent?.parent?.name { parents[key] = parent }
            }
            for (comment, parent) in comments { #expect(parents[comment] == parent, "\(file): \(comment)") }
            total += comments.count
        }
        #expect(total > 2500)
    }

    @Test func scrapedThreadsAreWholeAndOtherSitesAreLeftAlone() throws {
        var counts: [String: Int] = [:]
        for file in try files() where !file.fileName.contains("testdata") {
            let name = file.fileName.prefix { $0 != "/" } + "/" + (file.fileName.split(separator: "/").last ?? "")
            let importer = Importers.recognising(file.probe())
            if name.contains("hn_data") { #expect(importer == nil) }
            guard importer?.name == "reddit" else { continue }
            let (sink, failure) = try file.read()
            #expect(failure == nil && sink.rejected.isEmpty, "\(file)")
            counts[String(name.prefix { $0 != "/" }), default: 0] += sink.posts.count
        }
        #expect(
            counts["reddit-omni-nested"] == 1896 && counts["debateland"] == 324 && counts["religious-subreddits-nested"] == 2842)
    }

    @Test func dumpsOfSeveralYearsBalance() throws {
        let files = try files().filter { $0.fileName.contains("pushshift") }
        try #require(files.count == 2)
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        for file in files { #expect(Importers.recognising(file.probe())?.name == "reddit-dump") }
        let dumps = files.map { Seed(importer: "reddit-dump", fileName: $0.fileName, bytes: $0.bytes) }
        let report = try archive.importSeeds(dumps)
        #expect(report.isBalanced && report.rejected == 0 && report.read == 58)
        #expect(try archive.importSeeds(dumps, again: true).unchanged == report.read)
        #expect(try archive.reader.faults() == [])
    }
}
