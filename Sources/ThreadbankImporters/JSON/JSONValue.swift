// One value of a JSON text, whose parts are found when asked for.

internal import ThreadbankCore

/// A value that stands in a record. Nothing is decoded but what is asked for, so taking a score of members from a record costs one
/// pass over it. Reading the records of a Reddit dump this way and not with `JSONDecoder` is about ten times as fast.
///
/// What a member holds is taken leniently: an accessor gives nil where the value is of another kind.
struct JSONValue {
    private let bytes: [UInt8]
    /// Where the value stands in ``bytes``.
    let range: Range<Int>
    /// Where the long objects and lists in the record end, by where they start.
    private let ends: JSONEnds?

    /// The first value in the bytes.
    ///
    /// - parameter isDeep: whether one level after the other is going to be entered: then the ends of long parts are noted first.
    /// - throws: ``JSONEnds/TooDeep``.
    init(_ bytes: [UInt8], isDeep: Bool = false) throws(JSONEnds.TooDeep) {
        ends = isDeep ? try JSONEnds(bytes) : nil
        self.bytes = bytes
        let start = bytes.withUnsafeBufferPointer { Self.passSpace($0, from: 0) }
        range = start..<bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>, _ ends: JSONEnds?) {
        self.bytes = bytes
        self.range = range
        self.ends = ends
    }

    private var first: UInt8 { range.isEmpty ? 0 : bytes[range.lowerBound] }

    var isObject: Bool { first == UInt8(ascii: "{") }
    var isArray: Bool { first == UInt8(ascii: "[") }
    var isText: Bool { first == UInt8(ascii: "\"") }
    var isNull: Bool { first == UInt8(ascii: "n") }

    /// The text of a string.
    var text: String? {
        guard isText else { return nil }
        return bytes[range].withUnsafeBufferPointer { JSONString.text(of: $0) }
    }

    /// A text, or a number as it is written.
    var looseText: String? {
        if isText { return text }
        guard first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    var bool: Bool? { first == UInt8(ascii: "t") ? true : first == UInt8(ascii: "f") ? false : nil }

    /// A whole number, also written as a fraction (rounded down) or as text.
    var integer: Int64? {
        guard let digits = looseText else { return nil }
        if let number = Int64(digits) { return number }
        return Double(digits).flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    /// Unix seconds as a number or as text, or ISO 8601.
    var seconds: Int64? { integer.flatMap { abs($0) < 1 << 50 ? $0 : nil } ?? text.flatMap { Timestamp.parse($0) } }

    /// Whether the string starts with these bytes, as they are written.
    func textStarts(with start: String) -> Bool { isText && bytes[range].dropFirst().starts(with: start.utf8) }

    // MARK: Parts

    /// Calls `body` with the members that `names` knows. Stops where the text breaks off.
    func forEachMember<Name>(_ names: JSONNames<Name>, _ body: (Name, JSONValue) throws -> Void) rethrows {
        try walk(UInt8(ascii: "{")) { all, key, value in
            guard let name = names.name(UnsafeBufferPointer(rebasing: all[key])) else { return }
            try body(name, JSONValue(bytes, value, ends))
        }
    }

    func forEachMember(_ body: (String, JSONValue) throws -> Void) rethrows {
        try walk(UInt8(ascii: "{")) { all, key, value in
            try body(JSONString.text(of: all[key]), JSONValue(bytes, value, ends))
        }
    }

    func forEachElement(_ body: (JSONValue) throws -> Void) rethrows {
        try walk(UInt8(ascii: "[")) { _, _, value in try body(JSONValue(bytes, value, ends)) }
    }

    /// The first member of that key.
    subscript(key: String) -> JSONValue? {
        var found: JSONValue?
        forEachMember { if found == nil, $0 == key { found = $1 } }
        return found
    }

    private func walk(
        _ opening: UInt8, _ body: (UnsafeBufferPointer<UInt8>, _ key: Range<Int>, _ value: Range<Int>) throws -> Void
    ) rethrows {
        guard first == opening else { return }
        let isObject = opening == UInt8(ascii: "{")
        try bytes.withUnsafeBufferPointer { all in
            let all = UnsafeBufferPointer(rebasing: all[..<range.upperBound])
            var place = range.lowerBound + 1
            while true {
                place = Self.passSpace(all, from: place, orComma: true)
                guard place < all.count, all[place] != UInt8(ascii: "}"), all[place] != UInt8(ascii: "]") else { return }
                var key = place..<place
                if isObject {
                    guard all[place] == UInt8(ascii: "\""), let end = JSONString.end(all, from: place) else { return }
                    key = place..<end
                    place = Self.passSpace(all, from: end)
                    guard place < all.count, all[place] == UInt8(ascii: ":") else { return }
                    place = Self.passSpace(all, from: place + 1)
                }
                guard let end = ends?.end(of: place) ?? Self.end(all, from: place), end > place else { return }
                try body(all, key, place..<end)
                place = end
            }
        }
    }

    private static func passSpace(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, orComma: Bool = false) -> Int {
        var place = start
        while place < bytes.count, JSONByte.isSpace(bytes[place]) || orComma && bytes[place] == UInt8(ascii: ",") { place += 1 }
        return place
    }

    /// The place after the value at `start`; nil where it is cut.
    private static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var place = start
        var depth = 0
        while place < bytes.count {
            switch JSONToken(bytes[place]) {
            case .string:
                guard let end = JSONString.end(bytes, from: place) else { return nil }
                place = end
                if depth == 0 { return place }
                continue
            case .openObject, .openArray: depth += 1
            case .closeObject, .closeArray:
                depth -= 1
                if depth <= 0 { return depth < 0 ? place : place + 1 }
            case .comma, .space: if depth == 0 { return place }
            default: break
            }
            place += 1
        }
        return depth == 0 ? place : nil
    }
}
