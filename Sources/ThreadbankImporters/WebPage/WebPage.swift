// A page as a tree of elements, each of which knows where it stands in the page's own bytes.

internal import ThreadbankCore

/// The elements of a page in the order of their start tags, with their attributes and texts on demand.
///
/// The descendants of an element are those between it and its ``Element/end``: no walk needs recursion, and a part of the page can be
/// handed on as it was written, for ``HTMLMarkdown`` to convert.
struct WebPage {
    /// One element.
    struct Element {
        /// The hash of its lower-case name, see ``WebName``.
        var name: UInt64
        /// -1 for one that stands in no other.
        var parent: Int32
        /// The place after its last descendant.
        var end: Int32
        /// Where its tag begins, where its content begins and ends.
        var tag: Int32
        var start: Int32
        var stop: Int32
        /// How many bytes of visible text stand before its content, and before its end.
        var textStart: Int32
        var textStop: Int32
        /// Where the value of `class` stands; empty where it has none.
        var classStart: Int32 = 0
        var classStop: Int32 = 0
    }

    /// The page in UTF-8.
    let html: [UInt8]
    var elements: [Element] = []
    /// The insides of comments, the first ten thousand.
    var comments: [Range<Int>] = []
    /// Whether it has more elements than are read.
    var isTooLong = false
    /// Whether its end is missing.
    var isCutOff = false

    init(_ html: [UInt8]) {
        self.html = html
        var parser = WebPageParser(html)
        parser.run()
        (elements, comments) = (parser.elements, parser.comments)
        (isTooLong, isCutOff) = (parser.isTooLong, parser.isCutOff)
    }

    // MARK: Elements

    func descendants(of element: Int) -> Range<Int> { element + 1..<Int(elements[element].end) }

    func isInside(_ inner: Int, _ outer: Int) -> Bool { inner >= outer && inner < Int(elements[outer].end) }

    func parent(_ element: Int) -> Int? { elements[element].parent < 0 ? nil : Int(elements[element].parent) }

    func textLength(_ element: Int) -> Int { Int(elements[element].textStop - elements[element].textStart) }

    /// The nearest element above of that name; nil where there is none near by.
    func ancestor(of element: Int, named name: String) -> Int? {
        let hash = WebName.hash(name)
        var place = parent(element)
        for _ in 0..<Self.farthest {
            guard let above = place else { return nil }
            if elements[above].name == hash { return above }
            place = parent(above)
        }
        return nil
    }

    /// How far up is looked: no page nests what belongs together deeper.
    static let farthest = 200

    // MARK: Attributes

    /// The value of an attribute, its entities decoded; nil where the element has none of that name.
    func attribute(_ name: String, of element: Int) -> String? {
        let entry = elements[element]
        guard entry.start > entry.tag else { return nil }
        let range = WebAttributes.value(of: name, in: html, Int(entry.tag)..<Int(entry.start))
        return range.map { WebText.decoded(html[$0]) }
    }

    func hasClass(_ name: String, _ element: Int) -> Bool {
        let entry = elements[element]
        guard entry.classStop > entry.classStart else { return false }
        var place = Int(entry.classStart)
        let (stop, wanted) = (Int(entry.classStop), name.utf8)
        return html.withUnsafeBufferPointer { bytes in
            while place < stop {
                while place < stop, bytes[place] <= 0x20 { place += 1 }
                let start = place
                while place < stop, bytes[place] > 0x20 { place += 1 }
                if place - start == wanted.count, bytes[start..<place].elementsEqual(wanted) { return true }
            }
            return false
        }
    }

    func classes(_ element: Int) -> String {
        String(decoding: html[Int(elements[element].classStart)..<Int(elements[element].classStop)], as: UTF8.self)
    }

    // MARK: Texts

    /// The content as it was written.
    func content(_ element: Int) -> Range<Int> { Int(elements[element].start)..<Int(elements[element].stop) }

    /// The whole of it, its tags too.
    func whole(_ element: Int) -> Range<Int> {
        let stop = Int(elements[element].stop)
        guard stop < html.count, html[stop] == UInt8(ascii: "<") else { return Int(elements[element].tag)..<stop }
        return Int(elements[element].tag)..<(html[stop...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.count)
    }

    /// The visible text in one line; at most `limit` bytes of markup are looked at.
    func text(_ element: Int, limit: Int = 1 << 16) -> String { text(content(element), limit: limit) }

    func text(_ range: Range<Int>, limit: Int = 1 << 16) -> String {
        WebText.plain(html[range.lowerBound..<min(range.upperBound, range.lowerBound + limit)])
    }

    /// A change of a part of the markup.
    struct Edit {
        var range: Range<Int>
        var text: String
    }

    /// Changes that give an element another name.
    func renamed(_ element: Int, _ name: String) -> [Edit] {
        let entry = elements[element]
        let tag = html[Int(entry.tag) + 1..<Int(entry.start)].prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }
        let end = html[Int(entry.stop)...].prefix(tag.count + 2).dropFirst(2)
        // Where its end is only implied, none is replaced.
        let hasEnd = WebName.hash(end) == WebName.hash(tag) && html[Int(entry.stop)...].dropFirst().first == UInt8(ascii: "/")
        return [
            Edit(range: Int(entry.tag)..<Int(entry.start), text: "<\(name)>"),
            Edit(
                range: hasEnd ? Int(entry.stop)..<whole(element).upperBound : Int(entry.stop)..<Int(entry.stop),
                text: "</\(name)>"),
        ]
    }

    /// The markup of a content without that of some elements in it, and otherwise changed.
    func markup(_ range: Range<Int>, without cuts: [Int] = [], _ edits: [Edit] = []) -> String {
        var bytes: [UInt8] = []
        var place = range.lowerBound
        let all = cuts.map { Edit(range: whole($0), text: "") } + edits
        for edit in edits.isEmpty ? all : all.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard edit.range.lowerBound >= place, edit.range.upperBound <= range.upperBound else { continue }
            bytes += html[place..<edit.range.lowerBound]
            bytes += edit.text.utf8
            place = edit.range.upperBound
        }
        bytes += html[min(place, range.upperBound)..<range.upperBound]
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Search

    /// The elements that a selector finds, in order.
    func all(_ selector: WebSelector, in range: Range<Int>? = nil) -> [Int] {
        (range ?? elements.indices).filter { selector.matches(self, $0) }
    }

    func first(_ selector: WebSelector, in range: Range<Int>? = nil) -> Int? {
        (range ?? elements.indices).first { selector.matches(self, $0) }
    }
}

/// Names of elements as numbers, so that comparing them costs nothing.
enum WebName {
    /// FNV-1a, 64 bits, of the name in lower case.
    static func hash(_ name: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name {
            hash = (hash ^ UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)) &* 0x100_0000_01B3
        }
        return hash
    }

    static func hash(_ name: String) -> UInt64 { hash(name.utf8) }

    static func set(_ names: String) -> Set<UInt64> { Set(names.split(separator: " ").map { hash($0.utf8) }) }
}
