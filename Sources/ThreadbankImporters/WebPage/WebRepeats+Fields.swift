// The fields of a post in a block of no known layout: its name, its id, its text.

internal import ThreadbankCore

extension WebRepeats {
    /// The name in a block: of the first element that is for names, else what stands beside the date in its line, else of the first
    /// link to somebody's page.
    func author(_ block: WebBlock) -> String? { byline(block)?.name }

    /// The name, and the element that says it where that is not the line of the date.
    private func byline(_ block: WebBlock) -> (name: String, element: Int?)? {
        let names = own(authorElements, block)
        func first(_ elements: [Int]) -> (String, Int?)? {
            elements.lazy.compactMap { element in self.name(element).map { ($0, element) } }.first
        }
        if let found = first(names.filter { isForNames($0) }) { return found }
        if let date = own(dateElements, block).first {
            let line = page.text(date, limit: 2000)
            let others = Self.segments(line).filter { dates.time($0) == nil && !$0.hasPrefix("#") && Int($0) == nil }
            if others.count == 1, (1...50).contains(others[0].count) { return (others[0], nil) }
        }
        return first(names)
    }

    private func name(_ element: Int) -> String? {
        let text = WebText.trimmed(page.text(element, limit: 2000))
        guard (1...50).contains(text.count), dates.time(text) == nil else { return nil }
        return text.hasPrefix("by ") ? String(text.dropFirst(3)) : text
    }

    func post(_ block: WebBlock) -> WebPost {
        var post = WebPost()
        let byline = byline(block)
        post.author = byline?.name
        let headers = own(dateElements, block)
        post.date = headers.first.flatMap { dateTexts[$0] }
        post.id = id(block, headers.first)
        // What said the name goes with the head of the post. Other links to people stand in what it says.
        let (scope, cuts) = body(block, marks: Array(headers.prefix(1)) + [byline?.element].compactMap(\.self))
        // A heading above the name and the date is the post's title.
        let head = cuts.last { cut in headers.contains { page.isInside($0, cut) } } ?? scope
        let titles = children(scope).filter { $0 < head && Self.headings.contains(page.elements[$0].name) }
        post.title = titles.first.map { WebText.trimmed(page.text($0).filter { $0 != "¶" }) }
        let quotes = WebQuotes(page, in: page.descendants(of: scope))
        post.body = .html(page.markup(page.content(scope), without: (cuts + titles).sorted(), quotes.edits))
        post.quotes = quotes.names
        return post
    }

    private func id(_ block: WebBlock, _ header: Int?) -> String? {
        for name in ["id", "data-id", "data-post-id", "data-comment-id"] {
            if let id = page.attribute(name, of: block.element), id.contains(where: \.isNumber) { return id }
        }
        if let header, let part = Self.segments(page.text(header, limit: 2000)).first(where: { $0.hasPrefix("#") }),
            Int(part.dropFirst()) != nil
        {
            return String(part.dropFirst())
        }
        return nil
    }

    /// The element that holds the text, and what in it belongs to the head of the post or to others.
    private func body(_ block: WebBlock, marks: [Int]) -> (scope: Int, cuts: [Int]) {
        var scope = block.element
        for _ in 0..<WebPage.farthest {
            let whole = ownText(scope, block)
            guard
                let richer = children(scope).first(where: { child in
                    marks.contains { page.isInside($0, child) } && !marks.contains(child)
                        && ownText(child, block) * 5 >= whole * 3
                        && children(child).count > 0 && ownText(child, block) > Self.longestHeader
                })
            else { break }
            scope = richer
        }
        var cuts = block.inner.filter { page.isInside($0, scope) }
        cuts += children(scope).filter { child in
            marks.contains { page.isInside($0, child) } || Self.chrome.contains(page.elements[child].name)
                || Self.chromeClasses.contains { page.hasClass($0, child) } || isChrome(child)
                // The letter that stands for a picture.
                || isLetter(child) && marks.contains { child < $0 }
        }
        return (scope, cuts.sorted())
    }

    private func isLetter(_ element: Int) -> Bool {
        page.textLength(element) < 80 && page.text(element, limit: 1000).count == 1
    }

    /// `comment__footer`, `post-avatar`
    private func isChrome(_ element: Int) -> Bool {
        page.classes(element).split(separator: " ").contains { name in
            Self.chromeEndings.contains { name.hasSuffix("_\($0)") || name.hasSuffix("-\($0)") }
        }
    }

    private func ownText(_ element: Int, _ block: WebBlock) -> Int {
        page.textLength(element)
            - block.inner.reduce(0) { page.isInside($1, element) ? $0 + page.textLength($1) : $0 }
    }

    private func children(_ element: Int) -> [Int] {
        var found: [Int] = []
        var place = element + 1
        while place < Int(page.elements[element].end), found.count < 2000 {
            found.append(place)
            place = Int(page.elements[place].end)
        }
        return found
    }

    private static let chromeEndings = ["footer", "signature", "avatar", "actions", "controls", "buttons"]
    private static let headings = WebName.set("h1 h2 h3 h4 h5 h6")
    private static let chrome = WebName.set("form nav button footer")
    private static let chromeClasses = [
        "links", "buttons", "actions", "controls", "signature", "reply", "avatar", "picture", "footer",
    ]
}
