// Selectors of elements: the part of CSS that the descriptions of layouts need.

/// `tag`, `#id`, `.class`, `[name]`, `[name=value]`, `[name^=start]`, `[name*=part]`, joined without spaces; a space says "somewhere in", a
/// comma "or".
///
/// ```swift
/// let selector: WebSelector = "div.post, table[id^=post] .body"
/// ```
struct WebSelector: ExpressibleByStringLiteral, Sendable {
    private struct Attribute: Sendable {
        enum Test { case exists, equals, starts, contains }
        var name: String
        var test: Test
        var value: String
    }

    private struct Compound: Sendable {
        var tag: UInt64?
        var classes: [String] = []
        var attributes: [Attribute] = []
    }

    /// Of each alternative the compounds, the innermost first.
    private let alternatives: [[Compound]]

    init(stringLiteral text: String) { self.init(text) }

    init(_ text: String) {
        alternatives = text.split(separator: ",").map { alternative in
            alternative.split(separator: " ").reversed().map(Self.compound)
        }
    }

    func matches(_ page: WebPage, _ element: Int) -> Bool {
        alternatives.contains { compounds in
            guard let last = compounds.first, Self.test(last, page, element) else { return false }
            var wanted = compounds.dropFirst()
            var place = page.parent(element)
            var steps = 0
            while let next = wanted.first {
                guard let above = place, steps < WebPage.farthest else { return false }
                if Self.test(next, page, above) { wanted.removeFirst() }
                place = page.parent(above)
                steps += 1
            }
            return true
        }
    }

    private static func test(_ compound: Compound, _ page: WebPage, _ element: Int) -> Bool {
        if let tag = compound.tag, page.elements[element].name != tag { return false }
        for name in compound.classes where !page.hasClass(name, element) { return false }
        for attribute in compound.attributes {
            guard let value = page.attribute(attribute.name, of: element) else { return false }
            switch attribute.test {
            case .exists: break
            case .equals: if value != attribute.value { return false }
            case .starts: if !value.hasPrefix(attribute.value) { return false }
            case .contains: if !value.contains(attribute.value) { return false }
            }
        }
        return true
    }

    private static func compound(_ text: Substring) -> Compound {
        var compound = Compound()
        var rest = text
        let isName = { (c: Character) in c != "." && c != "#" && c != "[" }
        let tag = rest.prefix(while: isName)
        if !tag.isEmpty, tag != "*" { compound.tag = WebName.hash(tag.utf8) }
        rest = rest.dropFirst(tag.count)
        while let mark = rest.first {
            rest = rest.dropFirst()
            if mark == "[" {
                let inside = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inside.count + 1)
                compound.attributes.append(attribute(inside))
                continue
            }
            let name = String(rest.prefix(while: isName))
            rest = rest.dropFirst(name.count)
            if mark == "." {
                compound.classes.append(name)
            } else {
                compound.attributes.append(Attribute(name: "id", test: .equals, value: name))
            }
        }
        return compound
    }

    private static func attribute(_ text: Substring) -> Attribute {
        guard let equals = text.firstIndex(of: "=") else { return Attribute(name: String(text), test: .exists, value: "") }
        let value = String(text[text.index(after: equals)...])
        let name = text[..<equals]
        switch name.last {
        case "^": return Attribute(name: String(name.dropLast()), test: .starts, value: value)
        case "*": return Attribute(name: String(name.dropLast()), test: .contains, value: value)
        default: return Attribute(name: String(name), test: .equals, value: value)
        }
    }
}
