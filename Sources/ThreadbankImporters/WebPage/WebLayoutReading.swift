// Reading of a page by the description of its layout.

internal import ThreadbankCore

extension WebLayout {
    /// What the page says, read by this layout; nil where it is no page of it.
    func read(_ page: WebPage) -> WebReading? {
        guard page.first(marks) != nil else { return nil }
        let blocks = self.blocks(page)
        guard let first = blocks.first else { return nil }
        var reading = WebReading(kind: kind)
        reading.isTyped = isTyped
        let whole = WebBlock(element: first.element)
        reading.thread = thread.value(page, whole)
        reading.title = pageTitle.value(page, whole)
        reading.forum = forum.value(page, whole)
        reading.pageNumber = pageNumber.value(page, whole).flatMap { Int($0) }
        reading.beginsWithOpening = ordinal.value(page, first).flatMap(WebNumber.integer).map { $0 == firstOrdinal }
        reading.isOpeningStated = opening != nil
        reading.posts = blocks.map { post(page, $0, topic: reading.thread) }
        hang(page, blocks, &reading.posts)
        return reading
    }

    /// The blocks of all posts in the page's order, each with the blocks that stand in it.
    private func blocks(_ page: WebPage) -> [WebBlock] {
        var found = page.all(post)
        if let climb {
            found = found.compactMap { page.ancestor(of: $0, named: climb) }
            found = Set(found).sorted()
        }
        return WebBlock.nesting(found, page)
    }

    private func post(_ page: WebPage, _ block: WebBlock, topic: String?) -> WebPost {
        var post = WebPost()
        post.id = id.value(page, block)
        post.otherID = otherID.value(page, block)
        post.author = author.value(page, block)
        post.authorKey = authorKey.value(page, block)
        post.authorURL = authorURL.value(page, block)
        post.date = date.value(page, block)
        post.editDate = editDate.value(page, block)
        post.title = title.value(page, block)
        post.url = url.value(page, block)
        post.link = link.value(page, block)
        post.score = score.value(page, block).flatMap(WebNumber.integer)
        post.replyCount = replyCount.value(page, block).flatMap(WebNumber.integer)
        post.isOpening = opening?.matches(page, block.element) ?? false
        func shows(_ selector: WebSelector?) -> Bool {
            guard let selector else { return false }
            var isThere = false
            block.forEach(page) { element in
                isThere = selector.matches(page, element)
                return !isThere
            }
            return isThere
        }
        post.isAccepted = shows(accepted)
        if shows(removed) { post.state = .removed } else if shows(deleted) { post.state = .deleted }
        guard var element = body.element(page, block) else { return post }
        if let bodyClimb { element = page.ancestor(of: element, named: bodyClimb) ?? element }
        let inside = page.descendants(of: element)
        var cuts = block.inner.filter { inside.contains($0) }
        if let cut { cuts += page.all(cut, in: inside) }
        let quotes = WebQuotes(page, in: inside)
        post.body = .html(page.markup(page.content(element), without: Self.outermost(cuts.sorted(), page), quotes.edits))
        if let quote {
            let found = page.all(quote.selector, in: inside).prefix(100).filter { element in
                quoteThread.flatMap { page.attribute($0, of: element) }.map { topic?.hasSuffix($0) ?? false } ?? true
            }
            post.quotes = found.compactMap { page.attribute(quote.attribute, of: $0) }
        }
        if post.quotes.isEmpty, case .flat = depth { post.quotes = quotes.names }
        return post
    }

    private static func outermost(_ elements: [Int], _ page: WebPage) -> [Int] {
        var kept: [Int] = []
        for element in elements where kept.last.map({ !page.isInside(element, $0) }) ?? true { kept.append(element) }
        return kept
    }

    // MARK: Answers

    private func hang(_ page: WebPage, _ blocks: [WebBlock], _ posts: inout [WebPost]) {
        let depths = depths(page, blocks)
        let basis = isDepthStated ? ReplyBasis.native : .indent
        let opening = posts.firstIndex(where: \.isOpening)
        // The last post of each depth.
        var last: [Int] = []
        for place in posts.indices {
            if let id = parent.value(page, blocks[place]).map(Self.identifier) {
                posts[place].parent = .id(id, .native, 1, nil)
            } else if !posts[place].isOpening {
                posts[place].parent = .opening
            }
            guard !posts[place].isOpening else { continue }
            if let depths {
                let depth = max(0, min(depths[place], last.count))
                last.removeSubrange(depth...)
                if case .id = posts[place].parent {
                } else if depth > 0 {
                    posts[place].parent = .place(last[depth - 1], basis, 0.9, isDepthStated ? nil : "it is set in below it")
                } else if isDepthStated, let opening {
                    posts[place].parent = .place(opening, .native, 1, nil)
                }
                last.append(place)
            }
        }
    }

    /// What a link's or an attribute's value names: `#123`, `t1_abc`, `item?id=123`, `post: 123`.
    static func identifier(_ value: String) -> String {
        String(value.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.reversed())
    }

    /// nil where all posts stand at one depth.
    private func depths(_ page: WebPage, _ blocks: [WebBlock]) -> [Int]? {
        switch depth {
        case .flat: return nil
        case .nested:
            var open: [Int] = []
            return blocks.map { block in
                while let last = open.last, !page.isInside(block.element, last) { open.removeLast() }
                defer { open.append(block.element) }
                return open.count
            }
        case .wrapped(let selector):
            // Counted once for each element, from the page's start on.
            var open: [Int] = []
            var depths: [Int] = []
            var next = blocks[...]
            for element in page.elements.indices {
                while let last = open.last, !page.isInside(element, last) { open.removeLast() }
                if element == next.first?.element {
                    depths.append(open.count)
                    next = next.dropFirst()
                }
                if selector.matches(page, element) { open.append(element) }
            }
            // Where none is set in, the page may as well be a flat list.
            return depths.contains { $0 > 0 } ? depths : nil
        case .number(let picks, let step):
            return blocks.map { picks.value(page, $0).flatMap { Int($0) }.map { max(0, $0) / step } ?? 0 }
        }
    }
}

extension WebBlock {
    /// Blocks of these elements, which are given in order, each with the nearest ones in it.
    static func nesting(_ elements: [Int], _ page: WebPage) -> [WebBlock] {
        var blocks = elements.map { WebBlock(element: $0) }
        var open: [Int] = []
        for place in blocks.indices {
            while let last = open.last, !page.isInside(blocks[place].element, blocks[last].element) { open.removeLast() }
            if let last = open.last { blocks[last].inner.append(blocks[place].element) }
            open.append(place)
        }
        return blocks
    }
}

/// Numbers as pages write them.
enum WebNumber {
    /// `1,234 points`, `-3`, `1.2k`; nil where there is no number.
    static func integer(_ text: String) -> Int64? {
        let rest = text.drop { !($0.isASCII && $0.isNumber) && $0 != "-" && $0 != "−" }
        let isNegative = rest.first == "-" || rest.first == "−"
        let body = rest.dropFirst(isNegative ? 1 : 0)
        let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }
        let isThousands = body.dropFirst(digits.count).first?.lowercased() == "k"
        let plain = digits.filter { $0 != "," }
        guard let number = isThousands ? Double(plain).map({ ($0 * 1000).rounded() }) : Double(plain.filter { $0 != "." }),
            number < 1e15
        else { return nil }
        return Int64(isNegative ? -number : number)
    }
}
