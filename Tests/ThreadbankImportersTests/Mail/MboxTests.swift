// How a file of mails is split, and what was quoted in it undone.

import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct MboxTests {
    private func message(_ id: Int, from line: String = "From a@x.example Thu Jan  1 00:00:00 1970", body: String = "Hello.\n")
        -> String
    {
        "\(line)\nFrom: a@x.example\nMessage-ID: <\(id)@x>\n\n\(body)\n"
    }

    @Test(arguments: [
        "From a@x.example Thu Jan  1 00:00:00 1970", "From - Thu Jan  1 00:00:00 1970", "From ", "From a@x.example",
        "From ann at x.example  Thu Jan  1 00:00:00 1970", "From a@x.example Thu Jan  1 00:00:00 EST 1970",
        "From \"Ann Baker\" <a@x.example> Thu Jan  1 00:00:00 1970", "From a!b!c Thu Jan  1 00:00:00 1970 remote from host",
        "From a@x.example 2009-12-31 22:50:51", "From mboxrd@z Thu Jan  1 00:00:00 1970", "From ???@??? Thu Jan  1 00:00:00 1970",
    ]) func everyFormOfASeparatorParts(line: String) throws {
        let text = message(1, from: line) + message(2, from: line) + message(3, from: line)
        for end in ["\n", "\r\n"] {
            let sink = try readMail(text, as: "mbox", lineEnd: end)
            #expect(sink.posts.map(\.key) == ["1@x", "2@x", "3@x"])
            #expect(sink.posts.map(\.body) == ["Hello.", "Hello.", "Hello."])
            #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
        }
    }

    @Test(arguments: [
        "From the beginning it smelled of apples.", "From Bob: try rye.", "From Jan 2001 on we had it.",
        "From 10:30 to 11:00 it rests.",
        "From there\nwe went on.", "From Monday Jan 5 until 12:00 it rests.", "Fromage is cheese.",
    ]) func proseIsNoSeparator(line: String) throws {
        let sink = try readMail(message(1, body: "Before.\n\n\(line)\n\nAfter.\n") + message(2), as: "mbox")
        #expect(sink.posts.map(\.body) == ["Before.\n\n\(line)\n\nAfter.", "Hello."])
    }

    @Test func marksAreTakenAwayOnceAndAllOnlyWhereThatIsKnown() throws {
        let body = ">From one\n>>From two\n> From three\n>From\n"
        #expect(try readMail(message(1, body: body), as: "mbox").posts.first?.body == "From one\n>>From two\n> From three\n>From")
        let reversible = try readMail(message(1, from: "From mboxrd@z Thu Jan  1 00:00:00 1970", body: body), as: "mbox")
        #expect(reversible.posts.first?.body == "From one\n>From two\n> From three\n>From")
    }

    @Test func aContentLengthIsBelievedWhereTheMessageEndsThere() throws {
        let inner = "Look:\n\nFrom b@x.example Thu Jan  1 00:00:00 1970\nSubject: quoted\n\n>From it.\n"
        func sized(_ length: Int) -> String {
            "From a@x.example Thu Jan  1 00:00:00 1970\nFrom: a@x.example\nMessage-ID: <1@x>\nContent-Length: \(length)\n\n\(inner)\n"
        }
        let right = try readMail(sized(inner.utf8.count) + message(2), as: "mbox")
        #expect(right.posts.map(\.key) == ["1@x", "2@x"])
        #expect(right.posts.first?.body?.hasSuffix(">From it.") == true, "nothing in it was quoted")
        for length in [0, 3, inner.utf8.count + 40, 1 << 40] {
            let wrong = try readMail(sized(length) + message(2), as: "mbox")
            #expect(wrong.posts.count == 3, "\(length)")
        }
    }

    @Test func aMessageThatIsNoneIsRejectedWithItsByteAndNumber() throws {
        let text = message(1) + "From a@x.example Thu Jan  1 00:00:00 1970\nno header at all\n\n" + message(3)
        let sink = try readMail(text, as: "mbox")
        #expect(sink.posts.map(\.key) == ["1@x", "3@x"])
        #expect(sink.rejected.map(\.place) == [.byte(message(1).utf8.count)])
        #expect(sink.rejected.first?.detail.hasPrefix("message 2") == true)
    }

    @Test func textBeforeTheFirstMessageIsSaid() throws {
        let sink = try readMail("cut off\n\n" + message(1) + message(2), as: "mbox")
        #expect(sink.posts.count == 2 && sink.rejected.map(\.place) == [.byte(0)])
    }

    @Test func aFileWithoutSeparatorsIsRefused() {
        #expect(throws: ImportError.self) { try readMail("From: a@x.example\n\nHello.\n", as: "mbox") }
    }

    @Test func aCutFileIsSaidToBeCut() throws {
        let sink = try readMail(String((message(1) + message(2)).dropLast(5)), as: "mbox")
        #expect(sink.posts.count == 2 && sink.warnings.count == 1)
    }

    /// Longer than any window, and longer than what is read at once.
    @Test func longMessagesAreWholeInChunksOfAnySize() throws {
        let body = (0..<30_000).map { "line \($0)\n" }.joined()
        let text = message(1, body: body) + message(2) + message(3, body: body)
        for chunk in [1_000, 1 << 16, 1 << 20] {
            let sink = try readMail(text, as: "mbox", chunk: chunk)
            #expect(sink.posts.map { $0.body?.utf8.count } == [body.utf8.count - 1, 6, body.utf8.count - 1])
        }
    }

    @Test func listservLogsAreParted() throws {
        let rule = String(repeating: "=", count: 73)
        let text = (1...3).map {
            "\(rule)\nDate:         Mon, 4 Mar 2024 10:00:00 +0000\nMessage-ID:  <\($0)@x>\n\nText\n\(rule)\nmore.\n"
        }
        .joined()
        let sink = try readMail(text, as: "mbox")
        #expect(sink.posts.map(\.key) == ["1@x", "2@x", "3@x"])
        #expect(sink.posts.first?.body == "Text\n\(rule)\nmore.")
    }
}
