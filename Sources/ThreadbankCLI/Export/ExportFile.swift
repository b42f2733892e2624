// Where an export goes that is one stream: stdout, or a file that gets its name when it is whole.

internal import Foundation
internal import ThreadbankCore

enum ExportFile {
    /// Runs `body` with an output to `path`, or to stdout where that is nil. A failure leaves no file.
    static func write(to path: String?, _ body: (inout Stdout) throws -> Void) throws {
        guard let path else {
            var out = Stdout()
            try body(&out)
            out.flush()
            return
        }
        let draft = "\(path).part-\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw ThreadbankError(.invalid, "\(path): cannot be written; check the permissions of its folder")
        }
        defer { unlink(draft) }
        var out = Stdout(file)
        try body(&out)
        out.flush()
        guard close(file) == 0, link(draft, path) == 0 || errno != EEXIST && rename(draft, path) == 0 else {
            throw ThreadbankError(.invalid, "\(path): cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
