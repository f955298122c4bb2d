import Hotspots

/// What later stages need of the hotspots.
struct HotspotFindings: Sendable, Codable {
    /// The one with most incidents first.
    var hotspots: [Hotspot]
    /// The hot cells of the window.
    var current: HotspotRegions
    /// The hot cells of the window before.
    var previous: HotspotRegions

    init(_ result: HotspotResult) {
        hotspots = result.hotspots
        current = result.current.regions
        previous = result.previous
    }
}
