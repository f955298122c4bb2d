// Choosing between lanes, for the vectors that the kernels use.
//
// The standard library has `replacing(with:where:)`, `any`, `all` and `max()`
// for vectors of any kind only, as loops over the lanes with a branch in them.
// The optimizer leaves those as they are in large functions: eight branches in
// place of one instruction, which made up more than half of a kernel's time.
// These do the same for one kind each, with the operations of masks, which are
// single instructions; being more particular they are preferred.
//
// Comparisons with one number are the same.

extension SIMD8<Double> {
    /// The lanes of `other` where `mask` holds, and of this vector elsewhere.
    @inlinable @_transparent
    func replacing(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) -> Self {
        let own = unsafeBitCast(self, to: SIMDMask<SIMD8<Int64>>.self)
        let others = unsafeBitCast(other, to: SIMDMask<SIMD8<Int64>>.self)
        return unsafeBitCast(own.replacing(with: others, where: mask), to: Self.self)
    }

    @inlinable @_transparent
    func replacing(with other: Double, where mask: SIMDMask<SIMD8<Int64>>) -> Self {
        replacing(with: Self(repeating: other), where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) {
        self = replacing(with: other, where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Double, where mask: SIMDMask<SIMD8<Int64>>) {
        self = replacing(with: Self(repeating: other), where: mask)
    }

    /// The largest lane; no lane may be NaN.
    @inlinable @_transparent
    func max() -> Double {
        let a = larger(self[0], self[4])
        let b = larger(self[1], self[5])
        let c = larger(self[2], self[6])
        let d = larger(self[3], self[7])
        return larger(larger(a, b), larger(c, d))
    }
}

/// The larger of two numbers, neither of which is NaN: one instruction, where
/// `max` sees to NaN too.
@inlinable @_transparent
func larger(_ a: Double, _ b: Double) -> Double { a < b ? b : a }

extension SIMD8<Float> {
    /// The lanes of `other` where `mask` holds, and of this vector elsewhere.
    @inlinable @_transparent
    func replacing(with other: Self, where mask: SIMDMask<SIMD8<Int32>>) -> Self {
        let own = unsafeBitCast(self, to: SIMDMask<SIMD8<Int32>>.self)
        let others = unsafeBitCast(other, to: SIMDMask<SIMD8<Int32>>.self)
        return unsafeBitCast(own.replacing(with: others, where: mask), to: Self.self)
    }

    @inlinable @_transparent
    func replacing(with other: Float, where mask: SIMDMask<SIMD8<Int32>>) -> Self {
        replacing(with: Self(repeating: other), where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Self, where mask: SIMDMask<SIMD8<Int32>>) {
        self = replacing(with: other, where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Float, where mask: SIMDMask<SIMD8<Int32>>) {
        self = replacing(with: Self(repeating: other), where: mask)
    }
}

extension SIMD8<Int32> {
    /// The lanes of `other` where `mask` holds, and of this vector elsewhere.
    @inlinable @_transparent
    func replacing(with other: Self, where mask: SIMDMask<SIMD8<Int32>>) -> Self {
        let own = unsafeBitCast(self, to: SIMDMask<SIMD8<Int32>>.self)
        let others = unsafeBitCast(other, to: SIMDMask<SIMD8<Int32>>.self)
        return unsafeBitCast(own.replacing(with: others, where: mask), to: Self.self)
    }

    @inlinable @_transparent
    func replacing(with other: Int32, where mask: SIMDMask<SIMD8<Int32>>) -> Self {
        replacing(with: Self(repeating: other), where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Self, where mask: SIMDMask<SIMD8<Int32>>) {
        self = replacing(with: other, where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Int32, where mask: SIMDMask<SIMD8<Int32>>) {
        self = replacing(with: Self(repeating: other), where: mask)
    }
}

extension SIMD8<Int64> {
    /// The lanes of `other` where `mask` holds, and of this vector elsewhere.
    @inlinable @_transparent
    func replacing(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) -> Self {
        let own = unsafeBitCast(self, to: SIMDMask<SIMD8<Int64>>.self)
        let others = unsafeBitCast(other, to: SIMDMask<SIMD8<Int64>>.self)
        return unsafeBitCast(own.replacing(with: others, where: mask), to: Self.self)
    }

    @inlinable @_transparent
    func replacing(with other: Int64, where mask: SIMDMask<SIMD8<Int64>>) -> Self {
        replacing(with: Self(repeating: other), where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) {
        self = replacing(with: other, where: mask)
    }

    @inlinable @_transparent
    mutating func replace(with other: Int64, where mask: SIMDMask<SIMD8<Int64>>) {
        self = replacing(with: Self(repeating: other), where: mask)
    }
}

extension SIMD8<Double> {
    @inlinable @_transparent
    static func .< (lanes: Self, number: Double) -> SIMDMask<SIMD8<Int64>> {
        lanes .< Self(repeating: number)
    }

    @inlinable @_transparent
    static func .<= (lanes: Self, number: Double) -> SIMDMask<SIMD8<Int64>> {
        lanes .<= Self(repeating: number)
    }

    @inlinable @_transparent
    static func .> (lanes: Self, number: Double) -> SIMDMask<SIMD8<Int64>> {
        lanes .> Self(repeating: number)
    }

    @inlinable @_transparent
    static func .>= (lanes: Self, number: Double) -> SIMDMask<SIMD8<Int64>> {
        lanes .>= Self(repeating: number)
    }
}

extension SIMD8<Float> {
    @inlinable @_transparent
    static func .< (lanes: Self, number: Float) -> SIMDMask<SIMD8<Int32>> {
        lanes .< Self(repeating: number)
    }

    @inlinable @_transparent
    static func .<= (lanes: Self, number: Float) -> SIMDMask<SIMD8<Int32>> {
        lanes .<= Self(repeating: number)
    }

    @inlinable @_transparent
    static func .> (lanes: Self, number: Float) -> SIMDMask<SIMD8<Int32>> {
        lanes .> Self(repeating: number)
    }

    @inlinable @_transparent
    static func .>= (lanes: Self, number: Float) -> SIMDMask<SIMD8<Int32>> {
        lanes .>= Self(repeating: number)
    }
}

extension SIMD8<Int32> {
    @inlinable @_transparent
    static func .< (lanes: Self, number: Int32) -> SIMDMask<SIMD8<Int32>> {
        lanes .< Self(repeating: number)
    }

    @inlinable @_transparent
    static func .<= (lanes: Self, number: Int32) -> SIMDMask<SIMD8<Int32>> {
        lanes .<= Self(repeating: number)
    }

    @inlinable @_transparent
    static func .> (lanes: Self, number: Int32) -> SIMDMask<SIMD8<Int32>> {
        lanes .> Self(repeating: number)
    }

    @inlinable @_transparent
    static func .>= (lanes: Self, number: Int32) -> SIMDMask<SIMD8<Int32>> {
        lanes .>= Self(repeating: number)
    }
}

/// Whether the mask holds for a lane.
@inlinable @_transparent
func any(_ mask: SIMDMask<SIMD8<Int64>>) -> Bool {
    let m = unsafeBitCast(mask, to: SIMD8<Int64>.self)
    return ((m[0] | m[4]) | (m[1] | m[5])) | ((m[2] | m[6]) | (m[3] | m[7])) != 0
}

/// Whether the mask holds for every lane.
@inlinable @_transparent
func all(_ mask: SIMDMask<SIMD8<Int64>>) -> Bool {
    let m = unsafeBitCast(mask, to: SIMD8<Int64>.self)
    return ((m[0] & m[4]) & (m[1] & m[5])) & ((m[2] & m[6]) & (m[3] & m[7])) != 0
}

/// Whether the mask holds for a lane.
@inlinable @_transparent
func any(_ mask: SIMDMask<SIMD8<Int32>>) -> Bool {
    let m = unsafeBitCast(mask, to: SIMD8<Int32>.self)
    return ((m[0] | m[4]) | (m[1] | m[5])) | ((m[2] | m[6]) | (m[3] | m[7])) != 0
}

/// Whether the mask holds for every lane.
@inlinable @_transparent
func all(_ mask: SIMDMask<SIMD8<Int32>>) -> Bool {
    let m = unsafeBitCast(mask, to: SIMD8<Int32>.self)
    return ((m[0] & m[4]) & (m[1] & m[5])) & ((m[2] & m[6]) & (m[3] & m[7])) != 0
}
