// schema.org in scripts of a page: JSON-LD.

internal import ThreadbankCore

/// The posts that the scripts of a page tell in `application/ld+json`.
struct WebJSONLD {
    private var posts: [WebPost] = []
    private var types: [String] = []
    private var title: String?
    /// A page that tells more of it was not made by people.
    private static let most = 100_000

    static func read(_ page: WebPage) -> WebReading? {
        var reader = WebJSONLD()
        for script in page.all("script[type*=ld+json]").prefix(50) { reader.walk(WebJSON(page.html, page.content(script))) }
        var reading = WebSchema.reading(reader.posts, reader.types, title: reader.title)
        reading?.isCutOff = reader.posts.count == most
        return reading
    }

    private static let containers = Set(["@graph", "mainEntity", "hasPart"] + WebSchema.answers)

    /// Goes through a text, a post before its answers, in the text's order.
    private mutating func walk(_ json: WebJSON) {
        // Of each object the post in which it stands, or which it is: -1 for none, -2 where it belongs to no discussion.
        var owners: [Int32] = []
        owners.reserveCapacity(json.count)
        for object in 0..<json.count {
            let name = json.name(object)
            var owner = json.parent(object).map { owners[$0] } ?? -1
            if json.parent(object) != nil, !Self.containers.contains(name) { owner = -2 }
            let type = WebSchema.name(json.text("@type", object) ?? "")
            if owner > -2, posts.count < Self.most,
                WebSchema.posts.contains(type)
                    || WebSchema.works.contains(type) && WebSchema.answers.contains(where: { json.has($0, object) })
            {
                let above = owner < 0 ? nil : Int(owner)
                owner = Int32(posts.count)
                add(json, object, type, in: above, isAccepted: name == "acceptedAnswer")
            }
            owners.append(owner)
        }
    }

    private mutating func add(_ json: WebJSON, _ object: Int, _ type: String, in parent: Int?, isAccepted: Bool) {
        func text(_ name: String, of object: Int? = object) -> String? {
            guard let object else { return nil }
            let text = json.text(name, object) ?? json.child(name, object).flatMap { json.text("@id", $0) }
            return text.map { WebText.decoded(ArraySlice($0.utf8)) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        func first(_ names: [String]) -> String? { names.lazy.compactMap { text($0) }.first }
        func number(_ name: String) -> Int64? { text(name).flatMap(WebNumber.integer) }
        var post = WebPost()
        post.url = text("url") ?? text("@id")
        post.id = text("identifier")
        post.date = first(WebSchema.date)
        post.editDate = text("dateModified")
        let person = WebSchema.author.lazy.compactMap { json.child($0, object) }.first
        post.author =
            person == nil ? first(WebSchema.author) : text("name", of: person) ?? text("alternateName", of: person)
        post.authorURL = text("url", of: person) ?? text("sameAs", of: person)
        if let body = first(WebSchema.body) { post.body = Self.body(body) }
        post.score = number("upvoteCount")
        post.replyCount = number("answerCount") ?? number("commentCount")
        post.isAccepted = isAccepted
        if WebSchema.openings.contains(type) { post.title = first(WebSchema.title) }
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

    /// Some sites put their HTML into it.
    private static func body(_ text: String) -> WebPost.Body {
        ["</p>", "<br", "</a>", "</div>", "<p>", "</li>"].contains { text.contains($0) } ? .html(text) : .text(text)
    }
}
