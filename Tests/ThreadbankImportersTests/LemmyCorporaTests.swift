// Lemmy's shapes of real trees with known parents, where they are found ($THREADBANK_CORPORA or ../shared/corpora).

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct LemmyCorporaTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    private func seeds(_ path: String) throws -> [Seed] {
        let root = try #require(Checkout.corpora) + "/" + path
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { name in
            Checkout.bytes("\(root)/\(name)").map { Seed(importer: "lemmy", fileName: name, bytes: $0) }
        }
    }

    /// Every parent of 52 trees, each read as a thread page and as a comment list, the files in any order.
    @Test(arguments: [["shapes/lemmy"], ["shapes/lemmy-list"], ["shapes/lemmy-list", "shapes/lemmy"]])
    func everyParentIsAsInTheTruth(shapes: [String]) throws {
        var random = SeededGenerator(UInt64(shapes[0].count))
        let seeds = try shapes.flatMap { try self.seeds($0) }.shuffled(using: &random)
        try #require(seeds.count >= 52)
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.rejected == 0)
        let parents = try archive.reader.parents()
        var wanted: [String: String] = [:]
        for name in Set(seeds.map(\.fileName)) {
            let path = try #require(Checkout.corpora) + "/shapes/" + name.replacing(".json", with: ".truth.json")
            let data = Data(try #require(Checkout.bytes(path)))
            let truth = try JSONDecoder().decode([String: String].self, from: data)
            let roots = Set(truth.values).subtracting(truth.keys)
            func key(_ id: String) -> String { "https://lemmy.example/\(roots.contains(id) ? "post" : "comment")/\(id)" }
            for (child, parent) in truth { wanted[key(child)] = key(parent) }
        }
        #expect(parents == wanted)
        #expect(try archive.reader.faults() == [])
    }

    /// Real replies of the API: a post list, a comment list, a person's page, a single post.
    @Test(arguments: ["lemmy/glaw-api", "lemmy/lemoa-examples"]) func realRepliesBalance(path: String) throws {
        let seeds = try seeds(path).filter { Importers.recognising($0.probe())?.name == "lemmy" }
        try #require(seeds.count == 2)
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.rejected == 0 && report.added > 10)
        #expect(try archive.importSeeds(seeds, again: true).unchanged == report.read)
        #expect(try archive.reader.faults() == [])
    }
}
