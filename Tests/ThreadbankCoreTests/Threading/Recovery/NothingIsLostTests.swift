// A property: whatever the page, every line that is not blank ends in exactly one place.

import Testing
import ThreadbankCore

@Suite struct NothingIsLostTests {
    /// A small generator, so that a failing page comes again.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let words = [
        "kiln", "glaze", "clay", "river", "the", "of", "chimney", "salt", "orange", "skin", "why?", "Thanks", "Reply", "deleted",
        "ago", "@marta",
        "said", "https://example.org/a", "глина", "粘土粘土", "Ton,", "fire.", "wrote:", "3", "hours", "·", "*", "e\u{301}", "\u{7}",
        "😊",
    ]
    private static let whole = [
        "[deleted]", "removed by mod", "Thank you", "marta 3 points 2 hours ago", "jo · 3 hours ago", "Reply", "Share",
        "> quoted words of the river",
        "- an item", "On Tue, Mar 3, 2015 at 5:12 PM, Jo Krug <jo@clay.example> wrote:", "Jo wrote:", "", "   ", "\t",
        "As @marta said, salt and skin",
    ]

    private func page(_ random: inout Generator) -> [String] {
        var lines: [String] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let line =
                Int.random(in: 0..<3, using: &random) == 0
                ? Self.whole.randomElement(using: &random)!
                : (0..<Int.random(in: 1...14, using: &random)).map { _ in Self.words.randomElement(using: &random)! }.joined(
                    separator: " ")
            lines.append(String(repeating: " ", count: [0, 0, 0, 2, 4].randomElement(using: &random)!) + line)
        }
        // Every third page stands in its text twice, in part.
        guard Int.random(in: 0..<3, using: &random) == 0 else { return lines }
        return lines.filter { _ in Bool.random(using: &random) } + lines
    }

    @Test(arguments: 0..<400)
    func everyLineEndsInExactlyOnePlace(_ seed: Int) {
        var random = Generator(state: UInt64(seed))
        let lines = page(&random)
        let recovered = PageRecovery.recover(lines: lines)
        let places =
            recovered.posts.flatMap { $0.lineNumbers + $0.repeatedLineNumbers } + recovered.furniture.map(\.line)
        let expected = lines.indices.filter { !lines[$0].allSatisfy(\.isWhitespace) }.map { $0 + 1 }
        #expect(places.sorted() == expected)

        for post in recovered.posts {
            for number in post.lineNumbers where post.state == .present {
                #expect(post.body?.contains(lines[number - 1].trimmed) == true)
            }
            #expect((post.body == nil) == (post.state != .present))
        }
        for (index, post) in recovered.posts.enumerated() { #expect((post.parent.index ?? -1) < index) }
        #expect(PageRecovery.recover(lines: lines) == recovered)
    }
}

extension String {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        return start.dropLast(start.reversed().prefix(while: \.isWhitespace).count)
    }
}
