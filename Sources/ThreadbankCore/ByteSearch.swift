// Looking for a byte, or a few, in a text, by the C library: sixteen or more bytes a step.

internal import Foundation

extension String {
    /// Whether the UTF-8 holds a byte.
    public func holds(byte: UInt8) -> Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
        } ?? utf8.contains(byte)
    }

    /// Whether the UTF-8 holds some bytes: for words of ASCII, which Foundation's search takes ten thousand instructions to find.
    public func holds(_ word: StaticString) -> Bool {
        var text = self
        return text.withUTF8 { bytes in
            let count = word.utf8CodeUnitCount
            guard var start = bytes.baseAddress else { return false }
            let end = start + bytes.count
            while end - start >= count, let found = memchr(start, Int32(word.utf8Start.pointee), end - start - count + 1) {
                if memcmp(found, word.utf8Start, count) == 0 { return true }
                start = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
            }
            return false
        }
    }
}
