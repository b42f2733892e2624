// A thread as mails: the form, and that notmuch threads them as they are here.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankPages
import ThreadbankTestSupport

@Suite struct MboxTests {
    private func post(_ id: Int64, _ parent: Int64?, _ body: String?) -> Post {
        var post = Post(id: Post.ID(rawValue: id), threadID: DiscussionThread.ID(rawValue: 1))
        (post.parentID, post.body, post.sourceKey) = (parent.map { Post.ID(rawValue: $0) }, body, "key-\(id)")
        (post.author, post.authorKey, post.createdAt) = ("Zoë \"Z\"", "zoe", 1_700_000_000 + id)
        return post
    }

    private func mbox(_ posts: [Post], title: String? = "A title", kind: String = "jsonl", selected: Set<Post.ID>? = nil)
        -> String
    {
        var thread = DiscussionThread(id: DiscussionThread.ID(rawValue: 1), sourceKind: kind, source: "")
        thread.title = title
        var text = ""
        Mbox(selected: selected).write(ThreadContents(thread: thread, posts: posts)) { text += $0 }
        return text
    }

    @Test func aPostIsAMail() {
        var mail = post(1, nil, "From here\n>From there\nand from\n")
        (mail.sourceKey, mail.authorKey, mail.title) = ("a@b.example", "zoe@b.example", "Grüße\nBcc: x@y.example")
        let text = mbox([mail], kind: "mail")
        #expect(text.hasPrefix("From mboxrd@z Tue Nov 14 22:13:21 2023\nFrom: =?utf-8?B?"))
        #expect(text.contains("\nDate: Tue, 14 Nov 2023 22:13:21 +0000\n"))
        #expect(text.contains("\nMessage-ID: <a@b.example>\n"))
        #expect(text.contains("\n>From here\n>>From there\nand from\n"))
        #expect(!text.contains("\nBcc:"), "no line of a title is a header")
    }

    @Test func longLinesAndCarriageReturnsAreQuotedPrintable() {
        let text = mbox([post(1, nil, String(repeating: "ä=", count: 600) + "\rX-Header: no\n.\nend ")])
        #expect(text.contains("\nContent-Transfer-Encoding: quoted-printable\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
        #expect(!text.contains("\r") && text.contains("=0DX-Header") && text.contains("end=20"))
    }

    @Test func aGhostIsNamedAndIsNoMail() {
        var ghost = post(1, nil, nil)
        ghost.state = .missing
        let mails = mbox([ghost, post(2, 1, "a"), post(3, 1, "b")])
        #expect(mails.matches(of: #/(?m)^From /#).count == 2)
        let references = mails.matches(of: #/References: (\S+)/#).map { String($0.1) }
        #expect(references.count == 2 && Set(references).count == 1)
    }

    @Test func whatWasNotChosenIsNamedInReferencesAlone() {
        let mails = mbox([post(1, nil, "a"), post(2, 1, "b"), post(3, 2, "c")], selected: [Post.ID(rawValue: 3)])
        #expect(mails.matches(of: #/(?m)^From /#).count == 1)
        #expect(mails.matches(of: #/@threadbank\.invalid/#).count == 4)
    }

    @Test func aLongChainNamesItsRootAndTheNearest() {
        let mails = mbox((1...3_000).map { post($0, $0 == 1 ? nil : $0 - 1, "x") }).split(separator: #/(?m)^From /#)
        let names = mails.map { $0.firstMatch(of: #/\nMessage-ID: (\S+)/#).map { String($0.1) } ?? "" }
        for (place, mail) in mails.enumerated().dropFirst() {
            let found =
                mail.firstMatch(of: #/\nReferences: ((\S+\s+)+?)X-/#)?.1.split(whereSeparator: \.isWhitespace).map(String.init)
                ?? []
            let expected = place <= 40 ? Array(names[..<place]) : [names[0]] + names[(place - 39)..<place]
            #expect(found == expected, "\(place)")
            if found != expected { break }
        }
    }

    @Test func notmuchThreadsThemTheSameWay() throws {
        guard let notmuch = Tool.path("notmuch") else { return print("skipped: notmuch is not installed") }
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("archive.sqlite")]
        let seeds = ["lemmy", "text", "jsonl"].map { "\(Checkout.path)/seeds/\($0)" }
        try #require(Binary.run(["import"] + seeds, environment: environment).status == 0)
        let list = try Binary.run(["threads", "--format", "jsonl"], environment: environment).stdout
        let mail = folder.file("mail/cur")
        try FileManager.default.createDirectory(atPath: mail, withIntermediateDirectories: true)
        for name in ["new", "tmp"] {
            try FileManager.default.createDirectory(atPath: folder.file("mail/\(name)"), withIntermediateDirectories: true)
        }
        var expected: [Int] = []
        for line in list.split(separator: "\n") {
            let id = try #require(line.firstMatch(of: #/"id":(\d+)/#)?.1)
            let mbox = try Binary.run(["thread", String(id), "--format", "mbox"], environment: environment).stdout
            // Only a line that no post could have written begins a mail.
            let mails = mbox.split(separator: #/(?m)^From /#).map { "From " + $0 }
            for (place, text) in mails.enumerated() {
                let content = text.drop { $0 != "\n" }.dropFirst()
                try Data(content.utf8).write(to: URL(fileURLWithPath: "\(mail)/\(id).\(place):2,"))
            }
            expected.append(mails.count)
        }
        let config = folder.file("config")
        try Data("[database]\npath=\(folder.file("mail"))\n[user]\nname=x\nprimary_email=x@example.org\n".utf8)
            .write(to: URL(fileURLWithPath: config))
        let asked = ["NOTMUCH_CONFIG": config]
        try #require(Binary.run(["new", "--quiet"], environment: asked, binary: notmuch).status == 0)
        let found = try Binary.run(["search", "--output=summary", "*"], environment: asked, binary: notmuch).stdout
        let sizes = found.matches(of: #/\[(\d+)\/\d+\]/#).compactMap { Int($0.1) }
        #expect(sizes.sorted() == expected.filter { $0 > 0 }.sorted())
        #expect(sizes.count > 3)
    }
}

/// Other programs that a test asks, where they are installed.
enum Tool {
    static func path(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
