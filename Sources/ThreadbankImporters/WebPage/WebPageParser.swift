// From the bytes of a page to its elements: one pass, without recursion, whatever is unclosed or crossed.

/// Finds the elements of a page. Elements that HTML lets open end where it says; end tags of what is not open mean nothing.
///
/// Time grows with the bytes, whatever they are: an end tag looks only so far for its element, and what never ends is looked for once.
struct WebPageParser {
    private let html: [UInt8]
    private(set) var elements: [WebPage.Element] = []
    private(set) var comments: [Range<Int>] = []
    private(set) var isTooLong = false
    /// Whether the document begins and never ends.
    var isCutOff: Bool { hasDocument && !hasDocumentEnd }
    private var hasDocument = false
    private var hasDocumentEnd = false

    private var position = 0
    private var text: Int32 = 0
    private var stack: [Int] = []
    private var openCount: [UInt64: Int] = [:]
    /// Raw elements and comments of which no end comes any more.
    private var endless: Set<UInt64> = []
    private var hasNoTagEnd = false
    private var hasOpenQuote = false

    private static let mostElements = 2_000_000
    private static let mostComments = 10_000

    init(_ html: [UInt8]) { self.html = html }

    mutating func run() {
        elements.reserveCapacity(html.count / 40)
        while position < html.count {
            guard let next = html[position...].firstIndex(of: UInt8(ascii: "<")) else { break }
            addText(next - position)
            position = next
            if elements.count >= Self.mostElements {
                isTooLong = true
                break
            }
            markup()
        }
        addText(html.count - position)
        let end = isTooLong ? position : html.count
        while !stack.isEmpty { closeLast(at: end) }
    }

    private func byte(_ place: Int) -> UInt8 { place < html.count ? html[place] : 0 }
    private mutating func addText(_ count: Int) { text = text.addingReportingOverflow(Int32(clamping: count)).partialValue }

