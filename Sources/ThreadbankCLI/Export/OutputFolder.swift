// The folders above what is written: made where they are not there, and taken away again where nothing was written.

internal import Foundation
internal import ThreadbankCore

enum OutputFolder {
    /// Runs `body`, which writes a file or folder at `path`, in folders that are there.
    static func making(above path: String, _ body: () throws -> Void) throws {
        var missing: [String] = []
        var folder = (path as NSString).deletingLastPathComponent
        while !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) {
            missing.append(folder)
            folder = (folder as NSString).deletingLastPathComponent
        }
        func withdraw() { for folder in missing { rmdir(folder) } }
        for folder in missing.reversed() where mkdir(folder, 0o777) != 0 && errno != EEXIST {
            let reason = String(cString: strerror(errno))
            withdraw()
            throw ThreadbankError(.invalid, "\(path): the folder \(folder) cannot be made: \(reason); name another file")
        }
        do {
            try body()
        } catch {
            withdraw()
            throw error
        }
    }
}
