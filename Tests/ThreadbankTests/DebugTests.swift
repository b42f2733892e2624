import Testing
import Foundation
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport
@Test(arguments: [38,42,45]) func debugOrder(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let copies = World(&random).copies
        let folder = try TemporaryFolder()
        var out = ""
        for c in copies { out += "COPY " + InterchangeLine.post(c).text + " anc \(c.ancestors.map{$0.name})\n" }
        for round in 0..<5 {
            var shuffled = copies
            if round > 0 { shuffled.shuffle(using: &random) }
            let cuts = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0...shuffled.count, using: &random) }
            let lists = zip([0] + cuts.sorted(), cuts.sorted() + [shuffled.count]).map { Array(shuffled[$0..<$1]) }
            let archive = try Archive(path: folder.file("\(round).sqlite"))
            let batch = round == 0 ? 1000 : Int.random(in: 1...6, using: &random)
            try archive.importLists(lists, batchPosts: batch)
            out += "ROUND \(round) batch \(batch) order \(lists.map { $0.map { $0.key! } })\n" + (try archive.reader.dump()).joined(separator: "\n") + "\n" + (try archive.reader.threadSets()).map { "T \($0)"}.joined(separator: "\n") + "\n"
            out += "FAULTS \(try archive.reader.faults())\n"
            let again = try archive.importLists(lists, batchPosts: batch)
            out += "AGAIN changed \(again.changed)\n"
        }
        try out.write(toFile: "/tmp/debug\(seed).txt", atomically: true, encoding: .utf8)
}
@Test func debugAgain() throws {
        var random = SeededGenerator(UInt64(4))
        let copies = World(&random).copies
        let folder = try TemporaryFolder()
        let archive = try Archive(path: "/tmp/debugagain.sqlite")
        try archive.importLists([copies], batchPosts: 1000)
        try archive.reader.backup(to: "/tmp/debugagain1.sqlite")
        let again = try archive.importLists([copies], batchPosts: 1000)
        print("AGAIN", again)
}
