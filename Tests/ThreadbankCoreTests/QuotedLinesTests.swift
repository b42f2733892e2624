// What an author wrote and what is quoted, in Markdown and in mails.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct QuotedLinesTests {
    private let mail = """
        Hi Ann,

        On Monday, Ann Lee wrote:
        > rye is best
        >> says who?

        I say so.
        -- 
        Bob
        _______________________________________________
        Bakers mailing list
        """

    @Test func ofAMailAttributionsAndFootersAreNobodys() {
        let parts = QuotedLines(mail, .plain)
        #expect(parts.quotations == ["rye is best\nsays who?"])
        #expect(parts.own.contains("Hi Ann,") && parts.own.contains("I say so.") && parts.own.contains("Bob"))
        #expect(!parts.own.contains("wrote:") && !parts.own.contains("mailing list"))
    }

    /// A preview begins with what its author wrote, whatever is quoted above, between and below.
    @Test(
        arguments: [
            ("> rye is best\n\nI say so.", .markdown, "I say so."),
            ("On Monday, Ann Lee wrote:\n> rye is best\n\nI say so.\n-- \nBob", .plain, "I say so."),
            ("I do.\n> and you?\nMe too.", .markdown, "I do. … Me too."), ("> only\n> theirs", .markdown, "> only\n> theirs"),
            ("> theirs\n\n-- \nBob", .plain, "> theirs\n\n-- \nBob"), ("nothing quoted", .plain, "nothing quoted"),
            ("[...]\n> theirs\nmine\n> more\n👍", .markdown, "mine … 👍"), ("> theirs\n...", .markdown, "> theirs\n..."),
            ("> ทำไม\nเพราะ", .markdown, "เพราะ"), ("a > b\nc", .markdown, "a > b\nc"), ("", .plain, ""),
            ("I say so.\n\n> quoted", nil, "I say so."),
            ("I begin.\n\nAnd go on.", .plain, "I begin.\n\nAnd go on."),
        ] as [(String, Markup?, String)])
    func aPreviewPrefersOnesOwnWords(body: String, markup: Markup?, preview: String) {
        #expect(QuotedLines.preview(body, markup) == preview)
    }

    @Test func markdownHasNoSignaturesAndNoAttributions() {
        let parts = QuotedLines(mail, .markdown)
        #expect(parts.own.contains("wrote:") && parts.own.contains("mailing list"))
        #expect(parts.quotations == ["rye is best\nsays who?"])
        #expect(QuotedLines(mail) == parts)
    }

    @Test(arguments: [Markup.markdown, .plain]) func noPhraseReachesOverACut(markup: Markup) {
        #expect(QuotedLines("one\n> two\nthree", markup).own == "one\n\u{E001}\nthree")
        #expect(QuotedLines("> one\n\nx\n\n> two", markup).quotations.count == 2)
        #expect(QuotedLines("", markup).own == "" && QuotedLines("", markup).quotations.isEmpty)
        #expect(QuotedLines("a\n\u{301}> b", markup).quotations.isEmpty)
    }

    @Test(arguments: [Markup.markdown, .plain]) func aLookAtTheBytesIsNeverWrong(markup: Markup) {
        var random = SeededGenerator(7)
        let pieces = [
            "a word", "\n", "\n", "> quoted", "A> b", " ", "-- \n", "-----Original Message-----", "____________________",
            "- item",
            "= = = = = = = = = = = = = = = = = = = = =", " --------------------", "To unsubscribe from this list: send",
            "mailing list",
            "You received this message because you are SubScribed", "On Monday, Ann wrote:", "to UNSUBSCRIBE, e-mail: x", "\r\n",
            "s",
        ]
        var known = 0
        for _ in 0..<4000 {
            let body = (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
            guard QuotedLines.isPlainlyOwn(body, markup) else { continue }
            known += 1
            let parts = QuotedLines(body, markup)
            #expect(parts.quotations.isEmpty, "\(body.debugDescription)")
            // Only the last line's end is no part of a text.
            #expect(parts.own == body || parts.own + "\n" == body, "\(body.debugDescription)")
        }
        #expect(known > 500)
    }
}
