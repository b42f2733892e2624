// `>From ` lines in mbox: what the writer of the file put there, to be taken away again.

internal import Foundation

enum MailQuoting {
    private static let mark = Array(">From ".utf8)

    /// The message as it was before it was put into the file.
    ///
    /// A line `>From ` loses its mark. `>>From ` loses one only where the writer is known to quote those too (mboxrd); elsewhere it is
    /// a quoted line of another message.
    ///
    /// - parameter isRaw: whether nothing in it was quoted.
    static func undo(_ bytes: ArraySlice<UInt8>, isReversible: Bool, isRaw: Bool) -> ArraySlice<UInt8> {
        if isRaw { return bytes }
        let places = marks(bytes, isReversible: isReversible)
        guard !places.isEmpty else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var from = bytes.startIndex
        for place in places {
            result += bytes[from..<place]
            from = place + 1
        }
        result += bytes[from...]
        return result[...]
    }

    /// Places of the marks that go.
    private static func marks(_ bytes: ArraySlice<UInt8>, isReversible: Bool) -> [Int] {
        var places: [Int] = []
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var line = 0
            while line < buffer.count {
                if buffer[line] == UInt8(ascii: ">") {
                    var quote = line
                    while quote + 1 < buffer.count, buffer[quote + 1] == UInt8(ascii: ">") { quote += 1 }
                    if quote == line || isReversible, quote + mark.count <= buffer.count,
                        buffer[quote..<(quote + mark.count)].elementsEqual(mark)
                    {
                        places.append(bytes.startIndex + line)
                    }
                }
                guard let end = memchr(base + line, 0x0A, buffer.count - line) else { break }
                line = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(end)) + 1
            }
        }
        return places
    }
}
