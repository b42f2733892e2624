// From what a person names (files, folders, stdin) to inputs and the importer of each.

internal import Foundation
public import ThreadbankCore

/// An input, with the importer that reads it or the reason why none does.
public struct FoundInput {
    public enum Match {
        case importer(any Importer)
        /// Named, and no importer recognises it: what to say.
        case refused(String)
        /// Met on a walk, and no importer recognises it.
        case skipped
    }

    public let input: any ImportInput
    public let match: Match
}

/// Walks what was named and asks the registry about each file. A file is only opened when its turn comes.
public struct InputFinder {
    private let format: (any Importer)?
    private let sourceName: String?

    /// - parameter format: the importer that a person chose; nil to ask the registry.
    /// - parameter sourceName: what `--source` says, as the key of inputs that have none of their own.
    public init(format: (any Importer)? = nil, sourceName: String? = nil) {
        self.format = format
        self.sourceName = sourceName
    }

    /// Calls `body` with each input below `path`, folders in the order of their names; `-` is stdin.
    ///
    /// - throws: what `body` throws; ``ImportError`` where `path` itself cannot be opened.
    public func forEachInput(at path: String, _ body: (FoundInput) throws -> Void) throws {
        if path == "-" { return try body(stdin()) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ImportError("no such file or folder; check the path")
        }
        if isFolder.boolValue { return try walk(path, body) }
        let name = (path as NSString).lastPathComponent
        if !Self.isRegular(path) { return try body(piped(path)) }
        try body(found(FileInput(path: path, key: name, sourceName: sourceName), path, siblings: [], isNamed: true))
    }

    private func stdin() throws -> FoundInput { found(try FileHandle.standardInput.readToEnd(), "stdin") }

    /// A named pipe, or what a shell's `<(…)` gives: it can be read only once, as stdin.
    private func piped(_ path: String) throws -> FoundInput {
        let file = try FileInput.open(path)
        defer { try? file.close() }
        return found(try file.readToEnd(), path)
    }

    private func found(_ data: Data?, _ name: String) -> FoundInput {
        let bytes = data.map { Array($0) } ?? []
        return FoundInput(
            input: StdinInput(name: name, bytes: bytes, sourceName: sourceName),
            match: match(InputProbe(fileName: "", head: Array(bytes.prefix(Self.probeSize)), isNamed: true)))
    }

    /// Links to folders are not followed, so a walk always ends; hidden files are passed over, as `git` and `ripgrep` users expect.
    private func walk(_ root: String, _ body: (FoundInput) throws -> Void) throws {
        var folders = [root]
        while let folder = folders.popLast() {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
                throw ImportError("the folder \(folder) cannot be read; check its permissions")
            }
            var below: [String] = []
            for name in names where !name.hasPrefix(".") {
                let path = folder + (folder.hasSuffix("/") ? "" : "/") + name
                let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
                if type == .typeDirectory { below.append(path) }
                guard type == .typeRegular || type == .typeSymbolicLink && Self.isRegular(path) else { continue }
                let key = String(path.dropFirst(root.count).drop { $0 == "/" })
                let input = FileInput(path: path, key: key, sourceName: nil)
                try body(found(input, path, siblings: names, isNamed: false))
            }
            folders += below.reversed()
        }
    }

    /// Whether a path leads to a file with bytes of its own, through links too.
    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static let probeSize = 1 << 16

    private func found(_ input: FileInput, _ path: String, siblings: [String], isNamed: Bool) -> FoundInput {
        guard let file = try? FileInput.open(path) else {
            return FoundInput(input: input, match: .refused("cannot be opened; check its permissions"))
        }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: Self.probeSize) ?? Data() else {
            return FoundInput(input: input, match: .refused("cannot be read; is it a file?"))
        }
        let name = (path as NSString).lastPathComponent
        return FoundInput(
            input: input,
            match: match(InputProbe(fileName: name, siblings: siblings, head: Array(head), isNamed: isNamed)))
    }

    private func match(_ probe: InputProbe) -> FoundInput.Match {
        if let format { return .importer(format) }
        if let importer = Importers.recognising(probe) { return .importer(importer) }
        guard probe.isNamed else { return .skipped }
        if let packing = probe.packing { return .refused("is packed with \(packing), which cannot be read yet; unpack it first") }
        return .refused("no importer recognises it; name one with --from (threadbank formats lists them)")
    }
}

extension InputProbe {
    /// The compression or container that the first bytes show, by the magic numbers of file(1).
    var packing: String? {
        let signatures: [(String, [UInt8])] = [
            ("gzip", [0x1F, 0x8B]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A]),
            ("bzip2", Array("BZh".utf8)), ("zip", [0x50, 0x4B, 0x03, 0x04]), ("7z", [0x37, 0x7A, 0xBC, 0xAF]),
        ]
        return signatures.first { head.starts(with: $0.1) }?.0
    }
}
