// schema.org in scripts of a page: JSON-LD.

internal import Foundation
internal import ThreadbankCore

/// The posts that the scripts of a page tell in `application/ld+json`.
struct WebJSONLD {
    private var posts: [WebPost] = []
    private var types: [String] = []
    private var title: String?
    /// A page that tells more of it was not made by people.
    private static let most = 100_000
    private static let longest = 32 << 20

    static func read(_ page: WebPage) -> WebReading? {
        var reader = WebJSONLD()
        for script in page.all("script[type*=ld+json]").prefix(50) {
            let text = page.html[page.content(script)]
            guard text.count < longest, let root = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
            else {
                continue
            }
            reader.walk(root)
        }
        return WebSchema.reading(reader.posts, reader.types, title: reader.title)
    }

    /// A value that waits to be looked at, and the post in which it stands.
    private struct Waiting {
        var value: Any
        var parent: Int?
        var isAccepted = false
    }

    /// Goes through a text, a post before its answers, in the text's order. JSONSerialization takes no text deeper than 512.
    private mutating func walk(_ root: Any) {
        var waiting = [Waiting(value: root, parent: nil)]
        while let next = waiting.popLast(), posts.count < Self.most {
            if let list = next.value as? [Any] {
                waiting += list.reversed().map { Waiting(value: $0, parent: next.parent, isAccepted: next.isAccepted) }
                continue
            }
            guard let object = next.value as? [String: Any] else { continue }
            let type = self.type(object)
            var parent = next.parent
            let hasAnswers = WebSchema.answers.contains { object[$0] != nil }
            if WebSchema.posts.contains(type) || WebSchema.works.contains(type) && hasAnswers {
                parent = posts.count
                add(object, type, in: next.parent, isAccepted: next.isAccepted)
            }
            let below = ["@graph", "mainEntity", "hasPart"] + WebSchema.answers
            for name in below.reversed() {
                if let value = object[name] {
                    waiting.append(Waiting(value: value, parent: parent, isAccepted: name == "acceptedAnswer"))
                }
            }
        }
    }

    private mutating func add(_ object: [String: Any], _ type: String, in parent: Int?, isAccepted: Bool) {
        var post = WebPost()
        post.url = text(object["url"]) ?? text(object["@id"])
        post.id = text(object["identifier"])
        post.date = first(object, WebSchema.date)
        post.editDate = text(object["dateModified"])
        let author = object["author"] ?? object["creator"]
        let person = (author as? [Any])?.first ?? author
        if let person = person as? [String: Any] {
            post.author = text(person["name"]) ?? text(person["alternateName"])
            post.authorURL = text(person["url"]) ?? text(person["sameAs"])
        } else {
            post.author = text(person)
        }
        if let body = first(object, WebSchema.body) { post.body = Self.body(body) }
        post.score = number(object["upvoteCount"])
        post.replyCount = number(object["answerCount"]) ?? number(object["commentCount"])
        post.isAccepted = isAccepted
        if WebSchema.openings.contains(type) { post.title = first(object, WebSchema.title) }
        if let parent {
            post.parent = WebSchema.parent(parent, of: types[parent])
        } else if WebSchema.openings.contains(type) {
            post.isOpening = true
            title = title ?? post.title
        } else {
            post.parent = .opening
        }
        posts.append(post)
        types.append(type)
    }

    private func first(_ object: [String: Any], _ names: [String]) -> String? {
        for name in names { if let text = text(object[name]) { return text } }
        return nil
    }

    private func type(_ object: [String: Any]) -> String {
        let type = (object["@type"] as? [Any])?.first ?? object["@type"]
        return WebSchema.name(type as? String ?? "")
    }

    private func text(_ value: Any?) -> String? {
        guard let text = value as? String else { return ((value as? [String: Any])?["@id"] as? String) }
        let plain = WebText.decoded(ArraySlice(text.utf8))
        return plain.isEmpty ? nil : plain
    }

    private func number(_ value: Any?) -> Int64? {
        (value as? NSNumber)?.int64Value ?? (value as? String).flatMap(WebNumber.integer)
    }

    /// Some sites put their HTML into it.
    private static func body(_ text: String) -> WebPost.Body {
        ["</p>", "<br", "</a>", "</div>", "<p>", "</li>"].contains { text.contains($0) } ? .html(text) : .text(text)
    }
}
