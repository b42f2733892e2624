// A mail's key, parent, author, date, title and forum.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct MailHeadersTests {
    @Test(arguments: [
        ("<a@b.example>", "a@b.example"), ("a@b.example", "a@b.example"), (" < a @b.example > (note)", "a@b.example"),
        ("<a@b.example> <c@d.example>", "a@b.example"), ("<a\n @b.example>", "a@b.example"), ("<A@B.example", "A@B.example"),
        ("<8901@uucp>", "8901@uucp"),
    ]) func theKeyIsTheMessageID(header: String, key: String) throws {
        #expect(try mail("Message-ID: \(header)")?.key == key)
    }

    @Test func aMailWithoutIDIsKeyedByWhatItSays() throws {
        let first = try #require(try mail("Date: Mon, 4 Mar 2024 10:00:00 +0000\nSubject: hi"))
        let again = try #require(try mail("Subject: hi\nX-More: 1\nDate: Mon, 4 Mar 2024 10:00:00 +0000"))
        let other = try #require(try mail("Subject: hi\nDate: Mon, 4 Mar 2024 10:00:01 +0000"))
        #expect(first.key?.hasPrefix("sha256:") == true && first.key == again.key && first.key != other.key)
    }

    @Test(arguments: [
        ("References: <a@x> <b@x> <c@x>", ["c@x", "b@x", "a@x"]),
        ("References: <a@x>\n\t<b@x>\nIn-Reply-To: <z@x>", ["b@x", "a@x"]),
        ("References: <a@x> <b@x> <own@x>", ["b@x", "a@x"]),
        ("References: <own@x>\nIn-Reply-To: <a@x>", ["a@x"]),
        ("References: <a@x> <b@x> <a@x>", ["a@x", "b@x"]),
        ("References: a@x b@x", ["b@x", "a@x"]),
        ("References: <a\n b@x>", ["ab@x"]),
        ("References: <broken <a@x>", ["a@x"]),
        ("In-Reply-To: Your message of \"Mon, 4 Mar\" <a@x> <ann@b.example>", ["a@x"]),
        ("In-Reply-To: ann@a.example's message of Friday", []),
        ("In-Reply-To: Message from Ann <ann@a.example> <a@x>", ["a@x"]),
        ("In-Reply-To: a@x", ["a@x"]),
        ("In-Reply-To: <no id>", []),
        ("Subject: alone", []),
    ]) func theParentIsTheLastOfReferencesElseInReplyTo(headers: String, above: [String]) throws {
        let post = try #require(try mail("Message-ID: <own@x>\n" + headers))
        #expect(post.above == above)
        #expect(post.parent?.basis ?? .header == .header)
    }

    @Test func aBoundedNumberOfAncestorsIsKept() throws {
        let ids = (0..<5_000).map { "<\($0)@x>" }.joined(separator: "\n ")
        let post = try #require(try mail("Message-ID: <own@x>\nReferences: \(ids)"))
        #expect(post.above.first == "4999@x" && post.above.count == 201)
    }

    @Test(arguments: [
        ("Ann Baker <Ann@A.example>", "ann@a.example", "Ann Baker"), ("ann@a.example (Ann Baker)", "ann@a.example", "Ann Baker"),
        ("ann at a.example (Ann Baker)", "ann@a.example", "Ann Baker"), ("ann@a.example", "ann@a.example", "ann@a.example"),
        ("\"Baker, Ann\" <ann@a.example>", "ann@a.example", "Baker, Ann"),
        ("=?utf-8?B?SsO8cmdlbg==?= =?iso-8859-1?Q?_M=FCller?= <j@m.example>", "j@m.example", "Jürgen Müller"),
        ("J\u{FC}rgen <j@m.example>", "j@m.example", "Jürgen"), ("Ann Baker ann@a.example", "ann@a.example", "Ann Baker"),
        ("mill!loaf!ann", "mill!loaf!ann", "mill!loaf!ann"), ("Staff: Ann <ann@a.example>;", "ann@a.example", "Ann"),
    ]) func theAuthorIsKeyedByAddress(from: String, key: String, name: String) throws {
        let author = try #require(try mail("Message-ID: <a@x>\nFrom: \(from)")?.author)
        #expect((author.key, author.name) == (key, name))
    }

    @Test func whoWritesThroughAListIsNotTheList() throws {
        let from = "Message-ID: <a@x>\nFrom: 'Cleo' via L <l@lists.example>\nList-Post: <mailto:l@lists.example>\n"
        #expect(try mail(from + "Reply-To: l@lists.example, cleo@c.example")?.author?.key == "cleo@c.example")
        let original = try mail(from + "X-Original-From: Cleo C <cleo@c.example>\nReply-To: other@c.example")?.author
        #expect((original?.key, original?.name) == ("cleo@c.example", "Cleo C"))
        #expect(try mail(from + "Reply-To: cleo@c.example")?.author?.name == "Cleo")
        #expect(try mail(from + "X-Nothing: 1")?.author?.key == "l@lists.example")
    }

    @Test(arguments: [
        ("Date: Mon, 4 Mar 2024 10:12:40 +0100", 1_709_543_560), ("Date: Thu Nov  1 11:19:12 2001", 1_004_613_552),
        ("Date: 15 Feb 93 10:00:00 GMT", 729_770_400), ("Date: Sun, 14 Feb 93 17:05:00 EST", 729_727_500),
        ("Date: yesterday", nil), ("X-No-Date: 1", nil), ("Date: Thu, 1 Jan 1970 00:00:00 +0000", nil),
        ("Date: Thu, 1 Jan 1970 00:00:00 +0000\nReceived: from x by y; Mon, 4 Mar 2024 10:12:40 +0100", 1_709_543_560),
        (
            "Date: Mon, 4 Mar 2034 10:12:40 +0100\nReceived: from x; Mon, 4 Mar 2024 10:12:40 +0100\nReceived: z; 1 Jan 2001 0:00:00 +0",
            1_709_543_560
        ),
        ("Date: Tue, 5 Mar 2024 10:00:00 +0100\nReceived: from x by y; Mon, 4 Mar 2024 10:12:40 +0100", 1_709_629_200),
        ("Received: from x by y; Mon, 4 Mar 2024 10:12:40 +0100", 1_709_543_560),
    ]) func aDateThatMakesNoSenseGivesWay(headers: String, date: Int64?) throws {
        #expect(try mail("Message-ID: <a@x>\n" + headers)?.createdAt == date)
    }

    @Test(arguments: [
        ("Re: bread", "bread"), ("[l] AW: bread", "bread"), ("Re[2]: [RFC 2] bread", "[RFC 2] bread"), ("bread", nil),
        ("Re: spelt (was: bread)", nil), ("=?utf-8?Q?R=C3=B6sti?=", nil), ("a\n folded  one", nil),
    ]) func aReplyTellsTheTitleOfItsThreadUnlessItSaysSomethingElse(subject: String, threadTitle: String?) throws {
        let post = try #require(try mail("Message-ID: <a@x>\nReferences: <b@x>\nSubject: \(subject)"))
        #expect(post.title != nil)
        #expect(post.parentTitle == threadTitle)
        #expect(try mail("Message-ID: <a@x>\nSubject: Re: bread")?.title == "Re: bread", "an opening post keeps its own")
    }

    @Test(arguments: [
        ("List-Id: Bread <bread.L.example>", ["bread.l.example"]), ("List-Id: bread.l.example", ["bread.l.example"]),
        ("List-Id: <a.example>\nList-Id: <b.example>", ["a.example", "b.example"]),
        ("List-Post: <mailto:bread@l.example?subject=x>", ["bread.l.example"]),
        ("X-Mailing-List: bread@L.example", ["bread.l.example"]),
        ("X-Mailing-List: <bread@l.example> archive/latest/12", ["bread.l.example"]),
        ("Mailing-List: list bread@l.example; contact bread-owner@l.example", ["bread.l.example"]),
        ("Newsgroups: rec.bread,Alt.Bread, rec.bread\nList-Id: <a.example>", ["rec.bread", "alt.bread", "a.example"]),
        ("X-BeenThere: Bread@l.example", ["bread.l.example"]), ("Sender: owner-bread@l.example", ["bread.l.example"]),
        ("Sender: Bread <bread-bounces@l.example>", ["bread.l.example"]), ("Sender: ann@l.example", []), ("X-List: none", []),
    ]) func theForumIsTheListOrTheGroups(headers: String, forums: [String]) throws {
        let format = headers.contains("Newsgroups") ? "usenet" : "eml"
        let sink = try readMail("From: a@x.example\nMessage-ID: <a@x>\n" + headers + "\n\nHello.\n", as: format)
        let post = try #require(sink.posts.first)
        #expect(([post.forum].compactMap(\.self) + post.forums).map(\.key) == forums)
    }

    @Test func mailsThatNameNoListAreOfTheOneThatIsSaid() throws {
        func forum(_ headers: String, source: String?) throws -> ForumReference? {
            let sink = RecordingSink()
            let text = "From: a@x.example\nMessage-ID: <a@x>\n" + headers + "\nHello.\n"
            try Importers.named("eml")?.read(MemoryInput(name: "test", text: text, sourceName: source), into: sink)
            return sink.posts.first?.forum
        }
        #expect(try forum("", source: "Cypherpunks") == ForumReference(key: "cypherpunks", name: "Cypherpunks"))
        #expect(try forum("List-Id: <bread.l.example>\n", source: "Cypherpunks")?.key == "bread.l.example")
        #expect(try forum("", source: nil) == nil)
    }

    @Test(arguments: [
        ("\"Ting =?utf-8?b?5bq35bqt57at?=\" <a@x.example>", "Ting 康庭維"), ("=?utf-8?Q?R=C3=B6sti?= <a@x.example>", "Rösti"),
        ("\"Ann =?not an encoded word\" <a@x.example>", "Ann =?not an encoded word"),
    ])
    func encodedWordsInQuotationMarksAreDecodedToo(from: String, name: String) throws {
        #expect(try mail("From: \(from)\nMessage-ID: <a@x>")?.author?.name == name)
    }

    @Test func theListsArchiveIsTheURL() throws {
        #expect(try mail("Message-ID: <a@x>\nArchived-At: <https://l.example/1>")?.url == "https://l.example/1")
        #expect(try mail("Message-ID: <a@x>\nArchived-At: <javascript:x>")?.url == nil)
    }
}
