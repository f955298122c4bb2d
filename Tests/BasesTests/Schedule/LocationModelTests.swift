import Bases
import Diagnostics
import Testing

/// Minutes and kilometres with two decimals, times whole weights.
private let tolerance = 1e-6

@Suite struct LocationModelTests {
    @Test(arguments: 0..<4) func `Maximal coverage and backup equal all subsets`(
        index: Int
    ) throws {
        let example = try LocationCase.all()[index]
        let matrix = try example.matrix()
        let choice = try matrix.maximalCoverage(count: example.p, within: example.T)
        #expect(choice.value == example.mclp.optimum)
        #expect(choice.gap < tolerance)
        #expect(example.mclp.optimal_sets.contains(choice.bases))
        #expect(matrix.coverage(by: choice.bases, within: example.T) == choice.value)
        let backup = try matrix.maximalCoverage(count: example.p, within: example.T, times: 2)
        #expect(backup.value == example.backup_best)
        let all = Array(0..<matrix.baseCount)
        #expect(matrix.coverage(by: all, within: example.T) == example.coverage_all_open)
        #expect(matrix.coverage(by: all, within: example.T, times: 2) == example.backup_all_open)
        #expect(matrix.lossesOfSingleBases(within: example.T) == example.marginal_loss_all_open)
        #expect((0..<matrix.demandCount).map { matrix.nearestMinutes(to: $0, of: all) } == example.nearest)
    }

    @Test(arguments: 0..<4) func `The greedy choice is the known one, and its bound holds`(
        index: Int
    ) throws {
        let example = try LocationCase.all()[index]
        let patterns = try example.matrix().patterns(within: example.T)
        let greedy = try patterns.greedyBases(count: example.p)
        #expect(greedy == example.mclp.greedy_set)
        #expect(patterns.weight(coveredBy: greedy) == example.mclp.greedy)
        let better = try patterns.heuristicCoverage(count: example.p)
        #expect(better.value >= example.mclp.greedy && better.value <= example.mclp.optimum)
        #expect(better.bound >= example.mclp.optimum - tolerance)
        #expect(better.gap < 0.05)
    }

    @Test(arguments: 0..<4) func `Median, centre, covering and dispersion equal all subsets`(
        index: Int
    ) throws {
        let example = try LocationCase.all()[index]
        let matrix = try example.matrix()
        let median = try matrix.medianBases(count: example.p)
        #expect(abs(median.value - example.pmedian.optimum_weighted_minutes) < tolerance)
        #expect(median.bases.count == example.p && median.gap < tolerance)
        let centre = try matrix.centreBases(count: example.p)
        #expect(abs(centre.value - example.pcenter.optimum) < tolerance)
        #expect(centre.bases.count == example.p)
        switch try matrix.coveringBases(within: example.T) {
        case .bases(let bases):
            #expect(bases.count == example.lscp.optimum)
            #expect(matrix.coverage(by: bases, within: example.T) == example.weight.reduce(0, +))
        case .impossible(let uncovered):
            #expect(example.lscp.optimum == nil)
            #expect(uncovered == example.minutes.indices.filter { place in
                example.minutes[place].allSatisfy { $0 > example.T }
            })
            #expect(!uncovered.isEmpty)
        }
        let dispersed = try dispersedBases(count: example.p, distances: example.distances)
        #expect(abs(dispersed.value - example.pdispersion.optimum) < tolerance)
    }

    @Test func `The bound is above the optimum and the exchange above greedy, for every count`()
        throws
    {
        for example in try LocationCase.all() {
            let patterns = try example.matrix().patterns(within: example.T)
            for count in 0...patterns.baseCount + 1 {
                let optimum = try patterns.maximalCoverage(count: count)
                let found = try patterns.heuristicCoverage(count: count)
                #expect(found.value <= optimum.value && found.bound >= optimum.value - tolerance)
                #expect(found.bases.count == min(count, patterns.baseCount))
            }
        }
    }

    @Test func `Merging places changes no coverage`() throws {
        let example = try LocationCase.all()[3]
        let matrix = try example.matrix()
        let patterns = matrix.patterns(within: example.T)
        #expect(patterns.patterns.count < matrix.demandCount)
        for set in 0..<(1 << 12) where set % 7 == 0 {
            let bases = (0..<12).filter { set >> $0 & 1 == 1 }
            for times in 1...2 {
                #expect(
                    patterns.weight(coveredBy: bases, times: times)
                        == matrix.coverage(by: bases, within: example.T, times: times))
            }
        }
    }

    @Test func `The limit itself counts as reached`() throws {
        let matrix = try DemandMatrix(minutes: [60, 60.001], weights: [3], baseCount: 2)
        #expect(matrix.coverage(by: [0], within: 60) == 3)
        #expect(matrix.coverage(by: [1], within: 60) == 0)
        #expect(matrix.patterns(within: 60).patterns == [.init(bases: [0], weight: 3)])
    }

    @Test func `A place that no base reaches stays in every total`() throws {
        let matrix = try DemandMatrix(
            minutes: [10, 20, .infinity, .infinity], weights: [5, 2], baseCount: 2)
        #expect(try matrix.medianBases(count: 2).value == .infinity)
        #expect(try matrix.centreBases(count: 2).value == .infinity)
        #expect(try matrix.coveringBases(within: 100) == .impossible(uncovered: [1]))
        #expect(matrix.patterns(within: 100).unreachedWeight == 2)
    }

    @Test func `No base, no place, no choice have defined results`() throws {
        let nothing = try DemandMatrix(minutes: [], weights: [], baseCount: 0)
        #expect(try nothing.maximalCoverage(count: 3, within: 60).value == 0)
        #expect(try nothing.medianBases(count: 1).value == 0)
        #expect(try nothing.centreBases(count: 1).value == 0)
        #expect(try nothing.coveringBases(within: 60) == .bases([]))
        let noBases = try DemandMatrix(minutes: [], weights: [7], baseCount: 0)
        #expect(try noBases.maximalCoverage(count: 1, within: 60).value == 0)
        #expect(try noBases.medianBases(count: 1).value == .infinity)
        #expect(try noBases.coveringBases(within: 60) == .impossible(uncovered: [0]))
        let noPlaces = try DemandMatrix(minutes: [], weights: [], baseCount: 3)
        #expect(try noPlaces.maximalCoverage(count: 2, within: 60).bases.count == 2)
        #expect(try noPlaces.patterns(within: 60).heuristicCoverage(count: 2).value == 0)
        #expect(try dispersedBases(count: 1, distances: [[0, 1], [1, 0]]).value == .infinity)
        #expect(try dispersedBases(count: 2, distances: [[0, 0], [0, 0]]).value == 0)
    }

    @Test func `Numbers that cannot be used are refused`() throws {
        #expect(throws: ScheduleError.self) {
            try DemandMatrix(minutes: [1, .nan], weights: [1], baseCount: 2)
        }
        #expect(throws: ScheduleError.self) {
            try DemandMatrix(minutes: [1, -1], weights: [1], baseCount: 2)
        }
        #expect(throws: ScheduleError.self) {
            try DemandMatrix(minutes: [1], weights: [-1], baseCount: 1)
        }
        #expect(throws: ScheduleError.self) {
            try DemandMatrix(minutes: [1], weights: [1, 2], baseCount: 1)
        }
        let matrix = try DemandMatrix(minutes: [1], weights: [1], baseCount: 1)
        #expect(throws: ScheduleError.self) { try matrix.maximalCoverage(count: -1, within: 1) }
        #expect(throws: ScheduleError.self) { try dispersedBases(count: 2, distances: [[0]]) }
    }
}
