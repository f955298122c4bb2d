/// A layer that grades the pixels of a product by named fields of bits.
public struct QualityLayer: Sendable, Hashable {
    /// Subdataset, as in the file.
    public let layer: String
    /// Stored codes that mean that nothing was graded, by their low 16 bits.
    public var fill: [Int] = []
    public let fields: [QualityField]
    /// What a pixel must be to be of the best quality, as confidence counts
    /// it; empty when the producer does not grade them.
    public var best: [QualityRequirement] = []

    /// For each 16-bit code whether it meets every requirement; codes that
    /// mean that nothing was graded meet none. A signed code is looked up by
    /// its low bits, as it is stored.
    ///
    /// Precondition: the fields and values of `requirements` are those of this
    /// layer; one that is not is met by no code.
    public func accepted(_ requirements: [QualityRequirement]) -> [Bool] {
        let tests = requirements.map { requirement in
            (field: field(requirement.field), codes: codes(requirement))
        }
        return (0..<65_536).map { code in
            !fill.contains(code)
                && tests.allSatisfy { test in
                    test.field.map { test.codes.contains($0.value(in: code)) } ?? false
                }
        }
    }

    /// The field called `name`; nil when there is none.
    public func field(_ name: String) -> QualityField? { fields.first { $0.name == name } }

    private func codes(_ requirement: QualityRequirement) -> Set<Int> {
        Set((field(requirement.field)?.values ?? []).filter {
            requirement.values.contains($0.name)
        }.flatMap(\.codes))
    }
}

/// Some bits of a quality code, and what their values mean.
public struct QualityField: Sendable, Hashable {
    /// As in the pipeline file, such as `aerosol`.
    public let name: String
    /// Number of the lowest bit, 0 for the least significant.
    public let shift: Int
    /// How many bits.
    public let width: Int
    /// In the order of their codes.
    public let values: [QualityValue]

    public init(_ name: String, shift: Int, width: Int, _ values: [QualityValue]) {
        self.name = name
        self.shift = shift
        self.width = width
        self.values = values
    }

    /// A field of one bit: 0 no, 1 yes.
    public init(_ name: String, bit: Int) {
        self.init(name, shift: bit, width: 1, ["no", "yes"])
    }

    /// The field's bits of a quality code, as a number.
    public func value(in code: Int) -> Int { (code >> shift) & ((1 << width) - 1) }

    /// What the bits of a code mean; nil when the documents do not say.
    public func name(of code: Int) -> String? {
        let value = value(in: code)
        return values.first { $0.codes.contains(value) }?.name
    }

    public init(_ name: String, shift: Int, width: Int, _ names: [String]) {
        self.init(
            name, shift: shift, width: width,
            names.enumerated().map { QualityValue($1, [$0]) })
    }
}

/// A meaning and the values of a field that have it.
public struct QualityValue: Sendable, Hashable {
    /// As in the pipeline file, such as `climatology`.
    public let name: String
    public let codes: [Int]

    public init(_ name: String, _ codes: [Int]) {
        self.name = name
        self.codes = codes
    }
}

/// A field and the meanings of it that a good pixel may have.
public struct QualityRequirement: Sendable, Hashable {
    public var field: String
    public var values: [String]

    public init(_ field: String, _ values: [String]) {
        self.field = field
        self.values = values
    }
}

extension RasterProfile {
    /// The layer that has every field of `requirements`; nil when they are of
    /// several layers, or of none.
    public func qualityLayer(for requirements: [QualityRequirement]) -> QualityLayer? {
        guard !requirements.isEmpty else { return nil }
        return qualityLayers.first { layer in
            requirements.allSatisfy { layer.field($0.field) != nil }
        }
    }
}
