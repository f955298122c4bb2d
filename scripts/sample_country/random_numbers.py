"""Seeded random numbers that are the same on every machine."""

import math

MASK = (1 << 64) - 1
SEED = 20221202


class Stream:
    """SplitMix64 (Steele, Lea and Flood 2014), one stream per purpose.

    Every part of the country draws from a stream of its own name, so that a
    change to one part leaves the numbers of the others as they were.
    """

    def __init__(self, name):
        state = 0xCBF29CE484222325  # FNV-1a of the name
        for byte in name.encode():
            state = ((state ^ byte) * 0x100000001B3) & MASK
        self.state = (state ^ SEED) & MASK

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * ((self.bits() >> 11) / 9007199254740992.0)

    def integer(self, low, high):
        """A whole number from low to high, both included."""
        return low + self.bits() % (high - low + 1)

    def choice(self, items):
        return items[self.bits() % len(items)]

    def weighted(self, pairs):
        """One of the (item, weight) pairs, by weight."""
        mark = self.uniform(0, sum(weight for _, weight in pairs))
        for item, weight in pairs:
            mark -= weight
            if mark < 0:
                return item
        return pairs[-1][0]

    def shuffled(self, items):
        result = list(items)
        for i in range(len(result) - 1, 0, -1):
            j = self.bits() % (i + 1)
            result[i], result[j] = result[j], result[i]
        return result

    def normal(self):
        """Mean 0, deviation 1: four 16-bit numbers added up.

        Bounded at 3.5 deviations and free of the mathematical library,
        whose last digit differs between machines.
        """
        b = self.bits()
        total = (b & 0xFFFF) + ((b >> 16) & 0xFFFF) + ((b >> 32) & 0xFFFF) + (b >> 48)
        return (total - 131070.0) / 37837.227

    def poisson(self, mean):
        limit = math.exp(-mean)
        count, product = 0, self.uniform()
        while product > limit:
            count += 1
            product *= self.uniform()
        return count

    def geometric(self, probability, most):
        count = 0
        while count < most and self.uniform() > probability:
            count += 1
        return count
