// Files of the checkout that tests read: the seeds, and trial data where they are found beside it.

internal import Foundation

/// Where the checkout's own files stand.
public enum Checkout {
    /// The folder of Package.swift.
    public static let path = #filePath.components(separatedBy: "/").dropLast(3).joined(separator: "/")

    /// The bytes of a file below `seeds/`; nil where it is not there.
    public static func seed(_ name: String) -> [UInt8]? { bytes("\(path)/seeds/\(name)") }

    /// The folder of real discussions to try things on: `$THREADBANK_CORPORA`, or `../shared/corpora`; nil where neither is there.
    public static var corpora: String? {
        let places = [ProcessInfo.processInfo.environment["THREADBANK_CORPORA"], "\(path)/../shared/corpora"]
        return places.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }

    public static func bytes(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }
}
