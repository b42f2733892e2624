// The members of a JSON object one by one: gathered as a value, or written at once where there are very many objects.

/// Takes the members of an object in their order. One description of an object serves both ``JSONMemberList`` and ``JSONObjectWriter``.
public protocol JSONMembers: ~Copyable {
    /// - parameter key: plain ASCII without quotation marks: it is written as it is.
    mutating func add(_ key: StaticString, _ value: String?)
    mutating func add(_ key: StaticString, _ value: Int64?)
    mutating func add(_ key: StaticString, _ value: Double?)
    mutating func add(_ key: StaticString, _ values: [JSON])
    /// A list of integers, given until there is none. No sequence: one that is not specialised costs more than all else of a post.
    mutating func add(_ key: StaticString, integers next: () -> Int64?)
    /// A time as ``Timestamp/text(_:)`` gives it.
    mutating func add(_ key: StaticString, time seconds: Int64?)
}

/// Gathers the members of an object, to be put together with others.
public struct JSONMemberList: JSONMembers {
    public private(set) var members: [(String, JSON)] = []

    public init() {}

    public mutating func add(_ key: StaticString, _ value: String?) { members.append(("\(key)", JSON(value))) }
    public mutating func add(_ key: StaticString, _ value: Int64?) { members.append(("\(key)", JSON(value))) }
    public mutating func add(_ key: StaticString, _ value: Double?) { members.append(("\(key)", JSON(value))) }
    public mutating func add(_ key: StaticString, _ values: [JSON]) { members.append(("\(key)", .array(values))) }
    public mutating func add(_ key: StaticString, integers next: () -> Int64?) {
        var values: [JSON] = []
        while let value = next() { values.append(.integer(value)) }
        add(key, values)
    }

    public mutating func add(_ key: StaticString, time seconds: Int64?) { add(key, Timestamp.text(seconds)) }
}
