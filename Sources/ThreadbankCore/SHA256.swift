// SHA-256 (FIPS 180-4) by OpenSSL's libcrypto, for keys and for knowing an input again.

internal import CCrypto

/// Computes SHA-256 over bytes given piece by piece.
///
/// ```swift
/// var hash = SHA256Hash()
/// hash.update(Array("words".utf8))
/// let hex = hash.hex()   // 64 lower-case digits
/// ```
public struct SHA256Hash {
    private var context = SHA256_CTX()

    public init() { SHA256_Init(&context) }

    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = SHA256_Update(&context, $0.baseAddress, $0.count) }
    }

    /// The digest so far, in lower-case hex. The hash can be fed on.
    public func hex() -> String {
        var copy = context
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Final(&digest, &copy)
        func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
        return String(unsafeUninitializedCapacity: digest.count * 2) { text in
            for (place, byte) in digest.enumerated() {
                text[place * 2] = digit(byte >> 4)
                text[place * 2 + 1] = digit(byte & 15)
            }
            return digest.count * 2
        }
    }

    /// The digest of a text's UTF-8 bytes, in lower-case hex.
    public static func hex(of text: String) -> String {
        var hash = SHA256Hash()
        hash.update(Array(text.utf8))
        return hash.hex()
    }
}
