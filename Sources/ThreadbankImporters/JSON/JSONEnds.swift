// Where the long parts of a record end, so that entering them level by level is not reading them level by level.

/// The ends of objects and lists over 1 KiB, found in one pass. Without it a chain of replies would be read as often as it is deep.
struct JSONEnds {
    private var ends: [Int: Int] = [:]

    /// A record of more long parts than any real one has.
    struct TooDeep: Error {}

    private static let long = 1 << 10
    private static let most = 1 << 20

    init(_ bytes: [UInt8]) throws(TooDeep) {
        var open: [Int] = []
        var isTooDeep = false
        bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            while place < bytes.count, !isTooDeep {
                switch bytes[place] {
                case UInt8(ascii: "\""):
                    place = JSONString.end(bytes, from: place) ?? bytes.count
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    open.append(place)
                    isTooDeep = open.count > Self.most
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if let start = open.popLast(), place - start >= Self.long { ends[start] = place + 1 }
                    isTooDeep = ends.count > Self.most
                default: break
                }
                place += 1
            }
        }
        if isTooDeep { throw TooDeep() }
    }

    func end(of start: Int) -> Int? { ends[start] }
}
