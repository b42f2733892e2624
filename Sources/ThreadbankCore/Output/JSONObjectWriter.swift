// Writes JSON objects straight into memory: a thread of 100,000 posts has two million members.

internal import Foundation

/// Writes objects straight into UTF-8, without a ``JSON`` of each in between.
///
/// ```swift
/// var writer = JSONObjectWriter()
/// writer.begin()
/// writer.add("id", 3)
/// writer.end()
/// writer.take()   // {"id":3}
/// ```
public struct JSONObjectWriter: JSONMembers, ~Copyable {
    // An array would be asked at each append whether it is shared, and copied to grow: `realloc` moves large blocks by page tables.
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 12
    /// How many bytes wait to be taken.
    public private(set) var count = 0
    /// Whether no comma is due: at the start of an object.
    private var isFirst = false

    public init() { start = Self.memory(nil, capacity) }

    deinit { free(start) }

    /// What was written since the last call.
    public mutating func take() -> [UInt8] {
        defer { count = 0 }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Gives what was written since the last call, which holds until `body` returns.
    public mutating func take(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        body(UnsafeBufferPointer(start: start, count: count))
        count = 0
    }

    /// Some of what waits to be taken.
    public func read(_ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        body(UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
    }

    public mutating func begin() {
        put(UInt8(ascii: "{"))
        isFirst = true
    }

    /// Members that another writer has written: from an object's beginning on, or, with the comma before them, without one.
    public mutating func add(written members: UnsafeBufferPointer<UInt8>) {
        put(members)
        isFirst = false
    }

    public mutating func end() { put(UInt8(ascii: "}")) }

    /// Between objects: a whole value.
    public mutating func write(_ value: JSON) {
        var bytes: [UInt8] = []
        value.write(to: &bytes)
        bytes.withUnsafeBufferPointer { put($0) }
    }

    /// Between objects: bytes as they are.
    public mutating func write(verbatim text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func add(_ key: StaticString, _ value: String?) {
        put(key)
        guard var value else { return write(verbatim: "null") }
        put(UInt8(ascii: "\""))
        value.withUTF8 { utf8 in
            var done = 0
            while let (place, length, escaped) = JSONEscapes.next(in: utf8, from: done) {
                put(UnsafeBufferPointer(rebasing: utf8[done..<place]))
                for byte in escaped.utf8 { put(byte) }
                done = place + length
            }
            put(UnsafeBufferPointer(rebasing: utf8[done...]))
        }
        put(UInt8(ascii: "\""))
    }

    public mutating func add(_ key: StaticString, _ value: Int64?) {
        put(key)
        if let value { put(value) } else { write(verbatim: "null") }
    }

    public mutating func add(_ key: StaticString, _ value: Double?) {
        put(key)
        // Most confidences are this one.
        if value == 1 { write(verbatim: "1.0") } else { write(JSON(value)) }
    }

    public mutating func add(_ key: StaticString, _ values: [JSON]) {
        put(key)
        if values.isEmpty { write(verbatim: "[]") } else { write(.array(values)) }
    }

    public mutating func add(_ key: StaticString, time seconds: Int64?) {
        put(key)
        guard let seconds, Timestamp.years.contains(seconds) else { return write(verbatim: "null") }
        reserve(Timestamp.length + 2)
        start[count] = UInt8(ascii: "\"")
        Timestamp.write(seconds, to: start + count + 1)
        start[count + 1 + Timestamp.length] = UInt8(ascii: "\"")
        count += Timestamp.length + 2
    }

    public mutating func add(_ key: StaticString, integers next: () -> Int64?) {
        put(key)
        put(UInt8(ascii: "["))
        var isFirst = true
        while let value = next() {
            if !isFirst { put(UInt8(ascii: ",")) }
            isFirst = false
            put(value)
        }
        put(UInt8(ascii: "]"))
    }

    private mutating func put(_ key: StaticString) {
        let length = key.utf8CodeUnitCount
        reserve(length + 4)
        var place = start + count
        if !isFirst {
            place.pointee = UInt8(ascii: ",")
            place += 1
        }
        isFirst = false
        place[0] = UInt8(ascii: "\"")
        (place + 1).update(from: key.utf8Start, count: length)
        place[length + 1] = UInt8(ascii: "\"")
        place[length + 2] = UInt8(ascii: ":")
        count = place - start + length + 3
    }

    /// Decimal digits, the last one first.
    private mutating func put(_ value: Int64) {
        reserve(20)
        if value < 0 { put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var end = 1
        var limit: UInt64 = 10
        while end < 19, rest >= limit {
            end += 1
            limit &*= 10
        }
        for place in (count..<count + end).reversed() {
            start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += end
    }

    private mutating func put(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).update(from: first, count: bytes.count)
        count += bytes.count
    }

    @inline(__always) private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        start = Self.memory(start, capacity)
    }

    private static func memory(_ start: UnsafeMutablePointer<UInt8>?, _ size: Int) -> UnsafeMutablePointer<UInt8> {
        guard let memory = realloc(start, size) else { preconditionFailure("no memory for \(size) bytes") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }
}
