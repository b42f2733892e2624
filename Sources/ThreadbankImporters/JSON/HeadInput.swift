// The head of an input, read as an input.

internal import ThreadbankCore

/// Lets an importer look at the first bytes of an input as it would read the whole.
final class HeadInput: ImportInput {
    let name = ""
    let key = ""
    let sourceName: String? = nil
    let sha256: String? = nil
    private let head: [UInt8]
    private var isRead = false

    init(_ head: [UInt8]) { self.head = head }

    func next() -> [UInt8]? {
        defer { isRead = true }
        return isRead || head.isEmpty ? nil : head
    }

    func restart() { isRead = false }
}
