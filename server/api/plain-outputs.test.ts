import type { inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, it } from "vitest";
import type { AppRouter } from "@/server/routes/root";

/** True where a value of the type holds something that JSON cannot carry. Looks eight levels deep: JSON itself has no bottom. */
type LosesInJson<T, Level extends unknown[] = []> = Level["length"] extends 8
  ? false
  : T extends Date | Map<unknown, unknown> | Set<unknown> | bigint | symbol | RegExp
    ? true
    : T extends (...given: never[]) => unknown
      ? false
      : T extends readonly (infer Item)[]
        ? LosesInJson<Item, [...Level, unknown]>
        : T extends object
          ? { [Key in keyof T]-?: LosesInJson<T[Key], [...Level, unknown]> }[keyof T]
          : false;

type Outputs = inferRouterOutputs<AppRouter>;
type Procedures = { [Module in keyof Outputs]: Outputs[Module][keyof Outputs[Module]] }[keyof Outputs];

it("procedures answer nothing that plain JSON would bend", () => {
  expectTypeOf<true extends LosesInJson<Procedures> ? true : false>().toEqualTypeOf<false>();
  expectTypeOf<true extends LosesInJson<{ at: Date }> ? true : false>().toEqualTypeOf<true>();
});
