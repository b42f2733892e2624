// What an author wrote and what is quoted, in Markdown and in mails.

import Testing
import ThreadbankCore

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
}
