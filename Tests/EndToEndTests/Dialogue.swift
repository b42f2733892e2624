// Programs that are talked to, as on a terminal.

import Foundation
import Testing

/// A program that is written to when it has said something.
final class Dialogue {
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var heard: [UInt8] = []

    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment.merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]) { first, _ in first
        }
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    func type(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Reads until some words have come; what stands before them is forgotten.
    func wait(for words: String) throws {
        while true {
            if let place = String(decoding: heard, as: UTF8.self).range(of: words) {
                heard = Array(String(decoding: heard, as: UTF8.self)[place.upperBound...].utf8)
                return
            }
            heard = heard.suffix(200_000)
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "it ended before it said \(words)")
            heard += more
        }
    }

    func end() -> Int32 {
        try? input.fileHandleForWriting.close()
        _ = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
