// From what a person names (files, folders, stdin) to inputs and the importer of each.

internal import Foundation
public import ThreadbankCore

/// An input, with the importer that reads it or the reason why none does.
public struct FoundInput {
    public enum Match {
        case importer(any Importer)
        /// Named or broken, and nothing reads it: what to say.
        case refused(String)
        /// Met on a walk, and of no use: why.
        case skipped(String)
    }

    public let input: any ImportInput
    public let match: Match
}

/// Walks what was named and asks the registry about each file. A file is only opened when its turn comes; compression is taken off, and
/// an archive is walked like a folder.
public struct InputFinder {
    let format: (any Importer)?
    let importers: [any Importer]
    let sourceName: String?
    let pause: Pause
    let unpacking: (String) -> Void

    /// - parameters:
    ///   - format: the importer that a person chose; nil to ask `importers`, in their order.
    ///   - sourceName: what `--source` says: of which site, list or source an input is that does not tell it; of one that was named
    ///     itself also its key.
    ///   - unpacking: told the name of an archive before it is unpacked.
    ///   - shouldStop: asked once a chunk of whatever is read; true ends it with ``ImportInterruption``.
    public init(
        format: (any Importer)? = nil, importers: [any Importer] = Importers.all, sourceName: String? = nil,
        unpacking: @escaping (String) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
    ) {
        self.format = format
        self.importers = format.map { [$0] } ?? importers
        self.sourceName = sourceName
        self.unpacking = unpacking
        pause = { if shouldStop() { throw ImportInterruption() } }
    }

    /// Calls `body` with each input below `path`, folders in the order of their names; `-` is stdin.
    ///
    /// - throws: what `body` throws; ``ImportInterruption``; ``ImportError`` where there is nothing at `path`.
    public func forEachInput(at path: String, _ body: (FoundInput) throws -> Void) throws {
        var place = InputPlace(path: path, name: path, isNamed: true)
        if path == "-" {
            place.name = "stdin"
            return try visit(place, body) { try RawPipe(dup(STDIN_FILENO), pause: pause) }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw ImportError("no such file or folder; check the path") }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            place.key = (path as NSString).lastPathComponent
            place.isNamed = false
            try walk(place, body)
        case S_IFREG:
            place.key = (path as NSString).lastPathComponent
            try visit(place, body) { try RawFile(path, pause: pause) }
        default:
            // A named pipe, or what a shell's `<(…)` gives: it can be read only once, as stdin.
            try visit(place, body) {
                let file = open(path, O_RDONLY | O_CLOEXEC)
                guard file >= 0 else { throw ImportError("cannot be opened; check its permissions") }
                return try RawPipe(file, pause: pause)
            }
        }
    }

    /// Hands over what stands at one place: an input, or the inputs in an archive.
    func visit(_ place: InputPlace, _ body: (FoundInput) throws -> Void, open: () throws -> any RawBytes) throws {
        let input: StreamInput
        do {
            input = try StreamInput(open(), place, sourceName: sourceName, pause: pause)
        } catch let error as ImportError {
            return try body(FoundInput(input: UnreadInput(place.name), match: .refused(error.description)))
        }
        if let container = Container(input.stream.head), !isOtherProgramsDocument(container, input, place) {
            return try unpack(container, input, place, body)
        }
        try body(FoundInput(input: input, match: match(input, place)))
    }

    private func match(_ input: StreamInput, _ place: InputPlace) -> FoundInput.Match {
        if let format { return .importer(format) }
        let probe = InputProbe(
            fileName: input.unpackedName, siblings: place.siblings, head: input.stream.head, isNamed: place.isNamed)
        if let importer = importers.first(where: { $0.recognises(probe) }) { return .importer(importer) }
        guard place.isNamed else { return .skipped("no importer recognises it") }
        if Packing(probe.head[...]) != nil {
            return .refused("is packed more than \(Packing.deepest) times over; unpack it first")
        }
        return .refused("no importer recognises it; name one with --from (threadbank formats lists them)")
    }

    /// Office documents and programs are zip files too, in which a walk has no business.
    private func isOtherProgramsDocument(_ container: Container, _ input: StreamInput, _ place: InputPlace) -> Bool {
        guard container == .zip, !place.isNamed, let dot = input.unpackedName.lastIndex(of: ".") else { return false }
        return input.unpackedName[dot...].lowercased() != ".zip"
    }
}

/// What could not be opened, for its name.
final class UnreadInput: ImportInput {
    let name: String
    let key = ""
    let sourceName: String? = nil
    let sha256: String? = nil

    init(_ name: String) { self.name = name }

    func next() -> [UInt8]? { nil }
    func restart() {}
}
