// The importer of single mails: .eml files, the files of MH folders, what mail programs save.

internal import ThreadbankCore

/// Reads a file that is one message.
struct EmlImporter: Importer {
    let name = "eml"
    let version = 2
    let summary = "a single mail (.eml, a file of an MH folder)"
    let recognises = "headers such as From, Date, Message-ID, Received at its start, or the ending .eml"

    func recognises(_ probe: InputProbe) -> Bool { MailProbe.kind(probe) == .message }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let posts = try MailPosts(list: input.sourceName)
        guard let bytes = try MailBytes.whole(input) else {
            return sink.reject(
                ImportDiagnostic(at: .byte(0), "message too long", detail: "over \(MailSplitter.longest) bytes"))
        }
        if bytes.allSatisfy({ $0 <= 0x20 }) { return }
        if bytes.starts(with: "WARC/".utf8) {
            throw ImportError(ImportDiagnostic(at: .byte(0), "a web archive; use --from html"))
        }
        switch MailProbe.kind(InputProbe(fileName: "", head: Array(bytes.prefix(1 << 16)), isNamed: true)) {
        case .mbox: throw ImportError(ImportDiagnostic(at: .byte(0), "a file of many messages; use --from mbox"))
        case .article: throw ImportError(ImportDiagnostic(at: .byte(0), "an article of Usenet; use --from usenet"))
        default: break
        }
        try sink.add(RawMail(bytes: bytes[...], offset: 0, number: 1), posts)
    }
}
