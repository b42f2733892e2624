// Names that Discourse's JSON and its raw text have in common, so that the same post of either is one post.

internal import Foundation
internal import ThreadbankCore

enum DiscourseSource {
    /// One source a site; the name is its host, empty where an input does not tell it.
    static func named(_ host: String?, from input: any ImportInput) -> SourceReference {
        let name = input.sourceName ?? host ?? ""
        let url = name.contains(".") && !name.contains("/") && !name.contains(" ") ? "https://\(name)" : nil
        return SourceReference(kind: "discourse", name: name, url: url)
    }

    /// `TOPIC#NUMBER`: how posts of a topic name each other.
    static func alias(_ topic: String, _ number: Int64) -> String { "\(topic)#\(number)" }

    /// What a post that names no parent answers: the topic, so its opening post; nil for that.
    static func opening(_ topic: String, for number: Int64) -> ParentStatement? {
        number == 1 ? nil : ParentStatement(PostReference(.alias(alias(topic, 1))), basis: .order, confidence: 0.5)
    }

    /// User names are one whatever their case.
    static func author(_ username: String, displayName: String? = nil) -> AuthorReference? {
        if username.isEmpty { return nil }
        let display = displayName.flatMap { $0.isEmpty || $0 == username ? nil : $0 }
        return AuthorReference(key: username.lowercased(), name: username, displayName: display)
    }

    /// The posts that `[quote="name, post:3, topic:12"]` blocks of a Markdown text quote.
    static func quotes(in markdown: String) -> [PostLink] {
        var links: [PostLink] = []
        for part in markdown.components(separatedBy: "[quote=\"").dropFirst().prefix(100) {
            let fields = part.prefix { $0 != "\"" && $0 != "\n" }.split(separator: ",").map {
                $0.filter { !$0.isWhitespace }
            }
            guard let post = number("post:", in: fields), let topic = number("topic:", in: fields) else { continue }
            let link = PostLink(to: PostReference(.alias(alias("\(topic)", post))), kind: "quote")
            if !links.contains(link) { links.append(link) }
        }
        return links
    }

    private static func number(_ label: String, in fields: [String]) -> Int64? {
        guard let field = fields.last(where: { $0.hasPrefix(label) }), let number = Int64(field.dropFirst(label.count)),
            number > 0
        else { return nil }
        return number
    }
}
