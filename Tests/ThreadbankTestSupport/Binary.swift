// Runs the built command as its users do.

internal import Foundation

/// The built `threadbank`.
public enum Binary {
    /// Its path: beside the test bundle, where SwiftPM builds both.
    public static let path: String = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appendingPathComponent("threadbank").path
    }()

    /// What a run gave: its exit code (that of a signal is negative), and all of what it wrote.
    public typealias Result = (status: Int32, stdout: String, stderr: String)

    /// Runs it to its end.
    ///
    /// Unless `environment` says otherwise, its archive and its data stand in an empty folder that is deleted afterwards, so no test
    /// touches a real archive.
    ///
    /// - parameters:
    ///   - stdin: what it reads; nil for nothing.
    ///   - environment: variables beside `PATH`.
    ///   - folder: where it runs; nil for that empty folder.
    ///   - binary: another program to run in its place, a copy of it or a shell.
    public static func run(
        _ arguments: [String], stdin: String? = nil, environment: [String: String] = [:], in folder: String? = nil,
        binary: String = path
    ) throws -> Result {
        let home = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder ?? home.path)
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": home.path, "XDG_DATA_HOME": home.path,
            "THREADBANK_ARCHIVE": home.file("archive.sqlite"),
        ].merging(environment) { $1 }

        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin == nil ? FileHandle.nullDevice : input
        process.standardOutput = output
        process.standardError = errors
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        // Both ends are read while stdin is written: a full pipe would stop the command for ever.
        let readers = [Reader(output), Reader(errors)]
        if let stdin {
            try? input.fileHandleForWriting.write(contentsOf: Data(stdin.utf8))
            try? input.fileHandleForWriting.close()
        }
        let texts = readers.map { $0.text() }
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return (isSignal ? -process.terminationStatus : process.terminationStatus, texts[0], texts[1])
    }

    /// Reads a pipe to its end on a thread of its own.
    private final class Reader: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var data = Data()

        init(_ pipe: Pipe) {
            Thread.detachNewThread {
                self.data = pipe.fileHandleForReading.readDataToEndOfFile()
                self.done.signal()
            }
        }

        /// What was read, once all of it is there; bytes that are no UTF-8 as U+FFFD.
        func text() -> String {
            done.wait()
            return String(decoding: data, as: UTF8.self)
        }
    }
}
