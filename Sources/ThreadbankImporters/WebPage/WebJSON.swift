// A JSON text of a page, read as far as it makes sense: the objects in it and the texts in these.

internal import ThreadbankCore

/// The objects of a text in the order in which they begin.
///
/// Members are kept as places in the text, and decoded when asked for. What is no JSON costs the member in which it stands: pages hold
/// quotation marks that were not escaped, commas too many, ends too few. Lists count as what stands in them, to any depth.
struct WebJSON {
    private struct Member {
        var name: Range<Int32>
        var value: Range<Int32>
        /// The next one of the same object; -1 for none.
        var next: Int32 = -1
    }

    private struct Object {
        var parent: Int32
        var name: Range<Int32>
        var firstMember: Int32 = -1
        var lastMember: Int32 = -1
        var firstChild: Int32 = -1
        var lastChild: Int32 = -1
        var next: Int32 = -1
    }

    /// An object or a list that is open, and the member that comes.
    private struct Open {
        var object: Int32
        var isList: Bool
        var name: Range<Int32> = 0..<0
        var hasName = false
    }

    private let bytes: [UInt8]
    private var objects: [Object] = []
    private var members: [Member] = []
    private var open: [Open] = []
    /// How many are open beyond those in `open`.
    private var deeper = 0

    private static let deepest = 10_000
    private static let most = 4_000_000

    /// - parameter range: where the text stands in the bytes, which are fewer than 2 GiB.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        bytes.withUnsafeBufferPointer { read($0, range) }
        open = []
    }

    // MARK: Asking

    var count: Int { objects.count }

    /// The object in which another stands; nil for the outermost.
    func parent(_ object: Int) -> Int? { objects[object].parent < 0 ? nil : Int(objects[object].parent) }

    /// The member that an object is, itself or in a list; empty for the outermost.
    func name(_ object: Int) -> String {
        String(decoding: bytes[Int(objects[object].name.lowerBound)..<Int(objects[object].name.upperBound)], as: UTF8.self)
    }

    func has(_ name: String, _ object: Int) -> Bool {
        var place = objects[object].firstMember
        while place >= 0 {
            if isNamed(members[Int(place)].name, name) { return true }
            place = members[Int(place)].next
        }
        return false
    }

    /// The first text or number of that name.
    func text(_ name: String, _ object: Int) -> String? {
        var place = objects[object].firstMember
        while place >= 0 {
            let member = members[Int(place)]
            if isNamed(member.name, name) {
                let value = bytes[Int(member.value.lowerBound)..<Int(member.value.upperBound)]
                if value.first == UInt8(ascii: "\"") { return JSONString.text(of: value) }
                if let first = value.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) {
                    return String(decoding: value, as: UTF8.self)
                }
            }
            place = member.next
        }
        return nil
    }

    /// The first object of that name in another.
    func child(_ name: String, _ object: Int) -> Int? {
        var place = objects[object].firstChild
        var steps = 0
        while place >= 0, steps < 1000 {
            if isNamed(objects[Int(place)].name, name) { return Int(place) }
            place = objects[Int(place)].next
            steps += 1
        }
        return nil
    }

    private func isNamed(_ range: Range<Int32>, _ name: String) -> Bool {
        range.count == name.utf8.count && bytes[Int(range.lowerBound)..<Int(range.upperBound)].elementsEqual(name.utf8)
    }

    // MARK: Reading

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let bytes = UnsafeBufferPointer(rebasing: bytes[..<range.upperBound])
        var place = range.lowerBound
        while place < bytes.count, members.count < Self.most, objects.count < Self.most {
            switch bytes[place] {
            case UInt8(ascii: "{"): begin(place, isList: false)
            case UInt8(ascii: "["): begin(place, isList: true)
            case UInt8(ascii: "}"): end(isList: false)
            case UInt8(ascii: "]"): end(isList: true)
            case UInt8(ascii: ","): if let last = open.indices.last, !open[last].isList { open[last].hasName = false }
            case UInt8(ascii: "\""):
                guard let stop = JSONString.end(bytes, from: place), stop <= bytes.count else { return }
                string(bytes, place..<stop)
                place = stop
                continue
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let start = place
                while place < bytes.count, JSONToken(bytes[place]) == .word { place += 1 }
                value(start..<place)
                continue
            default: break
            }
            place += 1
        }
    }

    private mutating func begin(_ place: Int, isList: Bool) {
        guard open.count < Self.deepest, deeper == 0 else {
            deeper += 1
            return
        }
        let above = open.last
        value(place..<place + 1)
        var object = above?.object ?? -1
        let name = above.map { $0.hasName ? $0.name : 0..<0 } ?? 0..<0
        if !isList {
            let new = Int32(objects.count)
            objects.append(Object(parent: object, name: name))
            if object >= 0 {
                let last = objects[Int(object)].lastChild
                if last >= 0 { objects[Int(last)].next = new } else { objects[Int(object)].firstChild = new }
                objects[Int(object)].lastChild = new
            }
            object = new
        }
        if let last = open.indices.last, !open[last].isList { open[last].hasName = false }
        // What stands in a list is named like the list.
        open.append(Open(object: object, isList: isList, name: isList ? name : 0..<0, hasName: isList && !name.isEmpty))
    }

    /// Ends the innermost object or list of its kind; an end of none that is open means nothing.
    private mutating func end(isList: Bool) {
        if deeper > 0 {
            deeper -= 1
            return
        }
        guard let last = open.last else { return }
        if last.isList == isList {
            open.removeLast()
        } else if !isList {
            // A list whose own end is missing.
            let lists = open.reversed().prefix { $0.isList }.count
            if lists < open.count { open.removeLast(lists + 1) }
        }
    }

    /// The name of a member, where a colon follows; else a value.
    private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        if deeper > 0 { return }
        guard let last = open.indices.last, !open[last].isList, !open[last].hasName else { return value(range) }
        var place = range.upperBound
        while place < bytes.count, JSONByte.isSpace(bytes[place]) { place += 1 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else { return }
        open[last].name = Int32(range.lowerBound + 1)..<Int32(range.upperBound - 1)
        open[last].hasName = true
    }

    private mutating func value(_ range: Range<Int>) {
        guard deeper == 0, let last = open.indices.last, open[last].object >= 0, open[last].hasName else { return }
        let owner = Int(open[last].object)
        let new = Int32(members.count)
        members.append(Member(name: open[last].name, value: Int32(range.lowerBound)..<Int32(range.upperBound)))
        if objects[owner].lastMember >= 0 {
            members[Int(objects[owner].lastMember)].next = new
        } else {
            objects[owner].firstMember = new
        }
        objects[owner].lastMember = new
        if !open[last].isList, !JSONByte.opens(bytes[range.lowerBound]) { open[last].hasName = false }
    }
}
