// Reading of pages of no known layout: the block that repeats, and holds a name, a date and a text.

internal import ThreadbankCore

/// Finds the blocks of posts on any page.
///
/// Elements of one name and class are candidates for blocks. Of those whose members nearly all hold a date and a name, and not many of
/// either, the ones with most text are the posts. What is set in below another answers it.
struct WebRepeats {
    private let page: WebPage
    private let dates: WebDates
    /// The innermost elements that say a date, and those that name somebody, in order.
    private var dateElements: [Int] = []
    private var authorElements: [Int] = []
    private var dateTexts: [Int: String] = [:]

    private let isForum: Bool

    private init(_ page: WebPage, _ head: WebHead) {
        self.page = page
        isForum = head.isForum
        // Ages mark posts also where they give no date, and so do dates of which nobody knows which number is the day.
        dates = WebDates(capturedAt: head.capturedAt ?? 0, isDayFirst: true)
        find()
    }

    static func read(_ page: WebPage, _ head: WebHead) -> WebReading? {
        let repeats = WebRepeats(page, head)
        guard let best = repeats.best() else { return nil }
        var reading = WebReading(kind: "html")
        let names = repeats.page.classes(best[0].element).lowercased()
        // A list of comments stands below something that is no comment.
        let opens = !["comment", "reply", "answer", "response"].contains { names.contains($0) }
        var open: [Int] = []
        for (place, block) in best.enumerated() {
            var post = repeats.post(block)
            while let last = open.last, !page.isInside(block.element, best[last].element) { open.removeLast() }
            if let above = open.last {
                post.parent = .place(above, .indent, 0.9, "it stands within that post’s block")
            } else if place == 0, opens {
                post.isOpening = true
            } else {
                post.parent = .opening
            }
            open.append(place)
            reading.posts.append(post)
        }
        return reading
    }

    // MARK: Marks of posts

    private static let mostLooked = 200_000
    private static let longestHeader = 160

    private mutating func find() {
        var looked = 0
        // Descendants first: the innermost element counts.
        var lastDate = Int.max
        var lastAuthor = Int.max
        for element in page.elements.indices.reversed() {
            let length = page.textLength(element)
            let range = page.content(element)
            let isTime = page.elements[element].name == Self.time
            guard length > 1 || isTime, length <= Self.longestHeader, range.count < 2000, looked < Self.mostLooked,
                !Self.unread.contains(page.elements[element].name)
            else { continue }
            looked += 1
            if !page.isInside(lastDate, element), let text = dateText(element) {
                dateElements.append(element)
                dateTexts[element] = text
                lastDate = element
            }
            if length <= 60, !page.isInside(lastAuthor, element), lastDate != element, isAuthor(element) {
                authorElements.append(element)
                lastAuthor = element
            }
        }
        dateElements.reverse()
        authorElements.reverse()
    }

    private func dateText(_ element: Int) -> String? {
        if let stated = page.attribute("datetime", of: element), dates.time(stated) != nil { return stated }
        let text = page.text(element, limit: 2000)
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        if let part = Self.segments(text).first(where: { dates.time($0) != nil }) { return part }
        return dates.time(text) == nil ? nil : text
    }

    /// The parts of a header line.
    private static func segments(_ text: String) -> [String] {
        var parts = [text]
        for mark in [" - ", " | ", " · ", " • ", " » ", " — ", " – "] { parts = parts.flatMap { $0.components(mark) } }
        return parts.map { WebText.trimmed($0) }.filter { !$0.isEmpty }
    }

    private func isAuthor(_ element: Int) -> Bool {
        if isForNames(element) { return true }
        guard page.elements[element].name == Self.anchor, let href = page.attribute("href", of: element)?.lowercased() else {
            return false
        }
        return Self.profiles.contains { href.contains($0) }
    }

    private func isForNames(_ element: Int) -> Bool {
        let classes = (page.classes(element) + " " + (page.attribute("rel", of: element) ?? "")).lowercased()
        return Self.authorWords.contains { classes.contains($0) } || classes.split(separator: " ").contains("fn")
    }

    private static let time = WebName.hash("time")
    private static let anchor = WebName.hash("a")
    private static let unread = WebName.set("script style title textarea option select noscript template svg button code pre")
    private static let authorWords = ["author", "user", "poster", "nick", "byline", "creator", "member"]
    private static let profiles = [
        "/user/", "/users/", "/u/", "/~", "/@", "/member", "/profile", "author=", "showuser=", "mode=viewprofile", "/people/",
        "user.php",
    ]

    // MARK: Blocks

