// Pages in other languages than the weights were learned from: nothing breaks, and the boundaries are not absurd.

import Testing

@testable import ThreadbankCore

@Suite struct OtherLanguagesTests {
    private static let pages: [String: [String]] = [
        "German": [
            "Ich halte das für übertrieben. Die meisten Ketten laufen auch mit wenig Öl viele Jahre.",
            "Welches Öl nimmst du denn?", "Danke!", "Ja, genau das meine ich.",
            "Außerdem sollte man drei Dinge beachten:", "1. abwischen", "2. ölen", "3. noch einmal abwischen", "gelöscht",
            "Vielen Dank für die ausführliche Erklärung!",
        ],
        "Russian": [
            "Я думаю, что это преувеличение. Большинство цепей служат долго и без масла.", "А какое масло ты берёшь?", "Спасибо!",
            "Да, именно это я и имел в виду.", "Кроме того, есть три правила:", "1. протереть", "2. смазать",
            "3. снова протереть", "удалено",
            "Спасибо за подробный ответ!",
        ],
        "Chinese": [
            "我觉得这有点夸张。大多数链条只用很少的油也能跑很多年。", "你用的是什么油？", "谢谢！", "对，我就是这个意思。", "另外有三点要注意：", "1. 擦干净", "2. 上油",
            "3. 再擦一次", "已删除", "非常感谢你的详细解释！",
        ],
    ]

    @Test(arguments: pages.keys.sorted()) func boundariesAreSane(_ language: String) throws {
        let lines = try #require(Self.pages[language])
        let page = PageRecovery.recover(lines: lines)
        #expect(page.posts.flatMap(\.lineNumbers).sorted() == Array(1...lines.count))
        let starts = Set(page.posts.compactMap(\.lineNumbers.first))
        #expect(starts.isSuperset(of: [1, 3, 9, 10]), "thanks and tombstones open posts")
        #expect(starts.isDisjoint(with: [7, 8]), "a list is one post: \(starts.sorted())")
        #expect(page.posts[page.posts.count - 2].state == .deleted)
        for (index, post) in page.posts.enumerated() {
            #expect(post.parent.index.map { $0 < index } ?? true)
            #expect(post.parent.confidence > 0 && post.parent.confidence < 1)
            #expect(!post.parent.evidence.isEmpty)
        }
    }

    @Test(arguments: pages.keys.sorted()) func anyMixtureOfLinesKeepsThemAll(_ language: String) throws {
        let lines = try #require(Self.pages[language])
        for shift in 0..<lines.count {
            let mixed = (0..<60).map { lines[($0 * 7 + shift) % lines.count] }
            let page = PageRecovery.recover(lines: mixed)
            let places = page.posts.flatMap { $0.lineNumbers + $0.repeatedLineNumbers } + page.furniture.map(\.line)
            #expect(places.sorted() == Array(1...mixed.count))
        }
    }
}
