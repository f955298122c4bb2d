import Calendar
import Diagnostics
import Drought
import Geo
import GridCore
import Tables

/// Reads one cell of every series and explains it.
struct IndicatorExplainer {
    let plan: IndicatorPlan

    /// The cell that holds a position.
    ///
    /// - Throws: `PipelineError` of kind `outsideRaster` with the extent.
    func cell(longitude: Double, latitude: Double) throws -> (row: Int, column: Int) {
        let spec = plan.vegetation.stack.spec
        let transform = try CoordinateTransform(from: .wgs84, to: spec.crs)
        let point = try transform(Coordinate(x: longitude, y: latitude))
        guard let cell = spec.cell(containing: point) else {
            throw PipelineError(
                .outsideRaster, at: Place(field: "--explain"),
                "the position \(longitude), \(latitude) lies outside the rasters "
                    + "(\(spec.summary))",
                mend: "Give longitude first, then latitude, or column and row with --pixel")
        }
        return (cell.row, cell.column)
    }

    func explain(row: Int, column: Int) throws -> IndicatorExplanation {
        let spec = plan.vegetation.stack.spec
        guard (0..<spec.shape.rows).contains(row), (0..<spec.shape.columns).contains(column) else {
            throw PipelineError(
                .outsideRaster, at: Place(field: "--explain"),
                "the cell of column \(column) and row \(row) lies outside the rasters "
                    + "(\(spec.summary))",
                mend: "Give column and row from 0")
        }
        let cells = IndicatorCells(plan, capacity: SeriesBlock.lanes)
        cells.prepare(1)
        let tile = CellWindow(row: row, column: column, rows: 1, columns: 1)
        try read(
            plan.vegetation, plan.vegetationSteps, tile, into: cells.observed, best: cells.best)
        try read(plan.temperature, nil, tile, into: cells.temperature)
        try read(plan.rain, nil, tile, into: cells.rain)
        cells.derive()
        let axis = plan.vegetation
        cells.climatology(
            of: cells.series, axis, slot: axis.slots[axis.last],
            isExact: axis.stack.fitsInt16 && !plan.isSmoothed)
        let methods = try plan.makeMethods()
        let layers = IndicatorLayers(
            outputs: methods.flatMap(\.outputs), reasonNames: methods.flatMap(\.reasonNames),
            cells: 1)
        var values: [IndicatorExplanation.Value] = []
        var output = 0
        var reason = 0
        for method in methods {
            let target = IndicatorTarget(
                layers: layers, firstOutput: output, firstReason: reason, start: 0, count: 1)
            method.compute(cells, target)
            let text = IndicatorReason(rawValue: target.reasons()[0])?.text ?? ""
            let account = method.account(cells)
            for (index, one) in method.outputs.enumerated() {
                values.append(value(one, target, index, text, index == 0 ? account : []))
            }
            output += method.outputs.count
            reason += method.reasonNames.count
        }
        return IndicatorExplanation(
            row: row, column: column, center: try center(row, column),
            product: axis.stack.productTitle, asOf: plan.asOf, composite: axis.dates[axis.last],
            baseline: plan.baseline, series: plan.seriesText, climatology: climatology(cells),
            values: values, steps: steps(cells))
    }

    private func read(
        _ axis: SeriesAxis?, _ steps: [Int]?, _ tile: CellWindow, into block: SeriesBlock?,
        best: UnsafeMutablePointer<UInt8>? = nil
    ) throws {
        guard let axis, let block else { return }
        let reader = StackTileReader(
            stack: axis.stack, planes: 1, tileCells: 1, openFiles: TilePlan.openFiles)
        for step in steps ?? Array(0..<axis.count) {
            try Interruption.check()
            try reader.read([step], tile)
            reader.decode(0, 0, 1, into: block.plane(step))
            if let best, plan.confidenceSteps.contains(step) {
                reader.countBest(0, cells: 1, values: block.plane(step), into: best)
            }
        }
    }

    private func value(
        _ output: IndicatorOutput, _ target: IndicatorTarget, _ index: Int, _ reason: String,
        _ account: [String]
    ) -> IndicatorExplanation.Value {
        let code = target.codes(index)[0]
        return IndicatorExplanation.Value(
            name: output.name, title: output.title, unit: output.unit,
            value: output.isClass
                ? (code == 0 ? .nan : Double(code)) : Double(target.values(index)[0]),
            className: output.isClass ? output.classes.first { $0.code == code }?.name : nil,
            reason: reason, account: account)
    }

    private func center(_ row: Int, _ column: Int) throws -> Coordinate {
        let spec = plan.vegetation.stack.spec
        let point = spec.center(of: CellIndex(row: row, column: column))
        return try CoordinateTransform(from: spec.crs, to: .wgs84)(point)
    }

    private func inUnits(_ stored: Double) -> Double {
        stored * plan.rule.scale + plan.rule.offset
    }

    private func climatology(_ cells: IndicatorCells) -> [String] {
        let axis = plan.vegetation
        let slot = axis.slots[axis.last]
        let chunk = cells.chunk
        let steps = axis.baseline[slot]
        guard !steps.isEmpty else {
            return [
                "no composite of the \(axis.stack.scheme.label(ofSlot: slot)) lies in "
                    + "\(plan.baseline): nothing to compare with; choose other baseline years"
            ]
        }
        let listed = steps.enumerated().map { plane, step in
            "\(axis.dates[step].year) \(NumberText.short(inUnits(Double(chunk.plane(plane)[0]))))"
        }
        return [
            "\(axis.stack.scheme.label(ofSlot: slot)) of \(plan.baseline): "
                + "\(chunk.count[0]) of \(steps.count) years with a value",
            "minimum \(NumberText.short(inUnits(Double(chunk.minimum[0])))), maximum "
                + "\(NumberText.short(inUnits(Double(chunk.maximum[0])))), mean "
                + "\(NumberText.short(inUnits(chunk.mean[0]))), standard deviation (n - 1) "
                + NumberText.short(chunk.standardDeviation[0] * abs(plan.rule.scale)),
            listed.joined(separator: ", "),
        ]
    }

    private func steps(_ cells: IndicatorCells) -> [IndicatorExplanation.Step] {
        let axis = plan.vegetation
        let current = Set(axis.baseline[axis.slots[axis.last]])
        return plan.vegetationSteps.map { step in
            IndicatorExplanation.Step(
                date: axis.dates[step], observed: inUnits(Double(cells.observed.plane(step)[0])),
                used: inUnits(Double(cells.series.plane(step)[0])),
                vci: plan.conditionSteps.contains(step) ? Double(cells.vci(step)[0]) : nil,
                isBaseline: current.contains(step))
        }
    }
}

/// Numbers for people: six significant digits, `none` for what is no number,
/// as the extremes of no values are.
enum NumberText {
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return "none" }
        guard value != 0 else { return "0" }
        let magnitude = value.magnitude
        let decimals = magnitude >= 1000 ? 1 : magnitude >= 1 ? 4 : 6
        return DecimalText.fixed(value, decimals: decimals) ?? "\(value)"
    }
}
