// What the line of progress says.

import Testing

@testable import ThreadbankCLI

@Suite struct ProgressLines {
    @Test func itTellsPostsRateShareAndTimeLeft() {
        let text = ProgressLine.text(posts: 1_234_567, bytes: 250, total: 1000, elapsed: .seconds(100), input: "dump.jsonl")
        #expect(text == "1,234,567 posts · 12,345 a second · 25 % · 5:00 left · dump.jsonl")
    }

    @Test func withoutASizeItOnlyCounts() {
        #expect(
            ProgressLine.text(posts: 999, bytes: 5, total: nil, elapsed: .seconds(1), input: "stdin")
                == "999 posts · 999 a second · stdin")
    }

    @Test func theFirstMomentsTellNothingOfTheRest() {
        let text = ProgressLine.text(posts: 0, bytes: 1, total: 100_000, elapsed: .zero, input: "x")
        #expect(text == "0 posts · 0 a second · 0 % · x")
    }

    @Test func moreThanAllIsAll() {
        let text = ProgressLine.text(posts: 1, bytes: 300, total: 200, elapsed: .seconds(4000), input: "x")
        #expect(text == "1 posts · 0 a second · 100 % · 0:00 left · x")
        #expect(ProgressLine.text(posts: 1, bytes: 50, total: 200, elapsed: .seconds(4000), input: "x").contains("3:20:00 left"))
    }
}
