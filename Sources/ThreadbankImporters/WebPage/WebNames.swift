// The keys of posts on pages: those that other inputs of the same origin give them.

internal import Foundation
internal import ThreadbankCore

/// Puts the origin's own names on what was read of one page, so that a page and a dump of one thread make one thread.
struct WebNames {
    let source: SourceReference
    /// The key of the topic; of a page that tells no address, its own name (``WebOwnName``).
    let topic: String
    /// Whether the origin has topics, in which posts stand beside each other.
    let hasTopics: Bool
    let url: String?
    private let kind: String
    private let address: WebAddress?
    /// Whether the page does not tell its site, so that its numbers hold for its topic alone.
    private let isAnywhere: Bool

    init(_ reading: WebReading, _ head: WebHead, _ input: any ImportInput) {
        kind = reading.kind
        let opening = reading.kind == "html" ? reading.posts.first { $0.isOpening }?.url : nil
        let address = head.address ?? (reading.thread ?? opening).flatMap { WebAddress($0) }
        self.address = address
        let host = address?.host
        url = address?.topic
        hasTopics = !["reddit", "hackernews", "activitypub", "stackexchange"].contains(kind)
        let name = input.sourceName ?? host ?? head.siteName?.lowercased() ?? ""
        switch kind {
        case "discourse": source = DiscourseSource.named(host ?? head.siteName?.lowercased(), from: input)
        case "reddit": source = SourceReference(kind: "reddit")
        case "hackernews": source = HackerNewsPosts.source
        case "activitypub": source = LemmyPosts.source
        default:
            source = SourceReference(
                kind: kind, name: name, url: name.contains(".") && !name.contains(" ") ? "https://\(name)" : nil)
        }
        isAnywhere = hasTopics && kind != "discourse" && name.isEmpty
        let node = kind == "drupal" ? head.address?.parts(after: "node").first.flatMap { Int64($0) }.map { "\($0)" } : nil
        let number = reading.thread.flatMap(Self.topicNumber) ?? node
        let known: String?
        switch kind {
        case "discourse": known = number ?? head.address.flatMap { Self.topicNumber($0.full) }
        case "html": known = address?.topic
        default: known = isAnywhere ? nil : number ?? address?.topic
        }
        topic = known ?? WebOwnName.of(kind, reading.posts.first, title: reading.title ?? head.title)
    }

