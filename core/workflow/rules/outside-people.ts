import { outsideRef } from "@/core/outside-address";
import type { People } from "./rule";

/** The same people, and whoever has an address: each of them may decide approvals, and nothing else. */
export function withOutside(people: People): People {
  const isOutside = (person: string): boolean => outsideRef(person.replace(/^email:/, "")) === person;
  return {
    all: () => people.all(),
    behind(reference) {
      const members = people.behind(reference);
      const outside = outsideRef(reference);
      return members !== null || outside === null ? members : [outside];
    },
    may: (person, scope) => (isOutside(person) ? scope === "approvals:decide" : people.may(person, scope)),
  };
}

/** Whether one of these is an address of nobody here. */
export function namesOutside(references: readonly string[], people: People | undefined): boolean {
  return references.some((reference) => outsideRef(reference) !== null && people?.behind(reference) === null);
}
