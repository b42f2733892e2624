// A folder that is one input, and what folder importers may see of it before.

internal import Foundation
internal import ThreadbankCore

/// A folder on the disk, as folder importers may look at it.
struct DiskFolder: FolderProbe {
    let path: String
    let name: String
    let files: [String]
    let folders: [String]
    /// Paths that a folder above has claimed.
    let claimed: Set<String>

    /// - parameter displayed: its path as people see it, which for an archive is not where it stands.
    init(_ path: String, _ displayed: String, _ files: [String], _ folders: [String], _ claimed: Set<String>) {
        self.path = path
        self.files = files
        self.folders = folders
        self.claimed = claimed
        name = (displayed as NSString).lastPathComponent
    }

    func files(in folder: String) -> [String] {
        guard !folder.split(separator: "/").contains("..") else { return [] }
        let path = "\(path)/\(folder)"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        return names.filter { name in
            !name.hasPrefix(".") && !claimed.contains("\(path)/\(name)") && FileKind.of("\(path)/\(name)") == .file
        }
    }
}

/// What stands at a path.
enum FileKind {
    case file, folder, other

    /// Links are followed to files and never to folders, so that a walk always ends.
    static func of(_ path: String) -> FileKind? {
        var status = stat()
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
    /// Size and time of change of each file when it was hashed.
    private var marks: [[Int]] = []
    private var digest: String?
    private let meter = Meter()
    private lazy var size: Int = files.reduce(0) { $0 + (mark(of: $1).first ?? 0) }

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
            var hash = SHA256Hash()
            for file in files {
                marks.append(mark(of: file))
                let hex = try RawFile("\(path)/\(file)", pause: pause).sha256 ?? ""
                hash.update(Array("\(file)\u{0}\(hex)\n".utf8))
            }
            digest = hash.hex()
            return digest
        }
    }

    var byteCount: Int? { Int(Double(size) * scale) }

    var bytesRead: Int { min(byteCount ?? 0, meter.bytesRead) }

    var failure: ImportError? {
        if let failure = meter.failure { return failure }
        guard digest != nil, zip(files, marks).contains(where: { mark(of: $0) != $1 }) else { return nil }
        return ImportError("changed while it was read; what was read is kept; import it again")
    }

    func open(_ file: String) throws -> any ImportInput {
        do {
            let place = InputPlace(path: "\(path)/\(file)", name: "\(name)/\(file)", key: file, scale: scale)
            return try StreamInput(RawFile(place.path, pause: pause), place, sourceName: sourceName, meter: meter, pause: pause)
        } catch let error as ImportError {
            let error = error.within(file)
            meter.failure = meter.failure ?? error
            throw error
        }
    }

    func next() -> [UInt8]? { nil }
    func restart() {}

    private func mark(of file: String) -> [Int] {
        var status = stat()
        return stat("\(path)/\(file)", &status) == 0 ? RawFile.mark(status) : []
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
