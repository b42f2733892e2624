// Reddit's addresses of posts.

internal import ThreadbankCore

/// An address of a submission or a comment: `/r/NAME/comments/ID/slug/ID/`, with a host or without.
struct RedditURL {
    private let path: Substring

    /// nil for what is no address on Reddit.
    init?(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else {
            guard url.hasPrefix("/") else { return nil }
            path = url.prefix { $0 != "?" && $0 != "#" }
            return
        }
        let rest = url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }.lowercased()
        guard host == "reddit.com" || host.hasSuffix(".reddit.com") else { return nil }
        path = rest.dropFirst(host.count).prefix { $0 != "?" && $0 != "#" }
    }

    var absolute: String { "https://www.reddit.com" + path }

    /// The id of the submission, without its prefix.
    var submission: String? { part(after: "comments") }

    var subreddit: String? { part(after: "r") }

    private func part(after name: String) -> String? {
        let parts = path.split(separator: "/")
        guard let place = parts.firstIndex(where: { $0 == name }), place + 1 < parts.count else { return nil }
        return String(parts[place + 1])
    }

    /// Names of subreddits are the same in any case, and every input has them.
    static func forum(_ name: String) -> ForumReference {
        ForumReference(key: name.lowercased(), name: name, url: "https://www.reddit.com/r/\(name)/")
    }
}
