// A line of the interchange format that holds nothing out of the ordinary, read without a decoder.

internal import Foundation
internal import ThreadbankCore

/// Reads an object of texts, numbers, true, false and null; `JSONDecoder` takes most of the time of an import's reading otherwise.
///
/// It takes only what both read alike. Whatever is odd (a member that is unknown, met twice, of another kind, an object or a list, an
/// escape of half a surrogate pair, invalid UTF-8, JSON that is no JSON) makes it give up, and `JSONDecoder` reads the line and says
/// what is wrong with it.
struct PlainLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The record of a line; nil where the line is not plain.
    static func record(of line: [UInt8]) -> InterchangeRecord? {
        line.withUnsafeBufferPointer { bytes in
            var line = PlainLine(bytes)
            return line.record()
        }
    }

    private static let names = JSONNames<InterchangeRecord.CodingKeys>()

    private mutating func record() -> InterchangeRecord? {
        guard take(UInt8(ascii: "{")) else { return nil }
        var record = InterchangeRecord()
        var met: UInt64 = 0
        repeat {
            guard let key = quoted(), let (name, place) = Self.names.placed(key), take(UInt8(ascii: ":")), let value = value()
            else {
                return nil
            }
            let bit = UInt64(1) << UInt64(place)
            if met & bit != 0 { return nil }
            met |= bit
            if case .null = value { continue }
            guard record.set(name, value) else { return nil }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { return nil }
        passSpace()
        return place == bytes.count ? record : nil
    }

    /// A member's value.
    enum Value {
        case null
        case bool(Bool)
        case integer(Int64)
        case text(String)
    }

    private mutating func value() -> Value? {
        passSpace()
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "\""): return quoted().flatMap(Self.text(of:)).map { .text($0) }
        case UInt8(ascii: "n"): return takeWord("null") ? .null : nil
        case UInt8(ascii: "t"): return takeWord("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return takeWord("false") ? .bool(false) : nil
        default: return integer().map { .integer($0) }
        }
    }

    /// A whole number of at most 15 digits, which is exact as a fraction too; nothing that goes on as another kind of number.
    private mutating func integer() -> Int64? {
        let isNegative = bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let start = place
        var number: Int64 = 0
        while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
            guard place - start < 15 else { return nil }
            number = number * 10 + Int64(digit)
            place += 1
        }
        let length = place - start
        guard length > 0, length == 1 || bytes[start] != UInt8(ascii: "0"), !isNegative || number > 0 else { return nil }
        if place < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[place]) { return nil }
        return isNegative ? -number : number
    }

    /// A string in its quotation marks, at the next place that is no space.
    private mutating func quoted() -> UnsafeBufferPointer<UInt8>? {
        passSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), let end = JSONString.end(bytes, from: place) else {
            return nil
        }
        defer { place = end }
        return UnsafeBufferPointer(rebasing: bytes[place..<end])
    }

    /// The text of a string that every reader of JSON reads alike.
    private static func text(of quoted: UnsafeBufferPointer<UInt8>) -> String? {
        let inner = UnsafeBufferPointer(rebasing: quoted[1..<quoted.count - 1])
        var place = 0
        var hasEscapes = false
        while let next = JSONByte.controlOrBackslash(inner, from: place) {
            if inner[next] < 0x20 { return nil }
            hasEscapes = true
            guard let length = lengthOfEscape(inner, next) else { return nil }
            place = next + length
        }
        return hasEscapes
            ? String(validating: quoted, as: UTF8.self).map { _ in JSONString.text(of: quoted) }
            : String(validating: inner, as: UTF8.self)
    }

    /// Nil for what is no escape, for U+0000 and for surrogates.
    private static func lengthOfEscape(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
        guard place + 1 < text.count else { return nil }
        switch text[place + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard place + 6 <= text.count else { return nil }
            let digits = text[place + 2..<place + 6]
            guard digits.allSatisfy({ isHexDigit($0) }), digits.contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
            let isSurrogate = digits.first.map { $0 | 0x20 } == UInt8(ascii: "d") && text[place + 3] >= UInt8(ascii: "8")
            return isSurrogate ? nil : 6
        default: return nil
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    private mutating func passSpace() {
        while place < bytes.count, JSONByte.isSpace(bytes[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        passSpace()
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count, memcmp(bytes.baseAddress! + place, word.utf8Start, word.utf8CodeUnitCount) == 0 else {
            return false
        }
        place = end
        return true
    }
}

extension InterchangeRecord {
    /// Sets a member to a value that is not null; false where the decoder has to say what it is.
    fileprivate mutating func set(_ name: CodingKeys, _ value: PlainLine.Value) -> Bool {
        switch value {
        case .text(let text): set(name, text)
        case .integer(let number): set(name, number)
        case .bool(let flag): set(name, flag)
        case .null: true
        }
    }

    private mutating func set(_ name: CodingKeys, _ flag: Bool) -> Bool {
        guard name == .rendering else { return false }
        rendering = flag
        return true
    }

    private mutating func set(_ name: CodingKeys, _ number: Int64) -> Bool {
        switch name {
        case .threadbank: threadbank = LooseInteger(number)
        case .end: end = LooseInteger(number)
        case .place: place = LooseInteger(number)
        case .replyCount: replyCount = LooseInteger(number)
        case .score: score = LooseInteger(number)
        case .createdAt: createdAt = LooseDate(number)
        case .editedAt: editedAt = LooseDate(number)
        case .fetchedAt: fetchedAt = LooseDate(number)
        case .confidence: confidence = Double(number)
        default: return set(name, loose: LooseText("\(number)"))
        }
        return true
    }

    private mutating func set(_ name: CodingKeys, _ text: String) -> Bool {
        switch name {
        case .kind: kind = text
        case .source: source = text
        case .sourceUrl: sourceUrl = text
        case .urlTemplate: urlTemplate = text
        case .forum: forum = text
        case .forumUrl: forumUrl = text
        case .threadTitle: threadTitle = text
        case .threadUrl: threadUrl = text
        case .evidence: evidence = text
        case .author: author = text
        case .authorDisplay: authorDisplay = text
        case .authorUrl: authorUrl = text
        case .title: title = text
        case .body: body = text
        case .url: url = text
        default: return set(name, word: text) || set(name, loose: LooseText(text))
        }
        return true
    }

    /// A member that has few values, or is a date.
    private mutating func set(_ name: CodingKeys, word: String) -> Bool {
        switch name {
        case .markup: markup = Markup(rawValue: word)
        case .state: state = PostState(rawValue: word)
        case .basis: basis = ReplyBasis(rawValue: word)
        case .createdAt: createdAt = Timestamp.parse(word).map(LooseDate.init)
        case .editedAt: editedAt = Timestamp.parse(word).map(LooseDate.init)
        case .fetchedAt: fetchedAt = Timestamp.parse(word).map(LooseDate.init)
        default: return false
        }
        return switch name {
        case .markup: markup != nil
        case .state: state != nil
        case .basis: basis != nil
        case .createdAt: createdAt != nil
        case .editedAt: editedAt != nil
        default: fetchedAt != nil
        }
    }

    /// A member that is a key: a text, or a number.
    private mutating func set(_ name: CodingKeys, loose: LooseText) -> Bool {
        switch name {
        case .key: key = loose
        case .thread: thread = loose
        case .forumKey: forumKey = loose
        case .authorKey: authorKey = loose
        case .parent: parent = Reference(loose)
        default: return false
        }
        return true
    }
}
