// Decoding of one JSON record, lenient where real files are wrong.

internal import Foundation
internal import ThreadbankCore

/// Decodes one record; what real files get wrong is mended first where decoding fails.
enum JSONText {
    /// - parameter faults: hears of lenient fields that made no sense.
    /// - throws: `DecodingError`, as ``reason(_:)`` puts it into words.
    static func decode<T: Decodable>(_ type: T.Type, from bytes: some Collection<UInt8>, faults: FieldFaults? = nil) throws -> T {
        let decoder = JSONDecoder()
        if let faults { decoder.userInfo[FieldFaults.key] = faults }
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            let mended = mend(bytes)
            guard !mended.elementsEqual(bytes) else { throw error }
            return try decoder.decode(type, from: Data(mended))
        }
    }

    /// What is wrong with a record, in words with the field's path: `comment.published: is no date`.
    static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context): return path(context.codingPath + [key]) + "is missing"
        case .valueNotFound(_, let context): return path(context.codingPath) + "is null"
        case .typeMismatch(_, let context) where context.codingPath.isEmpty: return "is no JSON object"
        case .typeMismatch(let type, let context):
            return path(context.codingPath)
                + (context.debugDescription.hasPrefix("Expected") ? "is no \(name(type))" : context.debugDescription)
        case .dataCorrupted(let context):
            return path(context.codingPath) + (context.codingPath.isEmpty ? "not valid JSON" : "is no such value")
        @unknown default: return "not readable"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".") + ": "
    }

    private static func name(_ type: Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type: "number"
        default: "such value"
        }
    }

    /// Invalid UTF-8 becomes U+FFFD, an escaped half of a surrogate pair too, and a raw control character in a string its escape.
    private static func mend(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        var mended: [UInt8] = []
        mended.reserveCapacity(text.count)
        var (place, isInString) = (0, false)
        while place < text.count {
            let byte = text[place]
            if isInString, byte < 0x20 {
                mended += Array("\\u00".utf8) + (byte < 0x10 ? [0x30] : []) + Array(String(byte, radix: 16).utf8)
                place += 1
            } else if isInString, byte == UInt8(ascii: "\\") {
                let unit = codeUnit(text, place)
                if let unit, (0xD800..<0xDC00).contains(unit), let low = codeUnit(text, place + 6),
                    (0xDC00..<0xE000).contains(low)
                {
                    mended += text[place..<place + 12]
                    place += 12
                } else if let unit, (0xD800..<0xE000).contains(unit) {
                    mended += "\\ufffd".utf8
                    place += 6
                } else {
                    mended += text[place..<min(place + 2, text.count)]
                    place += 2
                }
            } else {
                if byte == UInt8(ascii: "\"") { isInString.toggle() }
                mended.append(byte)
                place += 1
            }
        }
        return mended
    }

    /// The number in `\uXXXX` at `place`.
    private static func codeUnit(_ text: [UInt8], _ place: Int) -> UInt32? {
        guard place + 6 <= text.count, text[place] == UInt8(ascii: "\\"), text[place + 1] == UInt8(ascii: "u") else { return nil }
        return UInt32(String(decoding: text[place + 2..<place + 6], as: UTF8.self), radix: 16)
    }
}

/// A text, or a number written where a text belongs.
struct LooseText: Decodable {
    let text: String

    init(_ text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }
}

/// A whole number, also written as a fraction or as text.
struct LooseInteger: Decodable {
    let value: Int64

    init(_ value: Int64) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = number
        } else if let number = try? container.decode(Double.self), let whole = Int64(exactly: number.rounded()) {
            value = whole
        } else if let text = try? container.decode(String.self), let number = Int64(text) {
            value = number
        } else {
            throw DecodingError.typeMismatch(
                Int64.self, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "Expected a number"))
        }
    }
}

/// An instant: Unix seconds as a number or as text, or ISO 8601 (no zone is UTC).
struct LooseDate: Decodable {
    let seconds: Int64

    init(_ seconds: Int64) { self.seconds = seconds }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self), abs(number) < 1e15 {
            seconds = Int64(number.rounded(.down))
        } else if let text = try? container.decode(String.self), let date = Timestamp.parse(text) ?? Int64(text) {
            seconds = date
        } else {
            throw DecodingError.typeMismatch(
                LooseDate.self, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "is no date"))
        }
    }
}
