# Makes expected_decimal.csv, what tests/unit/base/decimal_test.c compares core/base/decimal.c with. Run by
# hand, not by the build:  python3 expected_decimal.py > expected_decimal.csv
# Python's repr gives the shortest text that reads back, its decimal module the roundings of that text.
import decimal
import random

decimal.getcontext().prec = 80
MODES = (decimal.ROUND_HALF_UP, decimal.ROUND_DOWN, decimal.ROUND_HALF_EVEN)


def rounded(value, places, mode):
    result = decimal.Decimal(repr(value)).quantize(decimal.Decimal(1).scaleb(-places), mode)
    return f"{abs(result) if result == 0 else result:f}"


def samples():
    yield from (2.675, -2.675, 1.005, 0.5, 1.5, 2.5, -0.5, 0.05, 0.15, 0.25, 0.35, 0.045, 9.995, 99.995,
                999999.9995, 0.0004, 0.0005, -0.0005, 0.1 + 0.2, 1 / 3, 2 / 3, 100 * 26 / 29, 100 * 51 / 53,
                1e-7, 5e-13, 4.9e-13, 123456789012345.6, 999999999999999.9, 1e14 + 0.5, 4.35, 1.1 * 1.1,
                89.65, 28.999999999999996, 0.285, 1.115, 10.235, 1234567.125, 0.0, 1e-300, 5e-324)
    generator = random.Random(2021)
    for _ in range(150):  # on or beside the half, where roundings differ
        yield generator.choice((-1, 1)) * generator.randrange(10**6) / 10 ** generator.randrange(1, 6)
        yield (2 * generator.randrange(10**5) + 1) / 2 / 10 ** generator.randrange(0, 4)
    for _ in range(150):
        yield generator.uniform(-1, 1) * 10 ** generator.uniform(-8, 14.9)


print("# Made by expected_decimal.py; not edited by hand.")
print("# value as hexadecimal, digits of its shortest text, places, half up, truncated, half even")
places_of = random.Random(2030)
for value in samples():
    digits = len(decimal.Decimal(repr(value)).normalize().as_tuple().digits)
    for places in {2, places_of.randrange(0, 13)}:
        texts = ",".join(rounded(value, places, mode) for mode in MODES)
        print(f"{float(value).hex()},{digits},{places},{texts}")
