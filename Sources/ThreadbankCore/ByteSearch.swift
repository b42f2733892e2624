// Looking for one byte in a text, by the C library: sixteen or more bytes a step.

internal import Foundation

extension String {
    /// Whether the UTF-8 holds a byte.
    public func holds(byte: UInt8) -> Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
        } ?? utf8.contains(byte)
    }
}
