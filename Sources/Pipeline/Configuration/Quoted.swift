import Tables

/// A value of the user's in a message: in quotes, shortened, and without
/// control characters.
struct Quoted: CustomStringConvertible {
    var text: String

    init(_ text: String) { self.text = text }

    var description: String { "\"\(TerminalText.excerpt(text))\"" }
}
