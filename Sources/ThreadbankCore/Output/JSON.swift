// JSON as we write it: keys in the order they are given, straight into UTF-8. Reading JSON is Foundation's.

/// A JSON value to be written. Objects keep the order of their keys.
///
/// ```swift
/// JSON.object([("id", 3), ("title", nil), ("replies", [4, 5])]).text   // {"id":3,"title":null,"replies":[4,5]}
/// ```
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Not-a-number and infinities are written as null: JSON has none.
    case real(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    /// A value that may be missing; nil is null.
    public init(_ value: String?) { self = value.map { .string($0) } ?? .null }
    public init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
    public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    public init(_ value: Double?) { self = value.map { .real($0) } ?? .null }

    /// The value as one line of text.
    public var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as one line of UTF-8.
    public func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .real(let value): bytes += (value.isFinite ? Self.shortest(value) : "null").utf8
        case .string(let value): Self.write(value, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, (key, value)) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value)).0" : "\(value)"
    }

    /// RFC 8259 section 7; DEL and C1 are escaped too, so that no terminal obeys them.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var (start, place) = (0, 0)
            // Nearly all text needs no escape, so the loop looks for bytes that may, and text is copied in runs.
            while place < utf8.count {
                let byte = utf8[place]
                guard mayNeedEscape(byte), let escaped = escape(utf8, at: place) else {
                    place += 1
                    continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<place]))
                bytes += escaped.utf8
                place += byte == 0xC2 ? 2 : 1
                start = place
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xC2
    }

    private static func escape(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> String? {
        let byte = utf8[place]
        return switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20, 0x7F: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        case 0xC2 where place + 1 < utf8.count && utf8[place + 1] < 0xA0: "\\u00" + String(utf8[place + 1], radix: 16)
        default: nil
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByFloatLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