    /// The number of a topic: of `/t/slug/12/3`, a number by itself, or at the end of an address that a mirror has cut short.
    private static func topicNumber(_ text: String) -> String? {
        if !text.isEmpty, text.utf8.count < 19, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return text }
        let path = text.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(String.init)
        guard let place = path.firstIndex(of: "t") else {
            return text.contains("://") ? nil : path.last.flatMap { Int64($0) == nil ? nil : $0 }
        }
        let behind = path[(place + 1)...]
        return (behind.count > 1 ? behind.dropFirst().prefix(1) : behind.prefix(1)).first { Int64($0) != nil }
            ?? behind.first { Int64($0) != nil }
    }

    // MARK: Posts

    /// The key and the aliases of a post; nil where it bears no id.
    func names(of post: WebPost) -> (key: String?, aliases: [String])? {
        if kind == "html" {
            guard let id = pageID(of: post) else { return nil }
            return (id, [])
        }
        guard let id = post.id else {
            // A node of Drupal bears its number in its address.
            guard kind == "drupal", post.isOpening else { return nil }
            return ("n\(topic)", [])
        }
        switch kind {
        case "discourse":
            let alias = "\(topic)#\(id)"
            return (post.otherID ?? alias, [alias])
        case "activitypub":
            let host = address?.host ?? topic
            let alias = "\(host)/\(post.isOpening ? "post" : "comment")/\(id)"
            let link = post.otherID.flatMap { LemmyURL($0) == nil ? nil : $0 }
            let aliases = link.flatMap { LemmyURL($0)?.alias }.map { $0 == alias ? [alias] : [alias, $0] } ?? [alias]
            return (link ?? alias, aliases)
        case "stackexchange": return ((post.otherID?.contains("comment") == true ? "c" : "p") + id, [])
        case "drupal": return (scoped((post.isOpening ? "n" : "c") + id), [])
        case "reddit": return RedditThing.isKey(id.lowercased()) ? (id.lowercased(), []) : nil
        default: return (scoped(id), [])
        }
    }

    /// A post named by its id alone, which may stand on another page.
    func reference(_ id: String) -> PostReference {
        switch kind {
        case "discourse": return PostReference(.alias("\(topic)#\(id)"))
        case "activitypub": return PostReference(.alias("\(address?.host ?? topic)/comment/\(id)"))
        case "reddit": return PostReference(.key(id.lowercased()))
        case "hackernews": return PostReference(.key(String(id.filter(\.isNumber))))
        case "drupal": return PostReference(.key(scoped("c" + id)))
        default: return PostReference(.key(scoped(id)))
        }
    }

    private func scoped(_ id: String) -> String { isAnywhere ? "\(topic)#\(id)" : id }

    /// The opening post of a topic of which this page shows another part; nil where nothing tells it.
    var opening: PostReference? {
        switch kind {
        case "discourse": return PostReference(.alias(DiscourseSource.alias(topic, 1)))
        case "reddit": return address.flatMap { RedditURL($0.full)?.submission }.map { PostReference(.key("t3_" + $0)) }
        case "hackernews": return nil
        case "activitypub":
            return address.flatMap { LemmyURL($0.full)?.alias }.map { PostReference(.alias($0)) }
        case "stackexchange":
            return address.flatMap { $0.parts(after: "questions").first }.flatMap { Int64($0) }.map {
                PostReference(.key("p\($0)"))
            }
        default: return PostReference(.alias(openingAlias))
        }
    }

    /// By which pages that do not show it name a topic's opening post.
    var openingAlias: String { "\(topic)#opening" }

    /// The id of a post on a page of no known software: its own address, else the name of its element within its topic.
    private func pageID(of post: WebPost) -> String? {
        if let own = post.url.flatMap({ WebAddress($0, on: address) }), address?.full != own.full || !own.fragment.isEmpty {
            return own.full + (own.fragment.isEmpty ? "" : "#" + own.fragment)
        }
        if post.isOpening, let address, post.url != nil { return address.topic }
        guard let id = post.id, id.contains(where: \.isNumber), id.utf8.count < 200 else { return nil }
        return "\(topic)#\(id)"
    }

    /// The address of a post, where it is not what its key already says.
    func url(of post: WebPost, number: String?) -> String? {
        switch kind {
        case "reddit": return post.url.flatMap { RedditURL($0)?.absolute }
        case "discourse": return url.flatMap { url in post.id.map { "\(url)/\($0)" } }
        case "hackernews", "activitypub": return nil
        case "stackexchange":
            guard let site = source.url, let id = post.id else { return nil }
            let path = post.otherID?.contains("comment") == true ? "posts/comments" : post.isOpening ? "q" : "a"
            return "\(site)/\(path)/\(id)"
        default:
            if let own = post.url.flatMap({ WebAddress($0, on: address) }) {
                return own.full + (own.fragment.isEmpty ? "" : "#" + own.fragment)
            }
            guard let address, let id = post.id else { return nil }
            let anchors = ["phpbb": "p", "vbulletin": "post", "xenforo": "post-", "smf": "msg", "drupal": "comment-"]
            if kind == "drupal", post.isOpening { return address.topic }
            return "\(address.full)#\(anchors[kind] ?? "")\(id)"
        }
    }

    // MARK: Authors

    func author(of post: WebPost) -> AuthorReference? {
        guard let name = post.author, !name.isEmpty, !name.hasPrefix("["), name.utf8.count < 300 else { return nil }
        switch kind {
        case "discourse": return DiscourseSource.author(name)
        case "hackernews": return AuthorReference(key: name, name: name)
        case "stackexchange":
            return AuthorReference(key: post.authorKey ?? "name:\(name)", name: name)
        case "activitypub":
            let path = post.authorKey?.split(separator: "/").last.map(String.init) ?? name
            let parts = path.split(separator: "@").map(String.init)
            guard let short = parts.first, let host = parts.count > 1 ? parts[1] : address?.host else { return nil }
            let url = "https://\(host)/u/\(short)"
            let display = name.split(separator: "@").first.map(String.init)
            return AuthorReference(key: url, name: short, displayName: display == short ? nil : display, url: url)
        default:
            return AuthorReference(key: name.lowercased(), name: name)
        }
    }
}
