// Whether an input is mail: by its first lines, and where these say too little by its name.

internal import ThreadbankCore

/// What the first bytes of an input show of mail.
enum MailProbe {
    enum Kind {
        /// Messages one after the other.
        case mbox
        /// One message.
        case message
        /// One article of Usenet, or a batch of them.
        case article
    }

    /// nil where it is no mail.
    static func kind(_ probe: InputProbe) -> Kind? {
        if let opening = MailSeparator.opening(probe.head[...]) {
            // The one form that prose may have too is only believed of files that say so.
            return opening.kind == .listserv || isHeaded(probe.head[opening.start...]) || probe.fileExtension == "mbox"
                ? .mbox : nil
        }
        let start = MailBytes.skippingBlank(probe.head[...])
        if start.starts(with: RnewsBatch.mark) { return .article }
        let names = headerNames(start)
        if names.contains("article-i.d.") || names.contains("newsgroups") && !names.isDisjoint(with: articleNames) {
            return .article
        }
        if probe.fileExtension == "mbox" { return .mbox }
        // A page that a browser saved, with a mail's headers.
        if WebForm.isMHTML(start, probe.fileExtension) { return nil }
        let certain = names.intersection(certainNames).count
        let plain = names.intersection(plainNames).count
        if certain > 0 && certain + plain > 1 || plain > 2 { return .message }
        return probe.fileExtension == "eml" && !TextProbe.isBinary(probe.head) ? .message : nil
    }

    /// Whether a header stands behind the first line.
    private static func isHeaded(_ text: ArraySlice<UInt8>) -> Bool {
        let behind = text.drop { $0 != 0x0A }.dropFirst()
        return MailSeparator.isHeader(behind) || behind.starts(with: ">From ".utf8)
    }

    /// The names of the headers before the first blank line, in lower case; empty where the first lines are no headers.
    private static func headerNames(_ text: ArraySlice<UInt8>) -> Set<String> {
        var names: Set<String> = []
        for line in text.split(separator: 0x0A, maxSplits: 400, omittingEmptySubsequences: false) {
            guard let first = line.first, first != 0x0D else { break }
            if first == 0x20 || first == 0x09 {
                if names.isEmpty { break }
                continue
            }
            guard MailSeparator.isHeader(line) else {
                // A broken line among headers is met in the wild; at the start it says that this is something else.
                if names.count < 2 { return [] }
                continue
            }
            names.insert(String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased())
        }
        return names
    }

    private static let certainNames: Set<String> = [
        "message-id", "received", "mime-version", "return-path", "delivered-to", "content-type", "in-reply-to", "references",
        "reply-to", "x-mailer", "list-id", "content-transfer-encoding", "dkim-signature", "x-original-to", "envelope-to",
        "sender",
    ]
    private static let plainNames: Set<String> = ["from", "to", "subject", "date", "cc"]
    private static let articleNames: Set<String> = ["path", "message-id", "from", "subject", "xref", "date"]
}
