// Texts that stand beside the tests: what a printer wrote when somebody looked at it and found it good.

internal import Foundation

/// Compares text with a file in the folder `Snapshots` beside the test's own file.
///
/// With `THREADBANK_RECORD=1` in the environment the file is written instead, and the comparison fails all the same: a run that
/// records proves nothing.
public enum Snapshot {
    /// What is different, for people; nil where the text is as it was.
    ///
    /// ```swift
    /// #expect(Snapshot.difference(text, "tree") == nil)
    /// ```
    public static func difference(_ text: String, _ name: String, file: String = #filePath) -> String? {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Snapshots")
        let place = folder.appendingPathComponent(name + ".txt")
        if ProcessInfo.processInfo.environment["THREADBANK_RECORD"] == "1" {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: place)
                return "recorded \(name).txt; look at it, and run again without THREADBANK_RECORD"
            } catch {
                return "\(name).txt cannot be written: \(error)"
            }
        }
        guard let data = FileManager.default.contents(atPath: place.path) else {
            return "there is no \(name).txt; THREADBANK_RECORD=1 makes it"
        }
        let (old, new) = (lines(String(decoding: data, as: UTF8.self)), lines(text))
        guard let first = (0..<max(old.count, new.count)).first(where: { old[checked: $0] != new[checked: $0] }) else {
            return nil
        }
        return
            "line \(first + 1) of \(name).txt\n  was \(old[checked: first] ?? "(the end)")\n  is  \(new[checked: first] ?? "(the end)")"
    }

    private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

extension Array {
    fileprivate subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
