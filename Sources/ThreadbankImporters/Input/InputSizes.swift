// How many bytes were named, for the progress.

internal import Foundation

/// Sums sizes without opening a file.
public enum InputSizes {
    /// Entries that are looked at before it is given up: the sum must not take longer than it is worth.
    private static let limit = 200_000

    /// Bytes of all files at and below the paths, hidden ones left out as in ``InputFinder``; nil where a pipe is among them, or more
    /// files than are worth counting.
    public static func sum(_ paths: [String]) -> Int? {
        var sum = 0
        var seen = 0
        for path in paths {
            var status = stat()
            guard path != "-", stat(path, &status) == 0 else { return nil }
            switch status.st_mode & S_IFMT {
            case S_IFREG: sum += Int(status.st_size)
            case S_IFDIR:
                var folders = [path]
                while let folder = folders.popLast() {
                    let entries = FolderListing.entries(of: folder, sizes: limit - seen) ?? []
                    seen += entries.count
                    if seen > limit { return nil }
                    for entry in entries where !entry.name.hasPrefix(".") {
                        if entry.kind == .folder { folders.append("\(folder)/\(entry.name)") }
                        sum += entry.size ?? 0
                    }
                }
            default: return nil
            }
        }
        return sum
    }
}
