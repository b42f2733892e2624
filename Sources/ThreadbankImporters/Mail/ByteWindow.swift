// A window over the bytes of an input, for formats whose records are found by searching.

internal import Foundation
internal import ThreadbankCore

/// Bytes of an input from some place on, as far as they were read. What lies before the window is gone.
struct ByteWindow {
    private(set) var bytes: [UInt8] = []
    /// Where the window's first byte stands in the input.
    private(set) var offset = 0
    private(set) var isAtEnd = false
    /// Why the input breaks off at its end. To be thrown once what was read before is used.
    private(set) var failure: ImportError?
    /// Packed members that could not be read whole, and where in the input a line feed stands for what they lack.
    private(set) var damages: [(place: Int, member: DamagedMember)] = []
    private let input: any ImportInput
    private let mark: [UInt8]

    /// - parameter mark: what a packed member begins with if reading may go on there behind a damaged one; empty for none.
    init(_ input: any ImportInput, goingOnAt mark: [UInt8] = []) { (self.input, self.mark) = (input, mark) }

    var count: Int { bytes.count }

    /// Reads on. `start` is the first byte that is still needed; returns by how much all places in the window moved down.
    mutating func fill(keepingFrom start: Int) throws -> Int {
        var moved = 0
        if start > bytes.count / 2 || start > 1 << 20 {
            moved = min(start, bytes.count)
            bytes.removeFirst(moved)
            offset += moved
        }
        do {
            if let chunk = try input.next() { bytes += chunk } else { isAtEnd = true }
        } catch let error as ImportError {
            if !mark.isEmpty, let member = try input.skipDamage(to: mark) {
                damages.append((offset + bytes.count, member))
                bytes.append(0x0A)
            } else {
                failure = error
                isAtEnd = true
            }
        }
        return moved
    }

    /// The damages before a place, once.
    mutating func takeDamages(before place: Int) -> [DamagedMember] {
        let taken = damages.prefix { $0.place < place }.map(\.member)
        damages.removeFirst(taken.count)
        return taken
    }

    /// The first place of some bytes from a place on; fast where their first one is rare.
    func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first else { return nil }
        return bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return nil }
            var place = start
            while place + pattern.count <= all.count, let found = memchr(base + place, Int32(first), all.count - place) {
                place = base.distance(to: UnsafeRawPointer(found))
                guard place + pattern.count <= all.count else { return nil }
                if memcmp(base + place, pattern, pattern.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }

    /// The end of the line at a place: its line feed, or the end of what was read.
    func lineEnd(_ start: Int) -> Int { find([0x0A], from: start) ?? bytes.count }

    /// A line without its end.
    func line(_ start: Int) -> ArraySlice<UInt8> {
        let end = lineEnd(start)
        guard start < end else { return [] }
        return bytes[start..<(bytes[end - 1] == 0x0D ? end - 1 : end)]
    }
}
