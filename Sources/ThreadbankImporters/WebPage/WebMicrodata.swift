// schema.org in the elements of a page: microdata (itemscope, itemprop) and RDFa Lite (typeof, property).

internal import ThreadbankCore

/// The items of one page.
struct WebMicrodata {
    private struct Item {
        var element: Int
        var type: String
        /// The item that it stands in.
        var owner: Int?
        var properties: [(name: String, element: Int)] = []
    }

    private let page: WebPage
    private let propertyName: String
    private var items: [Item] = []
    /// Items by their element.
    private var places: [Int: Int] = [:]

    private init(_ page: WebPage, scope: String, type: String, property: String) {
        self.page = page
        propertyName = property
        var open: [Int] = []
        for element in page.elements.indices {
            while let last = open.last, !page.isInside(element, items[last].element) { open.removeLast() }
            let entry = page.elements[element]
            // Most tags are too short to hold either.
            guard entry.start - entry.tag > 12 else { continue }
            if let names = page.attribute(property, of: element), let last = open.last {
                for name in names.split(separator: " ") { items[last].properties.append((WebSchema.name(String(name)), element)) }
            }
            guard page.attribute(scope, of: element) != nil else { continue }
            let kind = page.attribute(type, of: element).map(WebSchema.name) ?? ""
            places[element] = items.count
            items.append(Item(element: element, type: kind, owner: open.last))
            open.append(items.count - 1)
        }
    }

    /// The posts that a page tells so; nil where it tells none.
    static func read(_ page: WebPage) -> WebReading? {
        let microdata = WebMicrodata(page, scope: "itemscope", type: "itemtype", property: "itemprop")
        return microdata.reading() ?? WebMicrodata(page, scope: "typeof", type: "typeof", property: "property").reading()
    }

    private func reading() -> WebReading? {
        guard items.contains(where: { WebSchema.posts.contains($0.type) }) else { return nil }
        let found = items.indices.filter { WebSchema.posts.contains(items[$0].type) || WebSchema.works.contains(items[$0].type) }
        let blocks = WebBlock.nesting(found.map { items[$0].element }, page)
        var order: [Int: Int] = [:]
        for (place, item) in found.enumerated() { order[item] = place }
        var posts: [WebPost] = []
        for (block, item) in zip(blocks, found) {
            var post = self.post(items[item], block)
            var owner = items[item].owner
            while let above = owner, order[above] == nil { owner = items[above].owner }
            if let above = owner, let place = order[above] {
                post.parent = WebSchema.parent(place, of: items[above].type)
                post.isAccepted = page.attribute(propertyName, of: items[item].element)?.contains("acceptedAnswer") ?? false
            } else if !WebSchema.openings.contains(items[item].type) {
                post.parent = .opening
            } else {
                post.isOpening = true
            }
            posts.append(post)
        }
        return WebSchema.reading(posts, found.map { items[$0].type }, title: nil)
    }

    private func post(_ item: Item, _ block: WebBlock) -> WebPost {
        var post = WebPost()
        post.id = page.attribute("id", of: item.element) ?? text(item, ["identifier"])
        post.url = text(item, ["url", "mainEntityOfPage"])
        post.date = text(item, WebSchema.date)
        post.editDate = text(item, ["dateModified"])
        if WebSchema.openings.contains(item.type) { post.title = text(item, WebSchema.title) }
        post.score = text(item, ["upvoteCount"]).flatMap(WebNumber.integer)
        post.replyCount = text(item, ["answerCount", "commentCount"]).flatMap(WebNumber.integer)
        if let author = first(item, WebSchema.author) {
            if let person = places[author].map({ items[$0] }) {
                post.author = text(person, ["name", "alternateName"]) ?? nonEmpty(page.text(author))
                post.authorURL = text(person, ["url", "sameAs"])
            } else {
                post.author = value(author)
            }
        }
        if let body = WebSchema.body.lazy.compactMap({ name in element(item, name, withText: true) }).first {
            if let content = page.attribute("content", of: body) {
                post.body = .text(content)
            } else {
                let inside = page.descendants(of: body)
                let quotes = WebQuotes(page, in: inside)
                post.body = .html(
                    page.markup(page.content(body), without: block.inner.filter { inside.contains($0) }, quotes.edits))
                post.quotes = quotes.names
            }
        }
        return post
    }

    // MARK: Properties

    private func first(_ item: Item, _ names: [String]) -> Int? {
        for name in names { if let element = element(item, name) { return element } }
        return nil
    }

    private func element(_ item: Item, _ name: String, withText: Bool = false) -> Int? {
        item.properties.first { property in
            property.name == name
                && (!withText || page.textLength(property.element) > 0
                    || page.attribute("content", of: property.element) != nil)
        }?.element
    }

    private func text(_ item: Item, _ names: [String]) -> String? {
        for name in names {
            for property in item.properties where property.name == name {
                if let value = value(property.element) { return value }
            }
        }
        return nil
    }

    private func value(_ element: Int) -> String? {
        for name in ["content", "datetime", "href", "src"] {
            if let value = page.attribute(name, of: element), !value.isEmpty { return value }
        }
        return nonEmpty(page.text(element))
    }

    private func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
