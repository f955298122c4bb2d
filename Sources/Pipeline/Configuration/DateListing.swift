import Calendar

/// How the dates of a raster stack are known.
public enum DateListing: Hashable, Sendable {
    /// A pattern on file names or band descriptions: `{yyyy}`, `{mm}`,
    /// `{dd}`, `{doy}` (three digits, day of year) and `*` for anything.
    /// Without `{dd}` the first day of the month is meant.
    case pattern(String)
    /// One date for each band, or for each file in the order of their names.
    case dates([CalendarDate])

    /// What is wrong with a pattern; nil when it names a whole date.
    static func fault(ofPattern text: String) -> String? {
        let tokens = text.matches(of: #/\{([^{}]*)\}/#).map { String($0.output.1) }
        let rest = text.replacing(#/\{[^{}]*\}/#, with: "")
        if rest.contains("{") || rest.contains("}") { return "has a brace without its partner" }
        let known = ["yyyy", "mm", "dd", "doy"]
        if let unknown = tokens.first(where: { !known.contains($0) }) {
            return "has an unknown part \(Quoted("{\(unknown)}"))"
        }
        for token in known where tokens.filter({ $0 == token }).count > 1 {
            return "says {\(token)} twice"
        }
        if !tokens.contains("yyyy") { return "has no {yyyy}" }
        if tokens.contains("doy") {
            return tokens.contains("mm") || tokens.contains("dd")
                ? "says both {doy} and {mm} or {dd}" : nil
        }
        return tokens.contains("mm") ? nil : "has neither {mm} nor {doy}"
    }
}
