// The headers of articles: those of today (RFC 5536), and those of A and B news before 1983 (RFC 850).

internal import ThreadbankCore

enum UsenetHeaders {
    private static let mostGroups = 100

    static func isArticle(_ headers: MailHeaders) -> Bool { headers.has("Newsgroups") || headers.has("Article-I.D.") }

    /// The groups that an article was posted to, in its order.
    static func newsgroups(_ headers: MailHeaders) -> [ForumReference] {
        guard let value = headers.value("Newsgroups") else { return [] }
        var seen: Set<String> = []
        let names = value.split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
            .filter { $0.utf8.count < 300 && seen.insert($0).inserted }
        return names.prefix(mostGroups).map { ForumReference(key: $0, name: $0) }
    }

    /// B news: `Article-I.D.: host.123`, which later articles name as `<host.123>`.
    static func messageID(_ headers: MailHeaders) -> String? {
        (headers.value("Message-ID") ?? headers.value("Article-I.D.")).flatMap(MessageIDs.own)
    }

    static func references(_ headers: MailHeaders) -> [String] {
        guard let value = headers.value("References") else { return [] }
        let found = MessageIDs.references(value)
        if !found.isEmpty || !headers.has("Article-I.D.") { return found }
        return value.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// `Posted` of B news, and what servers note where `Date` is missing.
    static func date(_ headers: MailHeaders) -> Int64? {
        headers.date("Posted") ?? headers.date("Injection-Date") ?? headers.date("NNTP-Posting-Date")
    }
}
