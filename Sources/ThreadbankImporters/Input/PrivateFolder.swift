// A folder of our own for what is unpacked, and how much it may take of the disk.

internal import Foundation
internal import ThreadbankCore

/// An empty folder below `$TMPDIR` that only its owner can look into. It goes when this goes, after errors and Ctrl-C too.
final class PrivateFolder {
    let path: String
    private var sinceAsked = 0

    /// Bytes between two looks at how full the disk is.
    private static let stride = 4 << 20

    init() throws {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(parent)/threadbank-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ImportError("cannot be unpacked: no folder can be made in \(parent); name another with TMPDIR")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// To be called before bytes or a file are added. What is unpacked may fill the disk but for 1 GiB, or a tenth of a small one,
    /// and so with the files that it can hold: an archive of a few kilobytes may unpack to any size.
    ///
    /// - throws: ``ImportError`` where that point is reached.
    func makeRoom(for bytes: Int) throws {
        sinceAsked += bytes + 1024
        guard sinceAsked > Self.stride else { return }
        sinceAsked = 0
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return }
        let (block, blocks) = (Int(clamping: disk.f_frsize), Int(clamping: disk.f_blocks))
        let (size, overflows) = block.multipliedReportingOverflow(by: blocks)
        let reserve = min(1 << 30, (overflows ? Int.max : size) / 10)
        let isFull = Int(clamping: disk.f_bavail) < (reserve + Self.stride) / max(1, block)
        let files = Int(clamping: disk.f_files)
        if isFull || files > 0 && Int(clamping: disk.f_favail) < min(10_000, files / 10) { throw Self.full }
    }

    static let full = ImportError(
        "unpacks to more than the disk of the temporary folder can take; what was unpacked before is read; name another with TMPDIR"
    )

    /// Opens a file to be written below the folder, making the folders on the way.
    func create(_ components: [String]) throws(ImportError) -> Int32 {
        let file = ([path] + components).joined(separator: "/")
        try make(([path] + components.dropLast()).joined(separator: "/"))
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.refusal() }
        return descriptor
    }

    func remove(_ components: [String]) { unlink(([path] + components).joined(separator: "/")) }

    private func make(_ folder: String) throws(ImportError) {
        if access(folder, X_OK) == 0 { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.refusal()
        }
    }

    /// Writes all of it.
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws {
        try makeRoom(for: bytes.count)
        var start = 0
        while start < bytes.count {
            let written = Foundation.write(file, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            if written < 0, errno != EINTR { throw errno == ENOSPC || errno == EDQUOT ? Self.full : Self.refusal() }
            start += max(0, written)
        }
    }

    private static func refusal() -> ImportError {
        ImportError("cannot be unpacked: \(String(cString: strerror(errno)).lowercased())")
    }
}
