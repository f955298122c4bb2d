import Bases
import Geo
import GridCore
import Sectors
import Tables

/// The seams between sectors: what nobody of either side reaches. Restricted
/// only: a gap must not be found from what is published.
struct SeamTables {
    let study: TravelStudy
    let edition: Edition
    let caption: RunCaption

    private static let columns: [ColumnDescription] = [
        .init(
            "seam", .string,
            "The two sectors; all (each cell once) and sum of seams at the end"),
        .init("profile", .string, "physical or secured"),
        .init("season", .string, "dry or wet"),
        .init("T_min", .number, unit: "minutes", "Travel time up to which a place is reached"),
        .init(
            "zone_km", .number, unit: "km", decimals: 1,
            "Distance from the border up to which land belongs to the seam"),
        .init("zone_km2", .number, unit: "km2", decimals: 1, "Area of the seam"),
        .init("border_km", .number, unit: "km", decimals: 1, "Length of the border"),
        .init("hotspot_km2", .number, unit: "km2", decimals: 3, "Hotspot area in the seam"),
        .init(
            "gap_km2", .number, unit: "km2", decimals: 3,
            "Hotspot area that no base of either sector reaches"),
        .init(
            "one_sided_km2", .number, unit: "km2", decimals: 3,
            "Hotspot area that only the other side's bases reach"),
        .init(
            "third_party_km2", .number, unit: "km2", decimals: 3,
            "Part of the gap that only a third sector's base reaches"),
        .init("pop", .number, unit: "persons", decimals: 0, "People in the gap"),
        .init(
            "pop_one_sided", .number, unit: "persons", decimals: 0,
            "People whom only the other side's bases reach"),
        .init("settlements", .integer, "Settlements in the gap"),
        .init("incidents_w", .number, decimals: 3, "Incidents in the gap, each weighted by its age"),
        .init(
            "border_gap_km", .number, unit: "km", decimals: 1,
            "Longest stretch of the border that no base reaches"),
        .init("nearest_a", .string, "Base of the first sector nearest to the border"),
        .init("min_a", .number, unit: "minutes", decimals: 1, "Its time"),
        .init("nearest_b", .string, "Base of the second sector nearest to the border"),
        .init("min_b", .number, unit: "minutes", decimals: 1, "Its time"),
        .init("civilian_led", .string, "What protects people there without soldiers"),
        Edition.column,
    ]

    func table(_ analyses: [CoverageAnalysis]) -> CSVTable {
        var table = CSVTable(columns: Self.columns)
        for analysis in analyses {
            for figures in analysis.seams.seams {
                for limit in analysis.seams.limitsInMinutes.indices {
                    table.append(cells(figures, limit, analysis))
                }
            }
            for limit in analysis.seams.limitsInMinutes.indices {
                let sums = [
                    ("all", analysis.seams.once[limit]),
                    ("sum of seams", analysis.seams.listed[limit]),
                ]
                for (name, totals) in sums { table.append(total(name, totals, limit, analysis)) }
            }
        }
        return table
    }

    /// The seams as areas, with the figures of the main limit.
    func features(_ analyses: [CoverageAnalysis]) throws -> [GeoJSONFeature] {
        var features: [GeoJSONFeature] = []
        let limit = study.model.mainLimit
        for analysis in analyses {
            let scene = analysis.scene
            for (index, figures) in analysis.seams.seams.enumerated() {
                features.append(
                    GeoJSONFeature(
                        id: "\(name(figures)) \(scene.profile.name) \(scene.season.rawValue)",
                        geometry: .multiPolygon(try study.seamShape(index)),
                        properties: TableJSON.members(
                            Self.columns, cells(figures, limit, analysis), caption)))
            }
        }
        return features
    }

    private func name(_ figures: SeamFigures) -> String {
        let zones = study.model.inputs.sectors.zones
        return "\(zones[figures.first].id)-\(zones[figures.second].id)"
    }

    private func cells(
        _ figures: SeamFigures, _ limit: Int, _ analysis: CoverageAnalysis
    ) -> [Cell] {
        let gap = figures.limits[limit]
        let bases = study.model.bases
        let size: [Cell] = [
            .number(figures.zoneSquareMeters / 1e6), .number(figures.borderMeters / 1000),
            .number(figures.zone.hotspotSquareMeters / 1e6),
        ]
        let sides: [Cell] = [
            .number(gap.longestUncoveredMeters / 1000),
            .optional(figures.nearestOfFirst.map { bases[$0.base].id }),
            .optional(figures.nearestOfFirst?.minutes),
            .optional(figures.nearestOfSecond.map { bases[$0.base].id }),
            .optional(figures.nearestOfSecond?.minutes), .text(CivilianLedOptions.line),
            edition.cell,
        ]
        return head(name(figures), limit, analysis) + size + totals(gap.totals) + sides
    }

    private func total(
        _ name: String, _ sums: SeamTotals, _ limit: Int, _ analysis: CoverageAnalysis
    ) -> [Cell] {
        let none: [Cell] = [.missing, .missing, .missing]
        return head(name, limit, analysis) + none + totals(sums) + none + none + [edition.cell]
    }

    private func head(_ name: String, _ limit: Int, _ analysis: CoverageAnalysis) -> [Cell] {
        [
            .text(name), .text(analysis.scene.profile.name), .text(analysis.scene.season.rawValue),
            .number(analysis.seams.limitsInMinutes[limit]),
            .number(study.model.coverage.seamWidth.kilometers),
        ]
    }

    private func totals(_ sums: SeamTotals) -> [Cell] {
        [
            .number(sums.gap.hotspotSquareMeters / 1e6),
            .number(sums.oneSided.hotspotSquareMeters / 1e6),
            .number(sums.thirdParty.hotspotSquareMeters / 1e6), .number(sums.gap.people),
            .number(sums.oneSided.people), .integer(sums.gap.settlements),
            .number(sums.gap.incidentWeight),
        ]
    }
}

extension TravelStudy {
    /// The land of a seam in longitude and latitude.
    func seamShape(_ index: Int) throws -> MultiPolygon {
        let back = try CoordinateTransform(from: model.spec.crs, to: .wgs84)
        return try back(MultiPolygon(borders.seams[index].parts.flatMap(\.polygons)))
    }
}
