// A field that may be wrong without costing the record.

internal import Synchronization

/// A field that is nil where it is absent, and where its value makes no sense: one bad date must not lose a post. What was wrong is
/// told to the ``FieldFaults`` of the decoder, where it has any.
@propertyWrapper
struct Lenient<Value: Decodable>: Decodable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

extension KeyedDecodingContainer {
    /// What the compiler calls for a lenient field.
    func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        do {
            return Lenient(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
        } catch {
            let faults = try? superDecoder(forKey: key).userInfo[FieldFaults.key] as? FieldFaults
            faults?.add(JSONText.reason(error))
            return Lenient(wrappedValue: nil)
        }
    }
}

/// Collects what was wrong in lenient fields of one record.
final class FieldFaults: Sendable {
    static var key: CodingUserInfoKey { CodingUserInfoKey(rawValue: "threadbank.faults").unsafelyUnwrapped }

    private let reasons = Mutex<[String]>([])

    func add(_ reason: String) { reasons.withLock { $0.append(reason) } }

    /// The reasons since the last call.
    func take() -> [String] {
        reasons.withLock { reasons in
            defer { reasons = [] }
            return reasons
        }
    }
}
