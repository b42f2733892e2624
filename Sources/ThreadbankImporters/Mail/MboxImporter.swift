// The importer of files of many mails: mbox in all its variants, Pipermail's text, LISTSERV logs.

internal import ThreadbankCore

/// Reads files whose messages are parted by `From ` lines (mboxo, mboxrd, mboxcl, mboxcl2, with dates or without), and LISTSERV logs.
struct MboxImporter: Importer {
    let name = "mbox"
    let version = 2
    let summary = "mail folders in one file: mbox in all variants, Pipermail's text, LISTSERV logs"
    let recognises = "a first line \"From address date\" with headers below it, or a LISTSERV line of = signs"

    func recognises(_ probe: InputProbe) -> Bool { MailProbe.kind(probe) == .mbox }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let posts = try MailPosts(list: input.sourceName)
        var splitter = MailSplitter(input)
        try splitter.forEach { mail in
            try sink.add(mail, posts)
        } skipped: {
            sink.reject($0)
        } warned: {
            sink.warn($0)
        }
    }
}

extension ImportSink {
    /// Takes the posts of one message, or rejects it with its place.
    func add(_ mail: RawMail, _ posts: MailPosts, needsNewsgroups: Bool = false) throws {
        do {
            for post in try posts.posts(mail.bytes, needsNewsgroups: needsNewsgroups) { try add(post) }
        } catch let refusal as MailRefusal {
            reject(ImportDiagnostic(at: .byte(mail.offset), "no post", detail: "message \(mail.number): \(refusal.reason)"))
        }
    }
}
