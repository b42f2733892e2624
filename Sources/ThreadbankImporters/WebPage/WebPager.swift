// Which page of its topic a page is, so that of all the pages of a topic only its first one says which post opens it.

internal import ThreadbankCore

/// What a page shows of the other pages of its topic.
struct WebPager {
    /// Whether it is the topic's first page, as far as anything tells: where nothing does, it is the only one.
    let isFirst: Bool
    /// Whether it is the topic's only page.
    let isOnly: Bool

    init(_ page: WebPage, _ reading: WebReading, _ head: WebHead) {
        var linked: Set<Int> = []
        for anchor in page.all("a[href]").prefix(Self.mostLinks) where page.textLength(anchor) <= 3 {
            guard let number = Int(page.text(anchor, limit: 500)), (1...2).contains(number),
                let href = page.attribute("href", of: anchor), Self.isOfTopic(href, reading, head)
            else { continue }
            linked.insert(number)
        }
        isOnly = linked.isEmpty && reading.pageNumber ?? 1 == 1 && !(head.address?.isLaterPage ?? false)
        if let number = reading.pageNumber {
            isFirst = number == 1
        } else if head.address?.isLaterPage == true {
            isFirst = false
        } else if let isOpening = reading.beginsWithOpening {
            isFirst = isOpening
        } else {
            // A page links to its first one but where it is that itself.
            isFirst = !linked.contains(1) && page.first("link[rel=prev], a[rel=prev]") == nil
        }
    }

    private static let mostLinks = 20_000

    private static func isOfTopic(_ href: String, _ reading: WebReading, _ head: WebHead) -> Bool {
        if let address = head.address, WebAddress(href, on: address)?.topic == address.topic { return true }
        guard let thread = reading.thread, !thread.isEmpty, thread.allSatisfy(\.isNumber) else { return false }
        return href.split { !$0.isNumber }.contains { $0 == thread }
    }
}

extension WebReading {
    /// Marks the post that opens the topic, where the page shows it and nothing on it marks it; takes away what a later page marks.
    mutating func markOpening(_ pager: WebPager) {
        guard !isOpeningStated, kind != "discourse", !posts.isEmpty else { return }
        guard pager.isFirst else {
            for place in posts.indices where posts[place].isOpening {
                posts[place].isOpening = false
                if posts[place].parent == .none { posts[place].parent = .opening }
            }
            return
        }
        guard kind != "html", !posts.contains(where: \.isOpening) else { return }
        // Posts may be shown from the last to the first: then the opening post has the smallest number, if all of them are here.
        let numbers = posts.compactMap { $0.id.flatMap { Int64($0) } }
        let first = numbers.count == posts.count ? numbers.indices.min { numbers[$0] < numbers[$1] } ?? 0 : 0
        guard first == 0 || pager.isOnly else { return }
        posts[first].isOpening = true
        if posts[first].parent == .opening { posts[first].parent = .none }
    }
}
