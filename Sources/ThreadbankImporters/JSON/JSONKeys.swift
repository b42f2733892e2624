// The keys of an object, as far as they can be seen.

/// Looks ahead in an object without reading it.
enum JSONKeys {
    /// The keys of the object that starts with the first byte; where it is cut, those that are whole.
    static func ofObject(_ bytes: UnsafeBufferPointer<UInt8>) -> Set<String> {
        var keys: Set<String> = []
        var depth = 0
        var isKeyNext = false
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                let end = JSONString.end(bytes, from: place)
                if depth == 1, isKeyNext, let end {
                    keys.insert(JSONString.text(of: bytes[place..<end]))
                    isKeyNext = false
                }
                guard let end else { return keys }
                place = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                isKeyNext = depth == 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth <= 0 { return keys }
            case UInt8(ascii: ","):
                isKeyNext = depth == 1
            default: break
            }
            place += 1
        }
        return keys
    }
}
