// One import at a time.

internal import Foundation
internal import ThreadbankCore

/// The lock that an import holds: a file beside the archive, locked with `flock` so that a killed process gives it up, and removed
/// when the import ends. It holds the start time, for the message that others see.
final class ImportLock {
    private let path: String
    private let file: Int32

    /// - parameter waiting: whether to wait for another import to end.
    /// - throws: ``ThreadbankError`` with code `locked` where another import runs.
    init(archive: String, waiting: Bool) throws(ThreadbankError) {
        path = archive + "-import"
        while true {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw ArchiveFile.refusal(path, "cannot be made", "check the permissions of its folder") }
            if flock(file, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
                if errno == EINTR {
                    close(file)
                    continue
                }
                let since = Self.text(of: file)
                close(file)
                throw ThreadbankError(
                    .locked, "\(archive): another import runs since \(since); wait for it with --wait, or try again later")
            }
            // The holder before may have removed the file that was opened here; then the lock is on nothing.
            if Self.isSame(file, path) {
                self.file = file
                break
            }
            close(file)
        }
        ftruncate(file, 0)
        let now = Timestamp.text(Int64(Date().timeIntervalSince1970)) ?? "?"
        _ = now.withCString { pwrite(file, $0, strlen($0), 0) }
    }

    deinit {
        unlink(path)
        close(file)
    }

    private static func text(of file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(file, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : "a moment ago"
    }

    private static func isSame(_ file: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
    }
}
