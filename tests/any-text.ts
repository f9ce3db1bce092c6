import fc from "fast-check";

const halves = { first: 0xd8_00, last: 0xdf_ff };

/** Text of any characters that there are, also of planes that nobody writes. What `unit: "binary"` gives, which takes seconds to list them all first. */
export const anyText = (): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.nat(halves.first - 1), fc.integer({ min: halves.last + 1, max: 0x10_ff_ff })))
    .map((points) => String.fromCodePoint(...points));
