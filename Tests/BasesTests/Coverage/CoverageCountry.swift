import Bases
import GridCore
import Sectors
import TestSupport

/// A small country of random ground, bases, people and borders, with the
/// minutes of every base to every cell by a plain shortest-path search: what
/// the two-label figures are compared with.
struct CoverageCountry {
    let spec: GridSpec
    let cellAreas: CellAreas
    /// Minutes of every base, cell by cell.
    var minutes: [[Double]]
    let sectorOfBase: [Int?]
    let sectors: [MultiPolygon]
    let zones: DemandZones
    let demand: Demand

    static let rows = 16
    static let columns = 22
    static let limits = [30.0, 60, 120]

    init(seed: UInt64, baseCount: Int = 7, peopleFactor: Float = 1) {
        var random = SeededGenerator(seed: seed)
        let spec = Self.grid(rows: Self.rows, columns: Self.columns)
        self.spec = spec
        cellAreas = CellAreas(projected: spec)
        let count = spec.shape.count
        let friction = (0..<count).map { _ in
            Double.random(in: 0...1, using: &random) < 0.12
                ? Double.infinity : Double.random(in: 2...14, using: &random)
        }
        let sites = (0..<baseCount).map { _ in Int.random(in: 0..<count, using: &random) }
        minutes = sites.map { Self.shortest(from: $0, friction: friction) }
        // Borders run through cells; a strip in the east belongs to no sector.
        let x = Double.random(in: 7_200...12_800, using: &random)
        let y = Double.random(in: 4_300...11_700, using: &random)
        let (east, north) = (19_600.0, 16_000.0)
        sectors = [
            Self.box(0, 0, x, north), Self.box(x, 0, east, y), Self.box(x, y, east, north),
        ]
        let sectors = sectors
        sectorOfBase = sites.map { site in
            let center = spec.center(
                of: CellIndex(row: site / Self.columns, column: site % Self.columns))
            return sectors.firstIndex { $0.contains(center) }
        }
        let districts = [
            Self.box(0, 0, x, y), Self.box(0, y, x, north), sectors[1], sectors[2],
            Self.box(east, 0, 22_000, north),
        ]
        zones = DemandZones(
            sectors: sectors.map { CellCoverage(of: $0, on: spec) },
            districts: districts.map { CellCoverage(of: $0, on: spec) })
        func layer(_ range: ClosedRange<Float>) -> Grid<Float> {
            Grid(
                spec,
                cells: (0..<count).map { _ in
                    Bool.random(using: &random)
                        ? 0 : Float.random(in: range, using: &random).rounded() * peopleFactor
                })
        }
        func place() -> Coordinate {
            Coordinate(
                x: Double.random(in: 0..<22_000, using: &random),
                y: Double.random(in: 0..<16_000, using: &random))
        }
        let people = layer(0...900)
        let stressed = layer(0...300)
        let hotspots = layer(0...1_000_000)
        let settlements = (0..<60).map { index in
            let position = place()
            return DemandSettlement(
                name: "Place \(index % 9)", coordinate: position,
                cell: index % 13 == 0 ? nil : Self.cell(position, spec),
                population: index % 7 == 0 ? nil : Int.random(in: 0...9, using: &random) * 100,
                sector: sectors.firstIndex { $0.contains(position) },
                district: districts.firstIndex { $0.contains(position) })
        }
        let incidents = (0..<40).map { index in
            let position = place()
            return DemandIncident(
                coordinate: position, cell: index % 11 == 0 ? nil : Self.cell(position, spec),
                weight: Double.random(in: 0.2...1, using: &random),
                sector: sectors.firstIndex { $0.contains(position) },
                district: districts.firstIndex { $0.contains(position) })
        }
        demand = Demand(
            people: people, stressedPeople: stressed, hotspotSquareMeters: hotspots,
            settlements: settlements, incidents: incidents)
    }

    static func grid(rows: Int, columns: Int, cell: Double = 1000) -> GridSpec {
        GridSpec(
            shape: Shape(rows: rows, columns: columns),
            geotransform: Geotransform(
                originX: 0, cellWidth: cell, originY: Double(rows) * cell, cellHeight: -cell),
            crs: CRSIdentifier("test, metres"))
    }

