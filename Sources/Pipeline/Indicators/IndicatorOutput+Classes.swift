import Drought

extension [IndicatorOutput.Class] {
    /// The classes of a published table, coloured by how dry they are.
    static func of(_ table: IndicatorClassTable) -> Self {
        table.classes.map { one in
            IndicatorOutput.Class(
                code: one.code, name: one.name, label: one.label, color: one.condition.color)
        }
    }
}

extension IndicatorClass {
    /// The name with its bounds.
    fileprivate var label: String {
        let words = name.replacing("_", with: " ").capitalizedFirst
        switch (lower, upper) {
        case (let lower?, let upper?):
            return "\(words) (\(Decimal.text(lower)) to \(Decimal.text(upper)))"
        case (nil, let upper?): return "\(words) (below \(Decimal.text(upper)))"
        case (let lower?, nil): return "\(words) (\(Decimal.text(lower)) and more)"
        case (nil, nil): return words
        }
    }
}

extension DroughtCondition {
    /// Told apart also with red-green blindness: lightness falls with
    /// severity.
    var color: UInt32 {
        switch self {
        case .none: 0xD9E8D4
        case .watch: 0xF6E8A6
        case .moderate: 0xF2B35E
        case .severe: 0xC8612F
        case .extreme: 0x6E1A12
        }
    }
}

extension IndicatorTarget {
    /// Codes of `values` by a table; 0 for NaN.
    func classify(_ values: UnsafePointer<Float>, by table: IndicatorClassTable, _ output: Int) {
        table.classify(values, cells: count, into: codes(output))
    }
}
