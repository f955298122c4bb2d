import Calendar
import Drought
import Tables

/// What the rows of a zone table have in common.
struct ZoneTableContext: Sendable {
    var caption: RunCaption
    var isApproximate: Bool
    /// nil without a drought section.
    var drought: DroughtZoneColumns?
    var composite: CalendarDate?
    /// nil without incidents.
    var window: TimeWindow?
    var hasHotspots: Bool
    var sources: [DataDictionary.Source]

    var description: String {
        var parts = ["As of \(caption.asOf)."]
        if let composite { parts.append("Vegetation composite of \(composite).") }
        if let window { parts.append("Incidents of \(window).") }
        if isApproximate { parts.append("The lines are approximate.") }
        if caption.isSynthetic { parts.append("Synthetic data.") }
        return parts.joined(separator: " ")
    }
}
