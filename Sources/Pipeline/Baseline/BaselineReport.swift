import Calendar
import Tables

/// What a climatology holds and whether it is up to date.
public struct BaselineReport: Sendable {
    struct Period: Sendable {
        var index: Int
        var label: String
        var kept: BaselineManifest.Slot?
        var state: BaselineState
    }

    let folder: ConfiguredPath
    let baseline: YearRange
    /// Years that the product was made for; nil when there is none.
    let productBaseline: YearRange?
    /// In what the product is of another kind; nil when it is not.
    let mismatch: String?
    let periods: [Period]

    init(
        folder: ConfiguredPath, manifest: BaselineManifest?, inputs: BaselineInputs,
        scheme: PeriodScheme, baseline: YearRange, digests: DigestReader
    ) {
        self.folder = folder
        self.baseline = baseline
        productBaseline = manifest?.baseline
        mismatch = manifest?.terms.difference(from: inputs.terms)
        periods = inputs.slots.map { slot in
            Period(
                index: slot.index, label: scheme.label(ofSlot: slot.index),
                kept: manifest?.slot(slot.index),
                state: BaselineState(of: slot, in: manifest, folder: folder, digests: digests))
        }
    }

    /// Whether every period is what the rasters of the pipeline give now.
    public var isCurrent: Bool { mismatch == nil && periods.allSatisfy(\.isCurrent) }

    private var verdict: String {
        if productBaseline == nil { return "There is none; run jilaal baseline build." }
        if let mismatch { return "It has another \(mismatch); run jilaal baseline build." }
        return isCurrent
            ? "It is current." : "It is not current; run jilaal baseline update."
    }

    /// For people.
    public var lines: [String] {
        var lines = [
            "climatology \(folder.written), baseline \(baseline)"
                + (productBaseline == nil || productBaseline == baseline
                    ? "" : " (made for \(productBaseline?.description ?? ""))")
        ]
        for period in periods {
            var line = "  \(period.label): "
            if let kept = period.kept {
                line +=
                    "\(kept.contributions.count) composites, \(kept.coverage.fewest) to "
                    + "\(kept.coverage.most) values a cell, "
                    + "\(JSONValue.rounded(kept.coverage.percent, decimals: 2).text()) % of cells "
                    + "with a value; "
            }
            lines.append(line + period.state.summary)
        }
        return lines + [verdict]
    }

    /// The same for programs, with the files of every period.
    public var json: JSONValue {
        [
            "folder": .string(folder.written), "is_current": .bool(isCurrent),
            "verdict": .string(verdict),
            "baseline": ["first": .integer(baseline.first), "last": .integer(baseline.last)],
            "periods": .array(
                periods.map { period in
                    [
                        "period": .integer(period.index + 1), "label": .string(period.label),
                        "is_current": .bool(mismatch == nil && period.isCurrent),
                        "state": .string(period.state.summary),
                        "coverage": period.kept?.coverage.json ?? .null,
                        "composites": .array(
                            (period.kept?.contributions ?? []).map { $0.json(withPaths: true) }),
                    ]
                }),
        ]
    }
}

extension BaselineReport.Period {
    var isCurrent: Bool { if case .current = state { true } else { false } }
}

extension BaselineCoverage {
    /// Share of cells with a value.
    var percent: Double { 100 * Double(cellsWithValue) / Double(max(1, cells)) }
}
