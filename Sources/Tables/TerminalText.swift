/// Text from data, made safe to print on a terminal.
public enum TerminalText {
    /// `text` without control characters, so that a value in a file cannot
    /// move the cursor, change colours or forge lines of output.
    ///
    /// Tabs and line ends become spaces; the other C0 and C1 controls, DEL,
    /// and the characters that reorder text (bidirectional controls) go.
    /// - Parameter keepsLineEnds: leave LF, for text of several lines whose
    ///   parts were sanitized before.
    public static func sanitized(_ text: String, keepsLineEnds: Bool = false) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where keepsLineEnds: scalars.append(scalar)
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
            case 0..<0x20, 0x7F..<0xA0: continue
            case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// The first `limit` characters of `sanitized(text)`, with `...` behind
    /// when there were more: for quoting a value in a message.
    public static func excerpt(_ text: String, limit: Int = 60) -> String {
        let clean = sanitized(String(text.unicodeScalars.prefix(limit + 1)))
        guard text.unicodeScalars.count > limit else { return clean }
        return String(clean.unicodeScalars.prefix(limit)) + "..."
    }
}
