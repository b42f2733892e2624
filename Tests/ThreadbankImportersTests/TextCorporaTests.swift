// Figures on real pages with a known truth, where they are found beside the checkout ($THREADBANK_CORPORA or ../shared/corpora).

internal import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct TextCorporaTests {
    private struct Truth: Decodable {
        struct Post: Decodable {
            var lines: [String]
        }
        var posts: [Post]
    }

    /// The share of posts found whole (F1): floors well below what was measured, to see when something breaks.
    @Test(arguments: [("authored", 0.98), ("twice", 0.7), ("bare", 0.6)])
    func postsAreFoundWhole(_ variant: String, _ floor: Double) throws {
        let folder = try #require(Checkout.corpora) + "/recovery"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".\(variant).txt") }
        var (right, all) = (0, 0)
        for name in names.sorted() {
            let text = String(decoding: try #require(Checkout.bytes("\(folder)/\(name)")), as: UTF8.self)
            let truth = try #require(Checkout.bytes("\(folder)/\(name.dropLast(4)).truth.json"))
            var wanted: [[String]: Int] = [:]
            let posts = try JSONDecoder().decode(Truth.self, from: Data(truth)).posts
            for post in posts { wanted[post.lines.map(Self.words), default: 0] += 1 }
            let found = PageRecovery.recover(lines: text.split(separator: "\n").map(String.init)).posts
            for post in found {
                let lines = post.wording.split(separator: "\n").map { Self.words(String($0)) }
                guard let left = wanted[lines], left > 0 else { continue }
                wanted[lines] = left - 1
                right += 1
            }
            all += posts.count + found.count
        }
        let figure = all == 0 ? 1 : Double(2 * right) / Double(all)
        #expect(figure >= floor, "posts F1 of \(variant): \(figure)")
    }

    private static func words(_ line: String) -> String { line.split { $0.isWhitespace }.joined(separator: " ") }
}
