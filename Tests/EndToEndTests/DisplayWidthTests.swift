// The columns of texts that are not ASCII.

import Testing

@testable import ThreadbankCLI

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Grüße", 5), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｱ", 1),
        ("Ａ", 2), ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2),
        ("\u{200B}", 0), ("नमस्ते", 4), ("สวัสดี", 4), ("─│└", 3), ("␀", 1),
    ])
    func takesItsColumns(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    @Test(arguments: [
        ("reliance", 8, "reliance"), ("reliance", 5, "reli…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
        ("日本語", 1, "…"), ("abc", 0, ""), ("e\u{301}a\u{301}", 2, "e\u{301}a\u{301}"), ("👨‍👩‍👧x", 2, "…"),
    ])
    func cutsBetweenCharacters(text: String, width: Int, cut: String) {
        #expect(text.cut(toWidth: width) == cut)
    }

    @Test func padsByColumns() {
        #expect("日本".padded(toWidth: 6) == "日本  ")
        #expect("12".padded(toWidth: 4, right: true) == "  12")
        #expect("long".padded(toWidth: 2) == "long")
    }
}
