// What stands in a folder, as the folder itself tells it.

internal import Foundation

/// The entries of a folder. File systems say of each whether it is a file or a folder, so that most need not be asked one by one.
enum FolderListing {
    struct Entry {
        let name: String
        let kind: FileKind
        /// Bytes of a file; nil where nobody asked, and of what is no file.
        let size: Int?
    }

    /// All entries but `.` and `..`, in the order of their names; nil where the folder cannot be read.
    ///
    /// - parameter sizes: how many files to ask for their size, by their names in the open folder: half the time of asking by path.
    static func entries(of path: String, sizes: Int = 0) -> [Entry]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        let number = dirfd(folder)
        var entries: [Entry] = []
        while let entry = readdir(folder) {
            let (name, type) = withUnsafePointer(to: &entry.pointee.d_name) { place in
                place.withMemoryRebound(to: CChar.self, capacity: 1) { (String(cString: $0), Int(entry.pointee.d_type)) }
            }
            if name == "." || name == ".." { continue }
            var status = stat()
            var size: Int?
            let kind: FileKind
            switch type {
            case Int(DT_DIR): kind = .folder
            case Int(DT_REG) where entries.count >= sizes: kind = .file
            case Int(DT_REG) where fstatat(number, name, &status, 0) == 0:
                kind = .file
                size = Int(status.st_size)
            default:
                // A link, or a file system that does not tell.
                kind = FileKind.of(path.hasSuffix("/") ? path + name : "\(path)/\(name)", &status) ?? .other
                if kind == .file { size = Int(status.st_size) }
            }
            entries.append(Entry(name: name, kind: kind, size: size))
        }
        return entries.sorted { $0.name < $1.name }
    }
}