    /// The blocks of the posts, in order; nil where nothing repeats that looks like posts.
    private func best() -> [WebBlock]? {
        guard dateElements.count > 1 || isForum && !dateElements.isEmpty else { return nil }
        var groups: [UInt64: [Int]] = [:]
        for element in page.elements.indices where page.textLength(element) > 8 {
            groups[signature(element), default: []].append(element)
        }
        var best: (blocks: [WebBlock], weight: Int)?
        for key in groups.keys.sorted() {
            guard let members = groups[key], members.count > 1 || isForum && isPost(members[0]) else { continue }
            let blocks = WebBlock.nesting(members, page)
            guard let weight = weight(blocks) else { continue }
            if best.map({ weight > $0.weight || weight == $0.weight && members[0] < $0.blocks[0].element }) ?? true {
                best = (blocks, weight)
            }
        }
        return best?.blocks
    }

    /// Whether one block by itself is that of a post, by its class.
    private func isPost(_ element: Int) -> Bool {
        page.classes(element).lowercased().split(separator: " ").contains { ["post", "message", "comment"].contains($0) }
    }

    /// The name, and the first class that bears no number; of elements without a class the siblings are alike.
    private func signature(_ element: Int) -> UInt64 {
        let name = page.elements[element].name
        let classes = page.classes(element).split { $0 == " " || $0 == "\n" || $0 == "\t" }
        guard let first = classes.first(where: { !$0.contains(where: \.isNumber) }) else {
            return name &* 31 &+ UInt64(page.elements[element].parent + 2)
        }
        return name ^ WebName.hash(first.utf8)
    }

    /// How much text the blocks hold, where four in five of them hold a date and a name of their own, and no more than three of a kind.
    private func weight(_ blocks: [WebBlock]) -> Int? {
        var (whole, texts, dates) = (0, 0, 0)
        for block in blocks {
            let count = own(dateElements, block).count
            dates += count
            if count > 0, author(block) != nil { whole += 1 }
            texts += page.textLength(block.element) - block.inner.reduce(0) { $0 + page.textLength($1) }
        }
        guard whole > (isForum ? 0 : 1), whole * 5 >= blocks.count * 4, dates <= blocks.count * 3, texts > blocks.count * 20
        else { return nil }
        return texts
    }

    /// Those of the elements that stand in a block and in none within it.
    private func own(_ elements: [Int], _ block: WebBlock) -> [Int] {
        let end = Int(page.elements[block.element].end)
        var place = Self.lowerBound(elements, block.element)
        var inner = block.inner[...]
        var found: [Int] = []
        while place < elements.count, elements[place] < end, found.count < 16 {
            let element = elements[place]
            while let first = inner.first, Int(page.elements[first].end) <= element { inner = inner.dropFirst() }
            if let first = inner.first, page.isInside(element, first) {
                place = Self.lowerBound(elements, Int(page.elements[first].end))
                continue
            }
            found.append(element)
            place += 1
        }
        return found
    }

    private static func lowerBound(_ elements: [Int], _ value: Int) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Fields

    /// The name in a block: of the first element that is for names, else what stands beside the date in its line, else of the first
    /// link to somebody's page.
    private func author(_ block: WebBlock) -> String? {
        let names = own(authorElements, block)
        if let name = names.lazy.filter({ isForNames($0) }).compactMap({ name($0) }).first { return name }
        if let date = own(dateElements, block).first {
            let line = page.text(date, limit: 2000)
            let others = Self.segments(line).filter { dates.time($0) == nil && !$0.hasPrefix("#") && Int($0) == nil }
            if others.count == 1, (1...50).contains(others[0].count) { return others[0] }
        }
        return names.lazy.compactMap { name($0) }.first
    }

    private func name(_ element: Int) -> String? {
        let text = WebText.trimmed(page.text(element, limit: 2000))
        guard (1...50).contains(text.count), dates.time(text) == nil else { return nil }
        return text.hasPrefix("by ") ? String(text.dropFirst(3)) : text
    }

    private func post(_ block: WebBlock) -> WebPost {
        var post = WebPost()
        post.author = author(block)
        let headers = own(dateElements, block)
        post.date = headers.first.flatMap { dateTexts[$0] }
        post.id = id(block, headers.first)
        let names = own(authorElements, block).prefix(1)
        let (scope, cuts) = body(block, marks: Array(headers.prefix(1)) + names)
        post.body = .html(page.markup(page.content(scope), without: cuts))
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
                || Self.chromeClasses.contains { page.hasClass($0, child) }
        }
        return (scope, cuts.sorted())
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

    private static let chrome = WebName.set("form nav button footer")
    private static let chromeClasses = [
        "links", "buttons", "actions", "controls", "signature", "reply", "avatar", "picture", "footer",
    ]
}

extension String {
    /// The parts between a mark.
    fileprivate func components(_ mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: true).map(String.init)
    }
}