    private mutating func markup() {
        let next = byte(position + 1)
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return declaration() }
        let isEnd = next == UInt8(ascii: "/")
        let first = byte(position + (isEnd ? 2 : 1)) | 0x20
        guard (0x61...0x7A).contains(first), !hasNoTagEnd else {
            addText(1)
            position += 1
            return
        }
        if isEnd { endTag() } else { startTag() }
    }

    private mutating func declaration() {
        if html[position...].starts(with: "<!--".utf8) {
            let start = position + 4
            if let end = find("-->", from: start) {
                if comments.count < Self.mostComments { comments.append(start..<end) }
                position = end + 3
                return
            }
        } else if let end = find(">", from: position) {
            position = end + 1
            return
        }
        addText(2)
        position += 2
    }

    /// The first place of a text; nil where it does not come any more.
    private mutating func find(_ mark: String, from start: Int) -> Int? {
        let key = WebName.hash(mark)
        if endless.contains(key) { return nil }
        var place = start
        while let found = html[min(place, html.count)...].firstIndex(of: mark.utf8.first ?? 0) {
            if html[found...].starts(with: mark.utf8) { return found }
            place = found + 1
        }
        endless.insert(key)
        return nil
    }

    private func nameEnd(_ start: Int) -> Int {
        var place = start
        while place < html.count, place - start < 64, html[place] > 0x20, !"/><".utf8.contains(html[place]) { place += 1 }
        return place
    }

    // MARK: Tags

    /// The place behind a tag. Once a quote in one never ended, tags end at their first `>`.
    private mutating func tagEnd(_ start: Int) -> Int? {
        if !hasOpenQuote, let end = WebAttributes.tagEnd(in: html, from: start) { return end }
        hasOpenQuote = true
        return find(">", from: start).map { $0 + 1 }
    }

    private mutating func startTag() {
        let start = position
        let nameStop = nameEnd(start + 1)
        guard let tag = tagEnd(nameStop) else {
            hasNoTagEnd = true
            addText(1)
            position += 1
            return
        }
        let name = WebName.hash(html[start + 1..<nameStop])
        closeImplied(by: name)
        if Self.documents.contains(name) { hasDocument = true }
        var element = WebPage.Element(
            name: name, parent: Int32(stack.last ?? -1), end: Int32(elements.count + 1), tag: Int32(start), start: Int32(tag),
            stop: Int32(tag), textStart: text, textStop: text)
        if tag - nameStop > 7, let value = WebAttributes.value(of: "class", in: html, nameStop..<tag) {
            (element.classStart, element.classStop) = (Int32(value.lowerBound), Int32(value.upperBound))
        }
        position = tag
        let isClosed = tag >= 2 && html[tag - 2] == UInt8(ascii: "/") && Self.foreign.contains(name)
        if Self.void.contains(name) || isClosed { return elements.append(element) }
        if Self.raw.contains(name) {
            let end = rawEnd(name, "</" + String(decoding: html[start + 1..<nameStop], as: UTF8.self), from: tag)
            element.stop = Int32(end)
            elements.append(element)
            position = html[end...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.count
            return
        }
        elements.append(element)
        stack.append(elements.count - 1)
        openCount[name, default: 0] += 1
    }

    /// Where a script, a style, a title ends; behind its tag where it never does, but for scripts and styles, which then are the rest.
    private mutating func rawEnd(_ name: UInt64, _ mark: String, from start: Int) -> Int {
        let wanted = Array(mark.utf8)
        if !endless.contains(name) {
            var place = start
            while let found = html[place...].firstIndex(of: UInt8(ascii: "<")) {
                if found + wanted.count <= html.count,
                    zip(html[found..<found + wanted.count], wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
                {
                    return found
                }
                place = found + 1
            }
            endless.insert(name)
        }
        return Self.code.contains(name) ? html.count : start
    }

    private mutating func endTag() {
        let nameStop = nameEnd(position + 2)
        let name = WebName.hash(html[position + 2..<nameStop])
        let start = position
        guard let end = find(">", from: nameStop) else {
            hasNoTagEnd = true
            return
        }
        position = end + 1
        if Self.documents.contains(name) { hasDocumentEnd = true }
        guard openCount[name, default: 0] > 0 else { return }
        let isBlock = Self.blocks.contains(name)
        let isTable = Self.tables.contains(name)
        var above = stack.count - 1
        var steps = 0
        while above >= 0, steps < 512 {
            let other = elements[stack[above]].name
            if other == name {
                while stack.count > above { closeLast(at: start) }
                return
            }
            // What stands in a cell ends there; what is part of a line ends in its paragraph.
            if !isTable, Self.cells.contains(other) || !isBlock && Self.blocks.contains(other) { return }
            above -= 1
            steps += 1
        }
        // So many are open above it that nobody wrote them: the page is generated, and each of its ends is near.
        guard steps == 512, isBlock else { return }
        while let last = stack.last {
            let isFound = elements[last].name == name
            closeLast(at: start)
            if isFound { return }
        }
    }

    private mutating func closeLast(at place: Int) {
        guard let last = stack.popLast() else { return }
        elements[last].end = Int32(elements.count)
        elements[last].stop = Int32(max(place, Int(elements[last].start)))
        elements[last].textStop = text
        openCount[elements[last].name, default: 1] -= 1
    }

    /// Ends what an element's start ends: a list item the one before it, a block the open paragraph.
    private mutating func closeImplied(by name: UInt64) {
        let ends: Set<UInt64>
        let stops: Set<UInt64>
        if let rule = Self.implied[name] {
            (ends, stops) = rule
        } else if Self.blocks.contains(name) {
            (ends, stops) = (Self.paragraph, Self.blocks)
        } else {
            return
        }
        guard ends.contains(where: { openCount[$0, default: 0] > 0 }) else { return }
        var above = stack.count - 1
        var last: Int?
        for _ in 0..<32 where above >= 0 {
            let other = elements[stack[above]].name
            if ends.contains(other) { last = above } else if stops.contains(other) { break }
            above -= 1
        }
        if let last { while stack.count > last { closeLast(at: position) } }
    }

    // MARK: Kinds of elements

    private static let void = WebName.set("area base br col embed hr img input link meta param source track wbr frame")
    private static let raw = WebName.set("script style textarea title xmp iframe noembed noframes")
    private static let code = WebName.set("script style")
    private static let foreign = WebName.set("path circle rect line polyline polygon use g svg stop ellipse")
    private static let documents = WebName.set("html body frameset")
    private static let cells = WebName.set("td th caption table")
    private static let tables = WebName.set("table tbody thead tfoot tr td th caption")
    private static let paragraph = WebName.set("p")
    private static let blocks = WebName.set(
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
            + "h5 h6 header hr html li main menu nav ol pre section summary table tbody td tfoot th thead tr ul")
    private static let implied: [UInt64: (ends: Set<UInt64>, stops: Set<UInt64>)] = [
        WebName.hash("p"): (paragraph, blocks),
        WebName.hash("li"): (WebName.set("li p"), WebName.set("ul ol menu dir td th div table blockquote")),
        WebName.hash("dt"): (WebName.set("dt dd p"), WebName.set("dl td th div table")),
        WebName.hash("dd"): (WebName.set("dt dd p"), WebName.set("dl td th div table")),
        WebName.hash("tr"): (WebName.set("tr td th p"), WebName.set("table tbody thead tfoot")),
        WebName.hash("td"): (WebName.set("td th p"), WebName.set("table tr")),
        WebName.hash("th"): (WebName.set("td th p"), WebName.set("table tr")),
        WebName.hash("tbody"): (WebName.set("tbody thead tr td th p"), WebName.set("table")),
        WebName.hash("thead"): (WebName.set("tbody thead tr td th p"), WebName.set("table")),
        WebName.hash("tfoot"): (WebName.set("tbody thead tr td th p"), WebName.set("table")),
        WebName.hash("option"): (WebName.set("option"), WebName.set("select optgroup")),
    ]
}
