// Where in a post's block, or on its page, a field stands.

/// One place of a field: an element and what of it counts. Layouts list several, of which the first that gives something is taken.
struct WebPick: Sendable {
    private enum Place: Sendable { case own, inside, before, page }

    private var place: Place
    private var selector: WebSelector
    private var attribute: String?
    private var isLast = false
    private var start: String?
    private var stops: [String] = []
    private var isNumber = false

    private init(_ place: Place, _ selector: WebSelector, attribute: String? = nil) {
        (self.place, self.selector, self.attribute) = (place, selector, attribute)
    }

    // MARK: Making

    /// The text of the first element in the block that the selector finds.
    static func text(_ selector: WebSelector) -> Self { Self(.inside, selector) }
    /// An attribute of that element.
    static func attribute(_ name: String, of selector: WebSelector) -> Self { Self(.inside, selector, attribute: name) }
    /// An attribute of the block itself.
    static func own(_ name: String) -> Self { Self(.own, "", attribute: name) }
    /// An attribute of the nearest element before the block.
    static func before(_ name: String, of selector: WebSelector) -> Self { Self(.before, selector, attribute: name) }
    /// An attribute of, or without a name the text of, the first such element on the page.
    static func page(_ name: String? = nil, of selector: WebSelector) -> Self { Self(.page, selector, attribute: name) }

    /// The last such element in the block instead of the first.
    var last: Self { changed { $0.isLast = true } }
    /// Only what stands behind the first `text`; nothing where it is not there.
    func after(_ text: String) -> Self { changed { $0.start = text } }
    /// Only what stands before the last `text`, or all where it is not there.
    func upTo(_ text: String) -> Self { changed { $0.stops.append(text) } }
    /// Only the first run of digits.
    var number: Self { changed { $0.isNumber = true } }

    private func changed(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    // MARK: Finding

    /// Calls `body` with each element that it may mean until it says false. `block` gives the elements of a post's block without
    /// those of the posts in it.
    private func forEach(_ page: WebPage, _ block: WebBlock, _ body: (Int) -> Bool) {
        switch place {
        case .own: _ = body(block.element)
        case .page: for element in page.elements.indices where selector.matches(page, element) && !body(element) { return }
        case .before:
            for element in stride(from: block.element - 1, to: max(-1, block.element - WebPage.farthest), by: -1)
            where selector.matches(page, element) && !body(element) { return }
        case .inside: block.forEach(page) { !selector.matches(page, $0) || body($0) }
        }
    }

    /// The element that it means.
    func element(_ page: WebPage, _ block: WebBlock) -> Int? {
        var found: Int?
        forEach(page, block) { element in
            found = element
            return isLast
        }
        return found
    }

    /// What it gives: of the first element that gives anything, or of the last; nil for nothing, and for blanks.
    func value(_ page: WebPage, _ block: WebBlock) -> String? {
        var found: String?
        forEach(page, block) { element in
            guard let text = attribute.map({ page.attribute($0, of: element) }) ?? page.text(element, limit: 1 << 14),
                let value = part(of: text)
            else { return true }
            found = value
            return isLast
        }
        return found
    }

    private func part(of text: String) -> String? {
        var text = text
        if let start {
            guard let found = text.firstRange(of: start) else { return nil }
            text = String(text[found.upperBound...])
        }
        for stop in stops { if let found = text.ranges(of: stop).last { text = String(text[..<found.lowerBound]) } }
        if isNumber {
            let digits = text.drop { !($0.isASCII && $0.isNumber) }.prefix { $0.isASCII && $0.isNumber }
            return digits.isEmpty || digits.utf8.count > 18 ? nil : String(digits)
        }
        text = WebText.trimmed(text)
        return text.isEmpty ? nil : text
    }
}

extension [WebPick] {
    func value(_ page: WebPage, _ block: WebBlock) -> String? {
        for pick in self { if let value = pick.value(page, block) { return value } }
        return nil
    }

    func element(_ page: WebPage, _ block: WebBlock) -> Int? {
        for pick in self { if let element = pick.element(page, block) { return element } }
        return nil
    }
}

/// The elements of one post: those in its block, but not those of the posts that stand in it.
struct WebBlock {
    /// The outermost element.
    let element: Int
    /// The outermost elements of posts within, in order.
    var inner: [Int] = []

    /// Calls `body` with each element until it says false, the outermost first.
    func forEach(_ page: WebPage, _ body: (Int) -> Bool) {
        var next = inner[...]
        var place = element
        let end = Int(page.elements[element].end)
        while place < end {
            if place == next.first {
                place = Int(page.elements[place].end)
                while let first = next.first, first < place { next = next.dropFirst() }
                continue
            }
            guard body(place) else { return }
            place += 1
        }
    }
}
