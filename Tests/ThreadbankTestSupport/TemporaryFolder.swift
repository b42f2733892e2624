// A folder of its own for a test, gone when the test is done.

public import Foundation

/// An empty folder that is deleted when the last reference to it goes.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("threadbank-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    public func file(_ name: String) -> String { path + "/" + name }

    /// What stands in it, sorted by name.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    /// The bytes of a file in it; nil where there is none.
    public func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }
}
