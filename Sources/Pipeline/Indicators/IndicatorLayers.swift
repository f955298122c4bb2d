import Drought
import GridCore

/// The cells of one tile of every output and of the reasons.
///
/// Not Sendable: one per worker.
final class IndicatorLayers {
    let outputs: [IndicatorOutput]
    /// Names of the reason planes: one for each indicator.
    let reasonNames: [String]

    private let capacity: Int
    private let floats: UnsafeMutablePointer<Float>
    private let bytes: UnsafeMutablePointer<UInt8>

    init(outputs: [IndicatorOutput], reasonNames: [String], cells: Int) {
        self.outputs = outputs
        self.reasonNames = reasonNames
        capacity = max(1, cells)
        let count = (outputs.count + reasonNames.count) * capacity
        floats = .allocate(capacity: (outputs.count + 1) * capacity)
        floats.initialize(repeating: .nan, count: (outputs.count + 1) * capacity)
        bytes = .allocate(capacity: max(1, count))
        bytes.initialize(repeating: 0, count: max(1, count))
    }

    deinit {
        floats.deallocate()
        bytes.deallocate()
    }

    /// Values of an output; its cells count only when it has no classes.
    func values(_ output: Int) -> UnsafeMutablePointer<Float> { floats + output * capacity }

    /// One plane more, for whoever needs one while no output is computed.
    var scratchPlane: UnsafeMutablePointer<Float> { floats + outputs.count * capacity }

    /// Codes of an output with classes.
    func codes(_ output: Int) -> UnsafeMutablePointer<UInt8> { bytes + output * capacity }

    func reasons(_ plane: Int) -> UnsafeMutablePointer<UInt8> {
        bytes + (outputs.count + plane) * capacity
    }

    /// Takes the values of cells that a mask gives no weight.
    func mask(by shares: UnsafePointer<Float>, cells: Int) {
        for i in 0..<cells where shares[i] <= 0 {
            for output in outputs.indices {
                values(output)[i] = .nan
                codes(output)[i] = 0
            }
            for plane in reasonNames.indices {
                reasons(plane)[i] = IndicatorReason.masked.rawValue
            }
        }
    }

    /// Cells by reason code of a plane.
    func reasonCounts(_ plane: Int, cells: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        let reasons = reasons(plane)
        for i in 0..<cells { counts[Int(reasons[i])] += 1 }
        return IndicatorReason.allCases.map { counts[Int($0.rawValue)] }
    }

    /// Statistics of each output over the tile.
    func statistics(cells: Int) -> [OutputStatistics] {
        outputs.indices.map { output in
            var result = OutputStatistics()
            if outputs[output].isClass {
                let codes = codes(output)
                for i in 0..<cells where codes[i] != 0 { result.add(Double(codes[i])) }
            } else {
                let values = values(output)
                for i in 0..<cells where !values[i].isNaN { result.add(Double(values[i])) }
            }
            result.total = cells
            return result
        }
    }
}
