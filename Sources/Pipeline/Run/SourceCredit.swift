import Products
import Tables

/// How an input is credited: in a line under pictures, and in full in data
/// dictionaries.
struct SourceCredit: Hashable, Sendable {
    var short: String
    var full: String

    var dictionarySource: DataDictionary.Source { .init(title: full) }

    /// The line under a picture.
    static func line(_ credits: [SourceCredit]) -> String {
        let texts = credits.map { credit in
            credit.short.hasSuffix(".") ? String(credit.short.dropLast()) : credit.short
        }
        let head = texts.count == 1 ? "Source: " : "Sources: "
        return (texts.isEmpty ? "" : head + texts.joined(separator: "; ") + ". ")
            + Jilaal.nameAndVersion
    }

    /// The file or pattern without its folder.
    static func name(ofFile written: String) -> String { ConfiguredPattern.split(written).name }
}

extension NightInputs {
    /// Credits of the incident sources, each once. An invented table is
    /// credited to no one whose layout it borrows.
    func incidentCredits(isSynthetic: Bool) -> [SourceCredit] {
        var credits: [SourceCredit] = []
        for source in incidents?.sources ?? [] {
            let name = SourceCredit.name(ofFile: source.configuration.file.written)
            let credit =
                if let profile = source.profile {
                    isSynthetic
                        ? SourceCredit(
                            short: "\(name) (invented)",
                            full: "\(name): invented events in the layout of \(profile.title)")
                        : SourceCredit(short: profile.shortCitation, full: profile.citation)
                } else {
                    SourceCredit(
                        short: isSynthetic ? "\(name) (invented)" : name,
                        full: isSynthetic ? "\(name): invented events" : name)
                }
            if !credits.contains(credit) { credits.append(credit) }
        }
        return credits
    }

    /// Credit of the vegetation rasters; nil without them.
    func vegetationCredit(isSynthetic: Bool) -> SourceCredit? {
        guard let stack = drought?.stack else { return nil }
        let short = isSynthetic ? "\(stack.productTitle) (invented)" : stack.productTitle
        return SourceCredit(
            short: short, full: stack.citation.isEmpty || isSynthetic ? short : stack.citation)
    }
}
