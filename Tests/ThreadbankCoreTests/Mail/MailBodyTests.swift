// The parts of a mail's text.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct MailBodyTests {
    private func parts(_ text: String) -> [String] { MailBody.parts(of: text).map { "\($0.kind.rawValue): \(text[$0.range])" } }

    @Test func quoteAttributionSignatureAndFooterAreToldApart() {
        let text = """
            On Mon, 4 Mar 2024,
            Ann Baker wrote:
            > Which flour?
            >
            > Rye?

            Rye.

            > And water?
            Warm.

            -- 
            Ben
            ______________________________________________
            bread mailing list
            https://lists.example/listinfo/bread

            """
        #expect(
            parts(text) == [
                "attribution: On Mon, 4 Mar 2024,\nAnn Baker wrote:\n", "quote: > Which flour?\n>\n> Rye?\n", "own: \nRye.\n\n",
                "quote: > And water?\n", "own: Warm.\n\n", "signature: -- \nBen\n",
                "footer: ______________________________________________\nbread mailing list\nhttps://lists.example/listinfo/bread\n",
            ])
    }

    @Test(arguments: [
        "Ann wrote:\n> x", "In article <1@x> ann@x.example (Ann) writes:\n> x", "Am 4. März 2024 schrieb Ann:\n\n> x",
        "* Ann <a@x> [2024]:\n> x",
        "Le lun. 4 mars 2024 à 10:00, Ann a écrit :\n> x", "On 2024-03-04 10:00, Ann\n<ann@x.example> wrote:\n> x",
    ]) func linesAboveAQuoteThatNameItsAuthorAreAttributions(text: String) {
        #expect(MailBody.parts(of: text).map(\.kind) == [.attribution, .quote])
    }

    @Test(
        arguments: [
            ("My recipe:\n> 100 g rye", [MailBody.Kind.own, .quote]), ("a -> b\nc > d", [.own]), ("ABC> quoted", [.quote]),
            ("", []), ("\n", [.own]),
            ("text\n-- \nAnn", [.own, .signature]),
            ("text\n--\nAnn\n\nOn Monday, Ben wrote:\n> x", [.own, .signature, .attribution, .quote]),
            ("one\n____________________\ntwo", [.own]), ("text\n--\nTo unsubscribe from this list: send mail", [.own, .footer]),
            ("Mine.\n\n-----Original Message-----\nFrom: Ben\n\nHis.", [.own, .attribution, .quote]),
            ("> a\n\n> b", [.quote]), ("-- \n" + String(repeating: "long\n", count: 60), [.own]),
        ] as [(String, [MailBody.Kind])])
    func whatIsNotSureIsTheAuthors(text: String, kinds: [MailBody.Kind]) {
        #expect(MailBody.parts(of: text).map(\.kind) == kinds)
    }

    /// No byte is lost, whatever the text.
    private func tile(_ text: String) -> Bool {
        let parts = MailBody.parts(of: text)
        let isWhole =
            parts.first?.range.lowerBound ?? text.startIndex == text.startIndex
            && parts.last?.range.upperBound ?? text.endIndex == text.endIndex
        return isWhole
            && zip(parts, parts.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound && $0.kind != $1.kind }
    }

    @Test func randomTextsAreTiled() {
        var random = SeededGenerator(3)
        let lines = [
            "> q", ">> q", "", "own", "-- ", "--", "Ann wrote:", "On Monday", "____________________", "mailing list", "\r",
            "ü > ß",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in lines.randomElement(using: &random) ?? "" }
            #expect(tile(text.joined(separator: "\n")))
        }
    }

    @Test(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
    func realRepliesAreTiledAndTheirQuotesFound() throws {
        let root = try #require(Checkout.corpora) + "/quoting"
        let files = try FileManager.default.subpathsOfDirectory(atPath: root)
            .filter { $0.contains("/emails/") || $0.contains("/fixtures/") }
        var count = 0
        for file in files {
            guard let bytes = Checkout.bytes("\(root)/\(file)") else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(tile(text), "\(file)")
            for part in MailBody.parts(of: text) where part.kind == .own {
                #expect(!text[part.range].split(separator: "\n").contains { $0.hasPrefix(">") }, "\(file)")
            }
            count += 1
        }
        #expect(count > 100)
    }
}
