import Calendar
import Diagnostics
import Drought
import GridCore

/// Standardized precipitation index of the as-of period, for one length of
/// accumulation.
final class PrecipitationMethod: IndicatorMethod {
    private let rule: StandardizedPrecipitationRule
    /// The series without holes: a period without a composite is one without
    /// a value.
    private let regular: SeriesBlock
    /// Where each step of the stack lies in it.
    private let places: [Int]
    private let scratch: StandardizedPrecipitationScratch
    private let scale: Float
    private let offset: Float
    private let values: UnsafeMutablePointer<Float>
    private let reasons: UnsafeMutablePointer<UInt8>
    /// Rain steps of the series of zones, and a plane for each period from
    /// the first to the last of them.
    private let traced: [Int]
    private let tracedValues: UnsafeMutablePointer<Float>
    private let tracedReasons: UnsafeMutablePointer<UInt8>
    let outputs: [IndicatorOutput]
    let lines: [IndicatorLine]

    init(_ plan: IndicatorPlan, _ accumulation: Int, capacity: Int) throws {
        guard let axis = plan.rain else {
            throw PipelineError(
                .unexpected, "there are no rasters of rain", mend: "Report this fault")
        }
        let settings = plan.settings.spi
        let years = settings.calibration ?? plan.baseline
        let periods = axis.stack.scheme.periodsPerYear
        let counted = axis.dates.indices.map { axis.dates[$0].year * periods + axis.slots[$0] }
        let first = counted.first ?? 0
        let places = counted.map { $0 - first }
        let steps = axis.dates.indices.filter { years.contains(axis.dates[$0].year) }
        let calibration =
            (steps.first.map { places[$0] } ?? 0)..<((steps.last.map { places[$0] } ?? -1) + 1)
        self.places = places
        regular = SeriesBlock(cells: capacity, steps: (places.last ?? 0) + 1)
        let followsPeer = plan.settings.parity == .climateIndices
        rule = StandardizedPrecipitationRule(
            accumulation: accumulation, periodsPerYear: periods,
            firstSlot: axis.slots.first ?? 0, calibration: calibration,
            fit: settings.fit == .thom || followsPeer ? .thom : .maximumLikelihood,
            zeros: settings.zeros == .classic || followsPeer ? .classic : .centerOfMass,
            clip: 3.09, minimumCount: settings.minimumYears,
            mostZeroShare: followsPeer ? nil : 0.9, fewestPositives: 4)
        scratch = StandardizedPrecipitationScratch(steps: (places.last ?? 0) + 1)
        scale = Float(axis.stack.scale)
        offset = Float(axis.stack.offset)
        let stride = SeriesBlock(cells: capacity, steps: 1).stride
        values = .allocate(capacity: stride)
        values.initialize(repeating: .nan, count: stride)
        reasons = .allocate(capacity: stride)
        reasons.initialize(repeating: 0, count: stride)
        let isTraced = plan.seriesSteps != nil
        let oldest = axis.firstStep(ofMonths: plan.settings.zoneSeries.count)
        traced = isTraced ? Array(oldest...axis.last) : []
        let span = isTraced ? places[axis.last] - places[oldest] + 1 : 0
        tracedValues = .allocate(capacity: max(1, stride * span))
        tracedValues.initialize(repeating: .nan, count: max(1, stride * span))
        tracedReasons = .allocate(capacity: max(1, stride * span))
        tracedReasons.initialize(repeating: 0, count: max(1, stride * span))
        lines =
            isTraced
            ? [
                IndicatorLine(
                    name: "spi\(accumulation)", title: "SPI of \(accumulation) periods",
                    unit: "standard deviations", steps: axis.lineSteps(oldest...axis.last),
                    limits: -3...3)
            ] : []
        let length = accumulation == 1 ? "1 period" : "\(accumulation) periods"
        outputs = [
            IndicatorOutput(
                name: "spi\(accumulation)",
                title: "Standardized precipitation index of \(length), calibrated on \(years)",
                quantity: "SPI-\(accumulation)", unit: "standard deviations",
                content: .values(.departure(limit: 3))),
            IndicatorOutput(
                name: "spi\(accumulation)_class", title: "Class by SPI-\(accumulation) (WMO 2012)",
                quantity: "", unit: "", content: .classes(.of(.spiWMO))),
        ]
    }

    deinit {
        values.deallocate()
        reasons.deallocate()
        tracedValues.deallocate()
        tracedReasons.deallocate()
    }

    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void
    ) {
        guard let oldest = traced.first, let newest = traced.last else { return }
        cells.kernels.spi(
            regular, rule: rule, wanted: places[oldest]..<places[newest] + 1, scratch: scratch,
            into: tracedValues, reasons: tracedReasons)
        for (step, source) in traced.enumerated() {
            add(0, step, tracedValues + (places[source] - places[oldest]) * regular.stride)
        }
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        guard let rain = cells.rain, let axis = cells.plan.rain else { return }
        regular.prepare(cells: cells.cells, steps: (places.last ?? 0) + 1)
        var next = 0
        for (step, place) in places.enumerated() {
            for missing in next..<place {
                regular.plane(missing).update(repeating: .nan, count: cells.cells)
            }
            let source = rain.plane(step)
            let target = regular.plane(place)
            for i in 0..<cells.cells { target[i] = source[i] * scale + offset }
            next = place + 1
        }
        let wanted = places[axis.last]
        cells.kernels.spi(
            regular, rule: rule, wanted: wanted..<wanted + 1, scratch: scratch, into: values,
            reasons: reasons)
        target.take(values)
        target.take(reasons: reasons)
        target.classify(values, by: .spiWMO, 1)
    }

    func account(_ cells: IndicatorCells) -> [String] {
        guard let axis = cells.plan.rain else { return [] }
        let series = (0..<regular.steps).map { Double(regular.plane($0)[0]) }
        let found = StandardizedPrecipitation(rainfall: series, rule: rule)
        let wanted = places[axis.last]
        let slot = axis.slots[axis.last]
        guard let fit = found.fits.first(where: { $0.slot == slot }) else { return [] }
        return [
            "sum of \(rule.accumulation) = \(NumberText.short(found.sums[wanted])) mm; "
                + "\(axis.stack.scheme.label(ofSlot: slot)): \(fit.count) sums, \(fit.zeros) of them "
                + "without rain (q \(NumberText.short(fit.q))), gamma alpha "
                + "\(NumberText.short(fit.alpha)), beta \(NumberText.short(fit.beta))"
        ]
    }
}
