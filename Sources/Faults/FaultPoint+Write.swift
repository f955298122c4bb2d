public import Glibc

extension FaultPoint {
    /// write(2), of which a plan may let less through.
    ///
    /// - Returns: as write(2): the bytes written, or -1 with `errno`.
    @inlinable
    public static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ file: @autoclosure () -> String
    ) -> Int {
        #if DEBUG
            guard let plan = FaultPlan.current else {
                return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
            return plan.write(bytes, to: descriptor, at: file())
        #else
            return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
