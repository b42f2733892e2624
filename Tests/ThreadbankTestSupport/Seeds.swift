// The seeds by importer: a folder of `seeds/` bears the name of the importer that its files are for.

internal import Foundation
public import ThreadbankCore
internal import ThreadbankImporters

/// One file of `seeds/`.
public struct Seed: Sendable, CustomStringConvertible {
    /// The importer that it is for.
    public let importer: String
    public let fileName: String
    public let bytes: [UInt8]

    public var description: String { "\(importer)/\(fileName)" }

    public init(importer: String, fileName: String, bytes: [UInt8]) {
        self.importer = importer
        self.fileName = fileName
        self.bytes = bytes
    }

    /// All of them, in the order of their names.
    public static let all: [Seed] = Importers.all.map(\.name).flatMap { importer in
        let folder = "\(Checkout.path)/seeds/\(importer)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            Checkout.bytes("\(folder)/\(name)").map { Seed(importer: importer, fileName: name, bytes: $0) }
        }
    }

    public static func of(_ importer: String) -> [Seed] { all.filter { $0.importer == importer } }

    /// The importers whose seeds are files; those of others are whole folders, which have tests of their own.
    public static let fileImporters: [String] = Importers.all.filter { importer in
        !(importer is any FolderImporter) || all.contains { $0.importer == importer.name }
    }.map(\.name)

    /// The seed of that name; a name that is not there is a mistake in the test.
    public static func named(_ name: String) -> Seed {
        guard let seed = all.first(where: { $0.description == name }) else { preconditionFailure("no seed \(name)") }
        return seed
    }

    public var input: MemoryInput { MemoryInput(name: fileName, bytes: bytes) }

    public func probe(isNamed: Bool = true) -> InputProbe {
        InputProbe(fileName: fileName, head: Array(bytes.prefix(1 << 16)), isNamed: isNamed)
    }

    /// The same seed with other bytes.
    public func with(_ bytes: [UInt8]) -> Seed { Seed(importer: importer, fileName: fileName, bytes: bytes) }

    /// What its importer yields for it, and why reading stopped early; nil where it did not.
    public func read() throws -> (sink: RecordingSink, failure: ImportError?) {
        let sink = RecordingSink()
        do {
            try Importers.named(importer)?.read(input, into: sink)
            return (sink, nil)
        } catch let error as ImportError {
            return (sink, error)
        }
    }
}
