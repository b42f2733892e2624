// A folder that is one input, and what folder importers may see of it before.

internal import Foundation
internal import ThreadbankCore

/// A folder on the disk, as folder importers may look at it.
final class DiskFolder: FolderProbe {
    let path: String
    let name: String
    let files: [String]
    let folders: [String]
    /// Paths that a folder above has claimed.
    let claimed: Set<String>
    /// The files that ``files(in:)`` has told of, as paths in this folder.
    private(set) var listed: Set<String> = []

    /// - parameter displayed: its path as people see it, which for an archive is not where it stands.
    init(_ path: String, _ displayed: String, _ files: [String], _ folders: [String], _ claimed: Set<String>) {
        self.path = path
        self.files = files
        self.folders = folders
        self.claimed = claimed
        name = (displayed as NSString).lastPathComponent
    }

    func files(in folder: String) -> [String] {
        guard !folder.hasParent else { return [] }
        let path = "\(path)/\(folder)"
        let files = (FolderListing.entries(of: path) ?? []).filter {
            $0.kind == .file && !$0.name.hasPrefix(".") && !claimed.contains("\(path)/\($0.name)")
        }
        for file in files { listed.insert("\(folder)/\(file.name)") }
        return files.map(\.name)
    }
}

extension String {
    /// Whether a path leads out of its folder.
    var hasParent: Bool { holds("..") && split(separator: "/").contains("..") }
}

/// What stands at a path.
enum FileKind {
    case file, folder, other

    /// Links are followed to files and never to folders, so that a walk always ends.
    static func of(_ path: String) -> FileKind? {
        var status = stat()
        return of(path, &status)
    }

    /// - parameter status: of what stands there, or of what a link leads to.
    static func of(_ path: String, _ status: inout stat) -> FileKind? {
        guard lstat(path, &status) == 0 else { return nil }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return isLink ? .other : .folder
        default: return .other
        }
    }
}

/// The files that an importer claimed of a folder.
final class FolderInput: ImportFolder {
    let name: String
    let key: String
    let sourceName: String?
    let files: [String]
    private let path: String
    private let scale: Double
    private let pause: Pause
    private var hash = SHA256Hash()
    /// Size and time of change of each file that the hash holds so far, the first ones of ``files``.
    private var marks: [[Int]] = []
    /// The same of files that were opened and are not hashed yet.
    private var opened: [String: [Int]] = [:]
    private var digest: String?
    /// How many of ``marks`` were found to hold still, when that was asked.
    private var compared = 0
    private let meter = Meter()
    /// Bytes of all files.
    private lazy var size = files.reduce(0) { sum, file in
        var status = stat()
        return sum + (stat("\(path)/\(file)", &status) == 0 ? Int(status.st_size) : 0)
    }

    init(files: [String], _ place: InputPlace, sourceName: String?, pause: @escaping Pause) {
        self.files = files
        self.pause = pause
        self.sourceName = sourceName
        name = place.name
        key = sourceName ?? place.key
        path = place.path
        scale = place.scale
    }

    /// Over each file's relative path and hash, in the order of the paths.
    var sha256: String? {
        get throws {
            if let digest { return digest }
            try addToHash(until: files.count)
            digest = hash.hex()
            return digest
        }
    }

    private func addToHash(until end: Int) throws {
        while marks.count < end { try addToHash(RawFile("\(path)/\(files[marks.count])", pause: pause)) }
    }

    private func addToHash(_ file: RawFile) throws {
        let name = files[marks.count]
        let hex = try file.sha256 ?? ""
        hash.update(Array("\(name)\u{0}\(hex)\n".utf8))
        marks.append(file.mark)
        if let before = opened.removeValue(forKey: name), before != file.mark { meter.failure = meter.failure ?? Self.changed }
    }

    /// A file that is read in its turn need not be read a second time for the hash; one that was passed over is hashed meanwhile.
    private func addToHash(_ file: String, _ raw: RawFile) {
        guard let place = files[marks.count...].prefix(100).firstIndex(of: file) else { return }
        opened[file] = raw.mark
        do {
            try addToHash(until: place)
            if raw.isWhole { try addToHash(raw) }
        } catch {
            // Whoever asks for the hash is told.
        }
    }

    private static let changed = ImportError("changed while it was read; what was read is kept; import it again")

    var byteCount: Int? { Int(Double(size) * scale) }

    var bytesRead: Int { min(byteCount ?? 0, meter.bytesRead) }

    var failure: ImportError? {
        // Asked once after reading, and again where the rest was hashed only then.
        if meter.failure == nil, compared < marks.count, hasChanged(since: compared) { meter.failure = Self.changed }
        compared = marks.count
        return meter.failure
    }

    func open(_ file: String) throws -> any ImportInput {
        do {
            let place = InputPlace(path: "\(path)/\(file)", name: "\(name)/\(file)", key: file, scale: scale)
            let raw = try RawFile(place.path, pause: pause)
            let input = try StreamInput(raw, place, sourceName: sourceName, meter: meter, pause: pause)
            addToHash(file, raw)
            return input
        } catch let error as ImportError {
            let error = error.within(file)
            meter.failure = meter.failure ?? error
            throw error
        }
    }

    func next() -> [UInt8]? { nil }
    func restart() {}

    /// Whether a file whose mark was taken, from that place on, is not as it was.
    private func hasChanged(since place: Int) -> Bool {
        // By their names in the open folder: half the time of asking by path.
        guard let folder = opendir(path) else { return true }
        defer { closedir(folder) }
        var status = stat()
        return zip(files, marks).dropFirst(place).contains { file, mark in
            fstatat(dirfd(folder), file, &status, 0) != 0 || RawFile.mark(status) != mark
        }
    }
}

extension ImportError {
    /// The same of a file in the folder that people see named.
    func within(_ file: String) -> ImportError {
        var diagnostic = diagnostic
        diagnostic.kind = "\(file) \(diagnostic.kind)"
        return ImportError(diagnostic)
    }
}
