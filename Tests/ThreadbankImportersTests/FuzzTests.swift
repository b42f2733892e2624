// Each importer against inputs made wrong: a trap ends the test run, and the input that did it is found beside.

internal import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

/// A hundred variants an importer; `Scripts/fuzz` runs more, for as long as it is told, on given files too.
@Suite struct FuzzTests {
    /// Seconds an importer, by `$THREADBANK_FUZZ`; nil for the usual hundred variants.
    private static let seconds = ProcessInfo.processInfo.environment["THREADBANK_FUZZ"].flatMap(Double.init)
    private static let only = ProcessInfo.processInfo.environment["THREADBANK_FUZZ_FORMAT"]

    @Test(arguments: Importers.all.map(\.name).filter { only == nil || only == $0 })
    func variantsTrapNothing(format: String) throws {
        let importer = try #require(Importers.named(format))
        let inputs = Seed.of(format).map { ($0.fileName, $0.bytes) } + Self.further()
        guard !inputs.isEmpty else { return }
        var mutator = Mutator(seed: Self.seconds == nil ? 1 : UInt64.random(in: 0...UInt64.max), donors: inputs.map(\.1))
        let folder = try TemporaryFolder()
        let kept = Self.seconds == nil ? folder.file("case") : "\(NSTemporaryDirectory())/threadbank-fuzz-\(format)"
        let started = Date()
        var (runs, slowest) = (0, 0.0)
        while Self.seconds.map({ Date().timeIntervalSince(started) < $0 }) ?? (runs < 100) {
            let (name, bytes) = inputs[runs % inputs.count]
            let variant = mutator.variant(of: bytes)
            // Written before it is read: a trap leaves no time after.
            if Self.seconds != nil { try Data(variant).write(to: URL(fileURLWithPath: kept)) }
            let before = Date()
            let sink = RecordingSink()
            _ = importer.recognises(InputProbe(fileName: name, head: Array(variant.prefix(1 << 16)), isNamed: true))
            do {
                try importer.read(MemoryInput(name: name, bytes: variant, chunk: 1 << (runs % 17)), into: sink)
            } catch is ImportError {}
            let time = Date().timeIntervalSince(before)
            if time > slowest {
                slowest = time
                if time > 5, Self.seconds != nil {
                    try? FileManager.default.copyItem(atPath: kept, toPath: "\(kept)-slow-\(runs)")
                }
            }
            runs += 1
        }
        if Self.seconds != nil { print("\(format): \(runs) variants, slowest \(slowest) s") }
        #expect(slowest < 60, "a variant of at most 1 MiB took \(slowest) s")
    }

    /// Files named in `$THREADBANK_FUZZ_FILES`, a path a line.
    private static func further() -> [(String, [UInt8])] {
        let list = ProcessInfo.processInfo.environment["THREADBANK_FUZZ_FILES"] ?? ""
        return list.split(separator: "\n").compactMap { path in
            Checkout.bytes(String(path)).map { (String(path.split(separator: "/").last ?? ""), Array($0.prefix(1 << 18))) }
        }
    }
}
