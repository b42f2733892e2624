// Quotations on pages: they are quoted text, and say what a post answers where they name it or only one post holds their words.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebQuoteTests {
    private func read(_ html: String) throws -> [ImportedPost] {
        let sink = RecordingSink()
        try #require(Importers.named("html")).read(MemoryInput(name: "page.html", text: html), into: sink)
        return sink.posts
    }

    /// A page of no known software, of which each post has the text given.
    private func posts(_ bodies: [String]) throws -> [ImportedPost] {
        let posts = bodies.enumerated().map { number, body in
            """
            <div class="msg" id="m\(number + 70)"><b class="author">Ada\(number)</b> <i class="date">2020-01-02 10:0\(number)</i>
            <div class="text">\(body)</div></div>
            """
        }
        return try read("<html><head><title>Peels - Loaf</title></head><body>\(posts.joined())</body></html>")
    }

    private func parent(_ posts: [ImportedPost], of place: Int) -> Int? {
        guard let parent = posts[place].parent?.parent else { return nil }
        return posts.firstIndex { $0.reference == parent || $0.aliases.contains { PostReference(.alias($0)) == parent } }
    }

    private static let first = "The peel must be longer than the oven is deep, or you burn your hands."
    private static let second = "Mine is made of beech and has lasted for eleven years now."

    /// As forums mark them up.
    private static let forms: [(name: String, open: String, close: String)] = [
        ("blockquote", "<blockquote><cite>Ada1 wrote:</cite>", "</blockquote>"),
        ("division", "<div class=\"quote\">Ada1 wrote:<br>", "</div>"),
        (
            "table", "<table><tr> <td><b>Ada1 wrote:</b></td> </tr> <tr> <td class=\"quote\">",
            "</td> </tr></table>"
        ),
        (
            "codes", "<div class=\"bbcode_quote\"><div><div>Originally Posted by Ada1</div><div class=\"message\">",
            "</div></div></div>"
        ),
        ("titled", "<div class=\"quotetitle\">Ada1 wrote:</div><div class=\"quotecontent\">", "</div>"),
    ]

    @Test(arguments: forms.map(\.name)) func quotedWordsOfOnePostDecide(name: String) throws {
        let form = try #require(Self.forms.first { $0.name == name })
        let posts = try posts([Self.first, Self.second, form.open + Self.second + form.close + "<p>So does mine, of ash.</p>"])
        #expect(parent(posts, of: 2) == 1 && posts[2].parent?.basis == .quote)
        let parts = QuotedLines(posts[2].body ?? "", .markdown)
        #expect(parts.quoted.contains("eleven years") && !parts.own.contains("eleven years"))
        #expect(parts.own.contains("of ash"))
    }

    @Test func whatSeveralPostsSayDecidesNothing() throws {
        let quote = "<blockquote>\(Self.second)</blockquote>"
        let posts = try posts([Self.first, Self.second, "I say: " + Self.second, quote + "Indeed, indeed."])
        #expect(parent(posts, of: 3) == 0 && posts[3].parent?.basis == .order)
    }

    /// What a post quotes is not its own: the one that said it first is meant.
    @Test func aQuotationOfAQuotationMeansWhoWroteIt() throws {
        let quote = "<blockquote>\(Self.second)</blockquote>"
        let posts = try posts([Self.first, Self.second, quote + "So does mine, of ash.", quote + "Mine broke after two."])
        #expect((parent(posts, of: 2), parent(posts, of: 3)) == (1, 1))
        let nested = try self.posts([
            Self.first, Self.second, quote + "So does mine, and it is made of ash.",
            "<blockquote>\(quote)So does mine, and it is made of ash.</blockquote>Good for you.",
        ])
        #expect(parent(nested, of: 3) == 2)
    }

    @Test func aTableInATableIsAQuotationInAQuotation() throws {
        func table(_ name: String, _ text: String) -> String {
            "<table><tr> <td><span><b>\(name) wrote:</b></span></td> </tr> <tr> <td class=\"quote\">\(text)</td> </tr></table>"
        }
        let inner = table("Ada1", Self.second)
        let posts = try posts([
            Self.first, Self.second, inner + "So does mine, and it is made of ash.",
            table("Ada2", inner + "So does mine, and it is made of ash.") + "Good for you.",
        ])
        #expect(parent(posts, of: 2) == 1 && parent(posts, of: 3) == 2)
        #expect(posts[3].body?.contains("> > ") == true || posts[3].body?.contains(">> ") == true)
    }

    @Test(arguments: [
        "<blockquote><a href=\"/peels?p=71#m71\">Ada1</a>: short</blockquote>",
        "<blockquote data-post-id=\"71\">short</blockquote>",
        "<blockquote><cite> author=Ada1 link=topic=4.msg71#m71 date=1 wrote:</cite>short</blockquote>",
    ])
    func aQuotationThatNamesAPostDecides(quote: String) throws {
        let posts = try posts([Self.first, Self.second, "Another long enough text of somebody.", quote + "So does mine, of ash."])
        #expect(parent(posts, of: 3) == 1 && posts[3].parent?.basis == .quote)
    }

    /// The arrow to the quoted post is none of its words.
    @Test func phpBBsQuotationsBearNoArrows() throws {
        let posts = try Seed.named("html/phpbb-prosilver.html").read().sink.posts
        let lines = posts[1].body?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.first?.hasSuffix("wrote:") == true && lines.contains("> Mine moulds."))
    }

    @Test func discoursesQuotationsDecide() throws {
        let page = String(decoding: Seed.named("html/discourse-crawler.html").bytes, as: UTF8.self)
        let quote = "<aside class=\"quote\" data-post=\"2\" data-topic=\"42\"><blockquote>Rye</blockquote></aside>Whole wheat"
        let quoting = try read(page.replacing("Whole wheat", with: quote))
        #expect(parent(quoting, of: 2) == 1 && quoting[2].parent?.basis == .quote)
        let other = try read(page.replacing("Whole wheat", with: quote.replacing("\"42\"", with: "\"43\"")))
        #expect(parent(other, of: 2) == 0)
    }
}
