// Reading of pages of no known layout: the block that repeats, and holds a name, a date and a text.

internal import ThreadbankCore

/// Finds the blocks of posts on any page.
///
/// Elements of one name and class are candidates for blocks. Of those whose members nearly all hold a date and a name, and not many of
/// either, the ones with most text are the posts. What is set in below another answers it.
struct WebRepeats {
    let page: WebPage
    let dates: WebDates
    /// The innermost elements that say a date, and those that name somebody, in order.
    private(set) var dateElements: [Int] = []
    private(set) var authorElements: [Int] = []
    private(set) var dateTexts: [Int: String] = [:]

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
    static let longestHeader = 160

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
        // Beside "3 hours ago" or "1 Jan '20" the whole date may stand in what is shown on pointing at it.
        if let title = page.attribute("title", of: element), title.utf8.count < 80, let time = dates.time(title),
            time.inference == nil
        {
            return title
        }
        let text = page.text(element, limit: 2000)
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        if let part = Self.segments(text).first(where: { dates.time($0) != nil }) { return part }
        return dates.time(text) == nil ? nil : text
    }

    /// The parts of a header line.
    static func segments(_ text: String) -> [String] {
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

    func isForNames(_ element: Int) -> Bool {
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
            var blocks = WebBlock.nesting(members, page)
            // The last post of a page that breaks off may lack what the others have.
            if page.isCutOff, let last = blocks.last, own(dateElements, last).isEmpty || author(last) == nil {
                blocks.removeLast()
                for place in blocks.indices { blocks[place].inner.removeAll { $0 == last.element } }
            }
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
    func own(_ elements: [Int], _ block: WebBlock) -> [Int] {
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
}

extension String {
    /// The parts between a mark.
    fileprivate func components(_ mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: true).map(String.init)
    }
}
