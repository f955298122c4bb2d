import GridCore

/// Which bases can be handed over, kept or closed, and what people lose:
/// verdicts, supply routes, settlements that lose their last cover, seam
/// gaps and a table. Restricted: it shows bases and routes.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// and places that are not finite are left out.
public struct TransferMap: Sendable {
    /// What the evidence says about a base.
    public enum Verdict: Hashable, Sendable, CaseIterable {
        /// Much is lost without it, and gates are not passed.
        case keep
        /// A settlement loses its last cover: no closing.
        case keepNoSubstitute
        /// All gates are passed.
        case transferReady
        /// Some gates are not passed yet.
        case transferConditional
        /// Nobody loses cover.
        case closeCandidate
        /// Unknown gates decide.
        case holdData
    }

    public struct Base: Hashable, Sendable {
        /// Short name, in the label and in the table.
        public var id: String
        /// Full name, in the table; empty = none.
        public var name: String
        public var position: Coordinate
        public var verdict: Verdict
        /// When it leaves, such as "phase 2"; nil = not planned.
        public var phase: String?
        /// People who lose their last cover without it; nil = not known.
        public var peopleLosingCover: Double?

        public init(
            id: String, name: String = "", position: Coordinate, verdict: Verdict,
            phase: String? = nil, peopleLosingCover: Double? = nil
        ) {
            self.id = id
            self.name = name
            self.position = position
            self.verdict = verdict
            self.phase = phase
            self.peopleLosingCover = peopleLosingCover
        }
    }

    /// The way from the supply hub to a base.
    public struct Route: Hashable, Sendable {
        public var line: [Coordinate]
        /// Recent incidents near it, weighted by age, per kilometre; nil =
        /// not known.
        public var exposurePerKilometer: Double?
        public var isCutInFloodSeason: Bool
        /// There is no way around its exposed part.
        public var isSingleRoute: Bool

        public init(
            line: [Coordinate], exposurePerKilometer: Double?, isCutInFloodSeason: Bool = false,
            isSingleRoute: Bool = false
        ) {
            self.line = line
            self.exposurePerKilometer = exposurePerKilometer
            self.isCutInFloodSeason = isCutInFloodSeason
            self.isSingleRoute = isSingleRoute
        }
    }

    /// Where supplies come from.
    public struct Hub: Hashable, Sendable {
        public var name: String
        public var position: Coordinate

        public init(name: String, position: Coordinate) {
            self.name = name
            self.position = position
        }
    }

    public var caption: MapCaption
    public var ground: MapGround
    /// In the order of the table.
    public var bases: [Base] = []
    public var routes: [Route] = []
    public var hubs: [Hub] = []
    /// Settlements that lose their last cover if their base leaves.
    public var losingSettlements: [MapGround.Settlement] = []
    public var seamGaps: [CoverageMap.SeamGap] = []
    /// From here on a route is shown as moderately exposed.
    public var moderateExposurePerKilometer = 0.05
    /// From here on a route is shown as strongly exposed.
    public var highExposurePerKilometer = 0.2

    public init(caption: MapCaption, ground: MapGround) {
        self.caption = caption
        self.ground = ground
    }

    /// The sheet as PNG bytes, about 1,900 x 1,100 pixels, higher with more
    /// than 50 bases.
    ///
    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude; `drawing` when the
    ///   table is too long for a picture or memory is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try MapProjection.check(ground.extent, title: caption.title)
        return try TransferMapDrawing(self).pngBytes()
    }
}

extension TransferMap.Verdict {
    /// Colours of Okabe and Ito (2008), which are told apart with any form of
    /// colour vision, and a shape for each.
    var marker: Marker {
        switch self {
        case .keep: Marker(shape: .square, color: Color(0x0072B2))
        case .keepNoSubstitute: Marker(shape: .diamond, color: Color(0x111111))
        case .transferReady: Marker(shape: .circle, color: Color(0x009E73))
        case .transferConditional: Marker(shape: .triangle, color: Color(0xE69F00))
        case .closeCandidate: Marker(shape: .invertedTriangle, color: Color(0xCC79A7))
        case .holdData: Marker(shape: .hexagon, color: Color(0xC9C9C9))
        }
    }

    /// In the table.
    var shortLabel: String {
        switch self {
        case .keep: "Keep"
        case .keepNoSubstitute: "Keep, no substitute"
        case .transferReady: "Ready"
        case .transferConditional: "Conditional"
        case .closeCandidate: "May close"
        case .holdData: "Hold: data"
        }
    }

    /// In the legend, with the word of the tables.
    var label: String {
        switch self {
        case .keep: "Keep (KEEP)"
        case .keepNoSubstitute: "Keep: a settlement has no other cover (KEEP_NO_SUBSTITUTE)"
        case .transferReady: "Ready for transfer (TRANSFER_READY)"
        case .transferConditional: "Transfer on conditions (TRANSFER_CONDITIONAL)"
        case .closeCandidate: "May be closed (CLOSE_CANDIDATE)"
        case .holdData: "Hold until data are known (HOLD_DATA)"
        }
    }
}
