/// File names made of names from data.
public enum Slug {
    /// Longest slug; with a prefix and an extension it stays a valid name.
    static let maximumCount = 64

    /// `text` as a file name: ASCII letters in lower case, digits and single
    /// hyphens; `unnamed` when nothing is left.
    ///
    /// Different texts can give the same slug: see `unique`.
    public static func name(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 where bytes.count < maximumCount {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                bytes.append(byte + 32)
            default:
                if let last = bytes.last, last != UInt8(ascii: "-") {
                    bytes.append(UInt8(ascii: "-"))
                }
            }
        }
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes.isEmpty ? "unnamed" : String(decoding: bytes, as: UTF8.self)
    }

    /// A different slug for each text, in the order of the texts: of equal
    /// ones the second gets `-2` and so on.
    public static func unique(_ texts: [String]) -> [String] {
        var taken: Set<String> = []
        return texts.map { text in
            let base = name(text)
            var candidate = base
            var number = 2
            while !taken.insert(candidate).inserted {
                candidate = "\(base)-\(number)"
                number += 1
            }
            return candidate
        }
    }
}
