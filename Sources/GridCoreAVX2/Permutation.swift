import GridCore

@inline(never)
public func permutationAVX2(
    _ rule: PermutationRule, scratch: PermutationScratch
) -> TailCounts {
    permutationKernel(rule, scratch: scratch)
}