    static func box(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> MultiPolygon
    {
        MultiPolygon([
            Polygon(exterior: [
                Coordinate(x: minX, y: minY), Coordinate(x: maxX, y: minY),
                Coordinate(x: maxX, y: maxY), Coordinate(x: minX, y: maxY),
                Coordinate(x: minX, y: minY),
            ])
        ])
    }

    private static func cell(_ position: Coordinate, _ spec: GridSpec) -> Int? {
        spec.cell(containing: position).map { $0.row * spec.shape.columns + $0.column }
    }

    /// Label correcting: a cell whose time falls is looked at again, until
    /// none falls. Exact as Dijkstra's algorithm is.
    private static func shortest(from start: Int, friction: [Double]) -> [Double] {
        var minutes = [Double](repeating: .infinity, count: friction.count)
        guard friction[start].isFinite else { return minutes }
        minutes[start] = 0
        var queue = [start]
        var head = 0
        while head < queue.count {
            let here = queue[head]
            head += 1
            let (row, column) = (here / columns, here % columns)
            for (r, c) in [
                (row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1),
            ]
            where r >= 0 && r < rows && c >= 0 && c < columns {
                let next = r * columns + c
                let time = minutes[here] + (friction[here] + friction[next]) / 2
                guard time < minutes[next] else { continue }
                minutes[next] = time
                queue.append(next)
            }
        }
        return minutes
    }

    /// The nearest and second nearest of some bases, numbered from 0.
    func travel(_ bases: [Int]? = nil) -> TravelTimes {
        Self.travel(spec, minutes: (bases ?? Array(minutes.indices)).map { minutes[$0] })
    }

    static func travel(_ spec: GridSpec, minutes: [[Double]]) -> TravelTimes {
        let orders = (0..<spec.shape.count).map { cell -> [Int] in
            var nearest: [Int] = []
            for base in minutes.indices where minutes[base][cell] < .infinity {
                let rank = nearest.firstIndex { minutes[base][cell] < minutes[$0][cell] }
                nearest.insert(base, at: rank ?? nearest.count)
                if nearest.count > 2 { nearest.removeLast() }
            }
            return nearest
        }
        func label(_ rank: Int) -> (Grid<Double>, Grid<UInt16>) {
            let bases = orders.map { $0.count > rank ? $0[rank] : nil }
            return (
                Grid(
                    spec,
                    cells: bases.enumerated().map { cell, base in
                        base.map { minutes[$0][cell] } ?? .infinity
                    }),
                Grid(spec, cells: bases.map { $0.map(UInt16.init) ?? TravelTimes.noBase })
            )
        }
        let (first, second) = (label(0), label(1))
        return TravelTimes(
            firstMinutes: first.0, firstBase: first.1, secondMinutes: second.0,
            secondBase: second.1)
    }

    func bases(ofSector sector: Int) -> [Int] {
        sectorOfBase.indices.filter { sectorOfBase[$0] == sector }
    }

    func reached(within limit: Double) -> [ReachedCells] {
        minutes.map { minutes in
            let cells = minutes.indices.filter { minutes[$0] <= limit }
            return ReachedCells(cells: cells.map(Int32.init), minutes: cells.map { minutes[$0] })
        }
    }

    func report(without closed: Set<Int> = [], threads: Int = 1) -> CoverageReport {
        let open = minutes.indices.filter { !closed.contains($0) }
        var tally = CoverageTally(
            demand: demand, zones: zones, travel: travel(open), limitsInMinutes: Self.limits,
            threads: threads)
        for sector in sectors.indices {
            let own = open.filter { sectorOfBase[$0] == sector }
            tally.addOwn(minutes: travel(own).firstMinutes, ofSector: sector)
        }
        return tally.report
    }

    func ledger(threads: Int = 1) -> LossLedger {
        LossLedger(
            demand: demand, sectors: zones.sectors, travel: travel(), baseCount: minutes.count,
            limitsInMinutes: Self.limits, threads: threads)
    }
}

/// The largest difference of two totals over all measures, relative to
/// `whole`, of which they are parts, or else to the larger of both.
func difference(_ a: DemandTotals, _ b: DemandTotals, of whole: DemandTotals = .zero) -> Double {
    DemandMeasure.allCases.reduce(abs(Double(a.incidents - b.incidents))) { largest, measure in
        let scale = max(abs(a[measure]), abs(b[measure]), whole[measure], 1)
        return max(largest, abs(a[measure] - b[measure]) / scale)
    }
}

/// Some hundred cells in another order of summation, and shares of cells
/// that add up to 1 but for some 1e-16.
let sumTolerance = 1e-11
