// The way on behind a damaged gzip member: the next place where a member begins that holds what is looked for.

/// Looks for the start of a gzip member whose text begins with a mark.
struct MemberSearch {
    /// A member's head and its first compressed bytes have room in this.
    static let longestStart = 1 << 16
    /// Starts that prove to be none, after which the search ends: each takes some time, and a file may be full of them.
    private static let mostFailures = 100_000
    private static let magic: [UInt8] = [0x1F, 0x8B, 0x08]

    private let mark: [UInt8]
    private let codec = GzipCodec()
    private var failures = 0

    init(_ mark: [UInt8]) { self.mark = mark }

    var isTired: Bool { failures >= Self.mostFailures }

    /// The first such place from a place on; nil where none comes that can be judged.
    ///
    /// - parameter isWhole: whether no bytes follow these. Else places whose head may go on behind them are left for later.
    mutating func next(in bytes: [UInt8], from start: Int, isWhole: Bool) throws -> Int? {
        var place = start
        let end = isWhole ? bytes.count : bytes.count - Self.longestStart + 1
        while place < end, !isTired, let found = bytes[place..<bytes.count].firstIndex(of: Self.magic[0]), found < end {
            if bytes[found...].starts(with: Self.magic) {
                if begins(bytes, found) { return found }
                failures += 1
            }
            place = found + 1
        }
        return nil
    }

    /// Whether a member begins at a place whose text begins with the mark.
    private func begins(_ bytes: [UInt8], _ place: Int) -> Bool {
        codec.reset()
        var plain = [UInt8](repeating: 0, count: mark.count)
        var (read, written) = (place, 0)
        let end = min(bytes.count, place + Self.longestStart)
        while written < mark.count {
            let step = try? bytes.withUnsafeBufferPointer { input in
                try plain.withUnsafeMutableBufferPointer { output in
                    try codec.decode(
                        UnsafeBufferPointer(rebasing: input[read..<end]),
                        into: UnsafeMutableBufferPointer(rebasing: output[written...]))
                }
            }
            guard let step, step.consumed + step.produced > 0 else { return false }
            read += step.consumed
            written += step.produced
            if step.isEndOfMember { break }
        }
        return plain == mark
    }
}

/// The last chunks of some bytes that were read, up to a few megabytes.
struct HeldBytes {
    private static let most = 8 << 20
    private var chunks: [[UInt8]] = []
    private var count = 0

    mutating func append(_ chunk: [UInt8]) {
        chunks.append(chunk)
        count += chunk.count
        while count > Self.most, let first = chunks.first {
            count -= first.count
            chunks.removeFirst()
        }
    }

    var bytes: [UInt8] { Array(chunks.joined()) }
}
