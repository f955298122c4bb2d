/// Keeps text that came from data from being run as a formula by the
/// spreadsheet that opens a published CSV.
public enum FormulaGuard {
    /// `text` with an apostrophe in front when a spreadsheet might run it.
    ///
    /// That is when it begins with `=`, `+`, `-`, `@`, TAB, CR or LF, also
    /// after spaces and quotes, and also in their full-width forms. The rule
    /// can be undone: two different texts never become the same.
    public static func guarded(_ text: String) -> String {
        isDangerous(text) ? "'" + text : text
    }

    /// Whether `guarded` changes `text`.
    public static func isDangerous(_ text: String) -> Bool {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}",
                "\u{FF20}":
                return true
            case "'", "\"", "\u{FEFF}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}": continue
            default:
                guard scalar.properties.isWhitespace else { return false }
            }
        }
        return false
    }
}
