import { Ban, CircleUserRound, Plane } from "lucide-react";
import type { SimulatedPerson, Simulation } from "@/core/contracts/approver-rule";
import { awayWords } from "@/components/people/away-words";
import { Card } from "@/components/ui/card";
import { VisibleText } from "@/components/ui/visible-text";

/** The row that fits, who would be asked by it, and how many must agree. */
export function SimulationResult({ result }: { result: Simulation }) {
  const { sentence, row, refused, conditions, note, asked } = result;
  return (
    <Card bar={refused ? "failed" : "quiet"} className="px-4 py-3" role="status">
      <p className="text-reading font-semibold [overflow-wrap:anywhere]">
        {refused
          ? "Nobody may approve it"
          : row === null
            ? "The last row, “otherwise”, decides"
            : `Row ${String(row)} decides`}
      </p>
      <p className="text-ink-2 [overflow-wrap:anywhere]">
        <VisibleText text={refused ? sentence : `${sentence}.`} />
      </p>
      {!refused && (
        <>
          <p className="mt-2">{neededWords(result)}</p>
          {conditions !== null && (
            <p className="text-dense text-ink-2 [overflow-wrap:anywhere]">
              <VisibleText text={`In words: ${conditions}.`} />
            </p>
          )}
          <ul aria-label="Who would be asked" className="mt-3 flex flex-col gap-3">
            {asked.map(({ ref, name, people }) => (
              <li key={ref}>
                <p className="text-dense font-medium">
                  <VisibleText text={name} />
                </p>
                {people.length === 0 ? (
                  <p className="text-dense text-failed">Nobody is there.</p>
                ) : (
                  <ul className="mt-1 flex flex-col gap-1">
                    {people.map((person) => (
                      <Person key={person.id} person={person} />
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {!refused && note !== null && (
        <p className="mt-3 text-dense text-ink-2 [overflow-wrap:anywhere]">
          <VisibleText text={`“${note}”`} />
        </p>
      )}
    </Card>
  );
}

function Person({ person }: { person: SimulatedPerson }) {
  const { name, may_decide: mayDecide, why_not: whyNot, away } = person;
  const Icon = !mayDecide ? Ban : away === null ? CircleUserRound : Plane;
  const rest = [
    ...(whyNot === "requester" ? ["may not, because they asked for it"] : []),
    ...(whyNot === "no_right" ? ["may not decide approvals"] : []),
    ...(away === null
      ? []
      : [
          `${awayWords(away.until)}, ${away.deputy === null ? "and nobody answers in their name" : `and ${away.deputy} may answer in their name`}`,
        ]),
  ];
  return (
    <li className="flex items-start gap-2">
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-ink-2" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <VisibleText text={name} />
        {rest.length > 0 && <span className="text-ink-2">: {rest.join("; ")}</span>}
      </span>
    </li>
  );
}

function neededWords({ decisions_needed: needed, quorum, asked }: Simulation): string {
  const able = new Set(asked.flatMap(({ people }) => people.filter((each) => each.may_decide).map(({ id }) => id)))
    .size;
  if (able === 0) return "Nobody of those could decide it now.";
  if (quorum === "sequence") return `${String(needed)} approve it, one after the other.`;
  if (needed > able) return `${String(needed)} must approve it, and only ${String(able)} could.`;
  if (able === 1) return "One person could decide it, alone.";
  return needed === 1
    ? `Any one of ${String(able)} people decides it.`
    : `${String(needed)} of ${String(able)} people must approve it.`;
}
