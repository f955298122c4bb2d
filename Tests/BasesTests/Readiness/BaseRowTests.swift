import Bases
import Calendar
import GridCore
import Testing
import TestSupport

@Suite("Rows of the transfer table")
struct BaseRowTests {
    private static let identity = BaseIdentity(
        id: "B07", name: "Geriley", sector: "S2", contingent: "K1", status: "open")

    private static let losses = BaseLosses(
        limitInMinutes: 120, season: "wet", population: 12_340,
        settlements: [
            LostSettlement(name: "X", population: 4100), LostSettlement(name: "Y", population: nil),
        ], delayPersonMinutes: 5e5, backupPopulation: 100, hotspotKm2: 12, seamGrowthKm2: 0,
        nearestRemaining: "B11", nearestRemainingMinutes: 187.4)

    private static var route: SupplyRoute {
        var route = SupplyRoute(
            path: SupplyPath(
                hub: 0,
                coordinates: [
                    Coordinate(longitude: 44, latitude: 0), Coordinate(longitude: 45, latitude: 0),
                ], minutes: SeasonalMinutes(dry: 200, wet: 300, flood: .infinity)),
            incidents: [
                SupplyIncident(
                    coordinate: Coordinate(longitude: 44.5, latitude: 0), ageInDays: 0,
                    precisionInMeters: 0)
            ])
        route.detourMinutes = .infinity
        return route
    }

    private static func row(_ assessment: BaseAssessment, losses: BaseLosses = losses) -> BaseRow {
        BaseRow(
            identity: identity, assessment: assessment,
            ranking: BaseRanking(
                importance: assessment.importance, rank: 3, rankMinimum: 2, rankMaximum: 5,
                robustShare: 0.93, draws: 2000),
            losses: losses, supply: route, cutOffMonths: [11, 12], dependants: ["B09"])
    }

    private static var keepLoss: ClosingLoss {
        ClosingLoss(
            populationShareDry: 0.02, populationShareWet: 0.03, seamGrowthDry: 0, seamGrowthWet: 0,
            dependants: 1, largestSettlement: 4100)
    }

    @Test("The paragraph says loss, supply, gates, flip and stability")
    func explanation() {
        let row = Self.row(
            ReadyEvidence.assessment(
                [
                    .serviceabilityRatio: .number(0.71),
                    .humanRightsDiligence: .humanRights(.notAssessed),
                ], importance: 0.1, loss: Self.keepLoss))
        #expect(
            row.explanation
                == "Closing B07 (Geriley) would leave 12,340 people in 2 settlements (largest: X, "
                + "4,100) more than 120 min from any base in the wet season; the nearest remaining "
                + "base is B11 at 187 min. Its supply route is 111 km long and has no way around "
                + "its most exposed stretch; it is cut in November and December; B09 is supplied "
                + "past it. Transfer is not ready: serviceability 0.71 (needed: at least 0.75, as "
                + "of 2022-11-20), human rights due diligence not assessed. Serviceability from "
                + "0.71 to 0.75 would turn KEEP_NO_SUBSTITUTE into HOLD_DATA. In 93 % of 2,000 "
                + "weight settings the verdict stays the same.")
        #expect(row.failingGates == ["G4"] && row.unknownGates == ["G5"])
    }

    @Test("A ready base that nobody would miss says so")
    func ready() {
        var losses = Self.losses
        losses.population = 0
        losses.settlements = []
        let text = Self.row(ReadyEvidence.assessment(loss: ReadyEvidence.noLoss), losses: losses)
            .explanation
        #expect(text.hasPrefix("Closing B07 (Geriley) would leave nobody more than 120 min"))
        #expect(text.contains("All eleven gates for a transfer are passed."))
    }

    @Test("An unknown population, an unreached base and a missing hub are said in words")
    func missing() {
        var losses = Self.losses
        losses.settlements = [LostSettlement(name: "Y", population: nil)]
        losses.nearestRemainingMinutes = .infinity
        var row = Self.row(ReadyEvidence.assessment(), losses: losses)
        row.supply = SupplyRoute(path: .none, incidents: [])
        row.ranking.robustShare = nil
        #expect(row.explanation.contains("in 1 settlement (Y) more than"))
        #expect(row.explanation.contains("; no remaining base can be reached."))
        #expect(row.explanation.contains("No hub is reached by road"))
        #expect(!row.explanation.contains("weight settings"))
        #expect(!row.explanation.contains("nan") && !row.explanation.contains("inf"))
    }

    @Test("Stale evidence is named with its date")
    func stale() {
        var assessment = ReadyEvidence.assessment()
        assessment.evidence = ReadyEvidence.with(age: 200)
        #expect(
            Self.row(assessment).explanation.contains(
                "serviceability not known (last record of 2022-05-16 is too old)"))
    }

    @Test("The checklist has a line for every item of every gate")
    func checklist() {
        let row = Self.row(
            ReadyEvidence.assessment([.landRelease: .yesNo(false), .hostUnit: nil]))
        let list = row.handoverChecklist
        let items = Gate.allCases.flatMap(\.items)
        #expect(list.count == items.count)
        let gates = list.map(\.gate)
        #expect(gates == gates.sorted())
        let missing = list.filter { $0.state == .fail && $0.gate == .papers }
        #expect(missing.map(\.task) == ["Sign the land release."])
        #expect(list.first?.state == .unknown && list.first?.value == "unknown")
        #expect(Set(list.map(\.task)).count == list.count)
    }

    @Test("The watch list covers 91 days without gap or overlap and begins with the community")
    func watchList() throws {
        let date = try #require(CalendarDate(iso: "2022-10-20"))
        let rows = Self.row(ReadyEvidence.assessment()).watchList(handoverDate: date)
        #expect(rows.map { "\($0.dates)" } == [
            "2022-10-20...2022-10-27", "2022-10-28...2022-11-19", "2022-11-20...2023-01-18",
        ])
        for row in rows {
            #expect(row.fields.count == WatchListRow.columns.count)
            #expect(row.firstAction == "verify with the community before any other step")
            #expect(row.indicators.contains("supply route, km 51 to 61 from the hub"))
            #expect(row.settlements == ["X", "Y"] && row.populationAtRisk == 12_340)
        }
        let cut = "supply route cut in these days of other years"
        #expect(rows.map { $0.indicators.contains(cut) } == [false, true, true])
        #expect(Set(WatchListRow.columns).count == WatchListRow.columns.count)
        #expect(rows[0].fields[0] == "W-B07-0" && rows[0].fields[9] == "12340")
    }

    @Test("Civilian-led options stand beside gaps")
    func civilian() {
        #expect(CivilianLedOptions.line.hasPrefix("Civilian-led options: Dialogue"))
        #expect(CivilianLedOptions.all.count == 4)
        #expect(CivilianLedOptions.preface.contains("one of three tiers"))
    }
}
