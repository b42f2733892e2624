// Finds the parts of a JSON text without decoding it, so that one broken record costs itself and not the file.

internal import ThreadbankCore

/// Walks over JSON (RFC 8259) as bytes. It checks no more than it needs to find where values end; decoding a part is for
/// `JSONDecoder`. Nesting is counted, not recursed into.
struct JSONScanner {
    let bytes: [UInt8]

    /// Where the text is not JSON or ends too early.
    struct Fault: Error {
        var byte: Int
        /// The start of the array element that is not whole, where an array was walked.
        var element: Int?
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The first byte of the value that starts at or after `start`.
    func kind(at start: Int) -> UInt8? {
        let start = skipSpace(start)
        return start < bytes.count ? bytes[start] : nil
    }

    /// Calls `body` with each member of the object that starts at or after `start`: its key, and where its value stands. Returns
    /// the place after the object.
    func forEachMember(at start: Int, _ body: (String, Range<Int>) throws -> Void) throws -> Int {
        var place = try expect(UInt8(ascii: "{"), at: skipSpace(start))
        place = skipSpace(place)
        if byte(place) == UInt8(ascii: "}") { return place + 1 }
        while true {
            let keyStart = skipSpace(place)
            let keyEnd = try endOfString(keyStart)
            let key = String(decoding: bytes[keyStart + 1..<keyEnd - 1], as: UTF8.self)
            let valueStart = skipSpace(try expect(UInt8(ascii: ":"), at: skipSpace(keyEnd)))
            let valueEnd = try endOfValue(valueStart)
            try body(key, valueStart..<valueEnd)
            place = skipSpace(valueEnd)
            if byte(place) == UInt8(ascii: "}") { return place + 1 }
            place = try expect(UInt8(ascii: ","), at: place)
        }
    }

    /// Calls `body` with where each element of the array stands that starts at or after `start`. Elements before a fault are given.
    func forEachElement(at start: Int, _ body: (Range<Int>) throws -> Void) throws {
        var place = skipSpace(try expect(UInt8(ascii: "["), at: skipSpace(start)))
        if byte(place) == UInt8(ascii: "]") { return }
        while true {
            let elementStart = skipSpace(place)
            let elementEnd: Int
            do {
                elementEnd = try endOfValue(elementStart)
            } catch let fault as Fault {
                throw Fault(byte: fault.byte, element: elementStart)
            }
            try body(elementStart..<elementEnd)
            place = skipSpace(elementEnd)
            if byte(place) == UInt8(ascii: "]") { return }
            place = try expect(UInt8(ascii: ","), at: place)
        }
    }

    private func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

    func skipSpace(_ start: Int) -> Int {
        var place = start
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
        return place
    }

    private func expect(_ wanted: UInt8, at place: Int) throws -> Int {
        guard byte(place) == wanted else { throw Fault(byte: place) }
        return place + 1
    }

    private func endOfString(_ start: Int) throws -> Int {
        guard byte(start) == UInt8(ascii: "\"") else { throw Fault(byte: start) }
        var place = start + 1
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""): return place + 1
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
        throw Fault(byte: bytes.count)
    }

    /// The place after the value at `start`; brackets are counted, so depth costs nothing.
    func endOfValue(_ start: Int) throws -> Int {
        var place = start
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""): place = try endOfString(place)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { throw Fault(byte: place) }
                place += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 {
                    if place == start { throw Fault(byte: place) }
                    return place
                }
                place += 1
                continue
            default:
                place += 1
                if depth == 0, let next = byte(place), ![0x2C, 0x5D, 0x7D, 0x3A, 0x20, 0x0A, 0x0D, 0x09].contains(next) {
                    continue
                }
            }
            if depth == 0 { return place }
        }
        if depth == 0, place > start { return place }
        throw Fault(byte: bytes.count)
    }
}
