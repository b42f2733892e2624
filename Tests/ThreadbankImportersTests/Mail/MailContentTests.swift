// What of a mail's parts is its text, in which charset, and what is listed beside it.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct MailContentTests {
    private func multipart(_ kind: String, _ parts: String..., parameters: String = "") throws -> ImportedPost? {
        let body = parts.map { "--b\n\($0)\n" }.joined() + "--b--\n"
        return try mail(
            "Message-ID: <a@x>\nMIME-Version: 1.0\nContent-Type: multipart/\(kind); boundary=b\(parameters)", body: body)
    }

    private func text(_ charset: String, _ bytes: [UInt8], encoding: String = "8bit") throws -> String? {
        let head =
            "From: a@x.example\nMessage-ID: <a@x>\nContent-Type: text/plain\(charset)\nContent-Transfer-Encoding: \(encoding)\n\n"
        return try readMail(bytes: Array(head.utf8) + bytes).posts.first?.body
    }

    @Test func plainTextIsPreferredAndHTMLBecomesMarkdown() throws {
        let html = "Content-Type: text/html; charset=utf-8\n\n<p>Rye, <b>dark</b>.</p><blockquote>Which?</blockquote>"
        let both = try #require(try multipart("alternative", "Content-Type: text/plain\n\nRye, dark.", html))
        #expect((both.body, both.markup) == ("Rye, dark.", .plain))
        let alone = try #require(try multipart("alternative", "Content-Type: text/plain\n\n \n", html))
        #expect(alone.markup == .markdown && alone.body?.contains("**dark**") == true && alone.body?.contains("> Which?") == true)
    }

    @Test func textPartsAreJoinedAndTheRestIsListed() throws {
        let post = try #require(
            try multipart(
                "mixed", "Content-Type: text/plain\n\nOne.", "Content-Type: text/x-patch; name=a.diff\n\n--- a\n+++ b",
                "Content-Type: text/plain; name=notes.txt\nContent-Disposition: attachment\n\nfive!",
                "Content-Type: image/png; name=\"=?utf-8?Q?k=C3=BCche.png?=\"\nContent-Transfer-Encoding: base64\n\nAAECAw==",
                "Content-Type: application/ms-tnef; name=winmail.dat\n\nx"))
        #expect(post.body == "One.\n\n--- a\n+++ b")
        #expect(post.attachments.map(\.name) == ["notes.txt", "küche.png", "winmail.dat"])
        #expect(post.attachments.map(\.type) == ["text/plain", "image/png", "application/ms-tnef"])
        #expect(post.attachments.map(\.size) == [5, 4, 1])
    }

    @Test func signedIsReadAndEncryptedIsUnknown() throws {
        let signed = try #require(
            try multipart("signed", "Content-Type: text/plain\n\nMine.", "Content-Type: application/pgp-signature\n\nAAAA"))
        #expect(signed.body == "Mine." && signed.attachments.isEmpty)
        let secret = try #require(
            try multipart(
                "encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1",
                "Content-Type: application/octet-stream\n\nx"))
        #expect(secret.body == nil && secret.attachments.map(\.type) == ["multipart/encrypted"])
    }

    @Test func aMailWithinAMailIsListed() throws {
        let post = try #require(
            try multipart(
                "mixed", "Content-Type: text/plain\n\nSee below.",
                "Content-Type: message/rfc822\n\nFrom: b@x.example\nSubject: inner\nMessage-ID: <b@x>\n\nInner text."))
        #expect(post.body == "See below." && post.attachments.map(\.name) == ["inner"])
        #expect(post.attachments.first?.type == "message/rfc822")
    }

    @Test func theMailsOfADigestArePosts() throws {
        let inner = { (id: String) in "\nFrom: b@x.example\nSubject: \(id)\nMessage-ID: <\(id)@x>\n\nText of \(id)." }
        let head = "From: list@x.example\nMessage-ID: <digest@x>\nContent-Type: multipart/digest; boundary=b\n\n"
        let sink = try readMail(head + "--b\n\(inner("one"))\n--b\n\(inner("two"))\n--b--\n")
        #expect(sink.posts.map(\.key) == ["digest@x", "one@x", "two@x"])
        #expect(sink.post("two@x")?.body == "Text of two.")
    }

    @Test func flowedLinesAreJoined() throws {
        let type = "Message-ID: <a@x>\nContent-Type: text/plain; format=flowed"
        let body = "> Twelve \n> degrees.\n>> deeper\nOne \ntwo.\n From here.\n\n-- \nAnn \n"
        #expect(try mail(type, body: body)?.body == "> Twelve degrees.\n>> deeper\nOne two.\nFrom here.\n\n-- \nAnn")
        #expect(try mail(type + "; delsp=yes", body: "汉 \n字\n")?.body == "汉字")
    }

    @Test(
        arguments: [
            ("; charset=iso-8859-1", [0x47, 0x72, 0xFC, 0xDF, 0x65], "Grüße"), ("; charset=us-ascii", [0x93, 0x78, 0x94], "“x”"),
            ("", [0x47, 0x72, 0xC3, 0xBC, 0xC3, 0x9F, 0x65], "Grüße"), ("; charset=iso-8859-1", Array("Grüße".utf8), "Grüße"),
            ("; charset=utf-8", [0x47, 0x72, 0xFC, 0xDF, 0x65], "Grüße"), ("; charset=nonsense", [0xFC], "ü"),
            ("; charset=koi8-r", [0xF2, 0xCF, 0xD6, 0xD8], "Рожь"), ("; charset=gb2312", [0xC3, 0xE6, 0xB0, 0xFC], "面包"),
            ("; charset=iso-2022-jp", [0x1B, 0x24, 0x42, 0x25, 0x51, 0x25, 0x73, 0x1B, 0x28, 0x42], "パン"),
            ("; charset=shift_jis", [0x83, 0x70, 0x83, 0x93], "パン"), ("; charset=utf-8", [0x61, 0x00, 0x62], "a\u{0}b"),
        ] as [(String, [UInt8], String)])
    func anyCharsetBecomesText(charset: String, bytes: [UInt8], expected: String) throws {
        #expect(try text(charset, bytes) == expected)
    }

    @Test(arguments: [
        ("quoted-printable", "Gr=FC=DFe=\n!", "Grüße!"), ("quoted-printable", "50 = 50=ZZ", "50 = 50=ZZ"),
        ("base64", "R3L8\n32U=", "Grüße"), ("base64", "R3L8*32U", "Grü"), ("x-unknown", "plain", "plain"),
        ("7BIT ", "plain", "plain"),
    ]) func brokenEncodingsGiveWhatCanBeDecoded(encoding: String, body: String, expected: String) throws {
        #expect(try text("; charset=iso-8859-1", Array(body.utf8), encoding: encoding)?.hasPrefix(expected) == true)
    }

    @Test func oldMailSaysTextAndNoMore() throws {
        let post = try #require(try mail("Message-ID: <a@x>\nContent-Type: text", body: "Plain.\n"))
        #expect(post.body == "Plain." && post.attachments.isEmpty)
    }

    @Test func lineEndsMakeNoDifference() throws {
        let text = String(decoding: try #require(Checkout.seed("mbox/sourdough.mbox")), as: UTF8.self)
        let posts = try readMail(text, as: "mbox").posts
        #expect(try readMail(text, as: "mbox", lineEnd: "\r\n").posts == posts)
    }

    @Test func brokenHeaderLinesHideNoOthers() throws {
        let post = try #require(try mail("Subject: a\nthis is no header\nMessage-ID: <a@x>", body: "Text.\n"))
        #expect((post.key, post.title, post.body) == ("a@x", "a", "Text."))
        let bare = try #require(try readMail("From: a@x.example\nMessage-ID: <a@x>\nText at once.\n\nMore.\n").posts.first)
        #expect(bare.key == "a@x" && bare.body == "Text at once.\n\nMore.")
    }

    @Test func deepNestingEnds() throws {
        let depth = 3_000
        let opening = (0..<depth).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let sink = try readMail("From: a@x.example\nMessage-ID: <a@x>\n" + opening + "\nText.\n")
        #expect(sink.posts.count == 1)
    }
}
