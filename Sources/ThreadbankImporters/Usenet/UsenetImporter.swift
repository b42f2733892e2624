// The importer of Usenet articles: files of one article as news servers keep them, and batches. Archives in mbox go to `mbox`.

internal import ThreadbankCore

/// Reads articles: one a file (RFC 5536, RFC 850, B news), `rnews` batches, and files of mbox whose messages are articles.
struct UsenetImporter: Importer {
    let name = "usenet"
    let version = 2
    let summary = "Usenet articles: a file each, rnews batches (archives in mbox are read by mbox)"
    let recognises = "headers with Newsgroups beside Path, From or Message-ID; Article-I.D.; a first line \"#! rnews\""

    func recognises(_ probe: InputProbe) -> Bool { MailProbe.kind(probe) == .article }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let posts = try MailPosts(list: input.sourceName)
        var window = ByteWindow(input)
        while !window.isAtEnd, window.count < 1 << 16 { _ = try window.fill(keepingFrom: 0) }
        let head = MailBytes.skippingBlank(window.bytes[...])
        if head.starts(with: RnewsBatch.mark) {
            return try RnewsBatch.read(&window, from: head.startIndex) { mail in
                try sink.add(mail, posts)
            } broken: {
                sink.reject($0)
            }
        }
        if MailSeparator.opening(window.bytes[...]) != nil {
            try input.restart()
            var splitter = MailSplitter(input)
            return try splitter.forEach { mail in
                try sink.add(mail, posts, needsNewsgroups: true)
            } skipped: {
                sink.reject($0)
            } warned: {
                sink.warn($0)
            }
        }
        while !window.isAtEnd {
            _ = try window.fill(keepingFrom: 0)
            if window.count > MailSplitter.longest {
                return sink.reject(
                    ImportDiagnostic(at: .byte(0), "message too long", detail: "over \(MailSplitter.longest) bytes"))
            }
        }
        if window.bytes.allSatisfy({ $0 <= 0x20 }) {
            if let failure = window.failure { throw failure }
            return
        }
        try sink.add(RawMail(bytes: window.bytes[...], offset: 0, number: 1), posts, needsNewsgroups: true)
    }
}
