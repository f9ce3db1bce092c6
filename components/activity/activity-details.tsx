import { auditWay } from "@/core/audit-words";
import type { ActivityEntry } from "@/core/contracts/audit";
import { isJsonObject } from "@/core/json-guard";
import type { Json, JsonObject } from "@/core/json";
import { Facts } from "@/components/ui/facts";
import { JsonView } from "@/components/ui/json-view";
import { exactWords } from "@/components/ui/time-words";

/** Everything that was written down of one line. */
export function ActivityDetails({ entry }: { entry: ActivityEntry }) {
  const { data } = entry;
  const facts = isJsonObject(data) ? data : {};
  const changes = changesOf(facts["before"], facts["after"]);
  const rest = Object.entries(facts).filter(
    ([name]) => changes.length === 0 || (name !== "before" && name !== "after"),
  );
  return (
    <div className="flex flex-col gap-4 rounded-control border border-hairline bg-ground p-4">
      <Facts items={factsOf(entry)} />
      {changes.length > 0 && (
        <section>
          <h3 className="mb-1 text-dense font-semibold text-ink-2">Changed</h3>
          <dl className="flex flex-col gap-1">
            {changes.map(({ name, was, now }) => (
              <div key={name} className="flex flex-wrap gap-x-2 [overflow-wrap:anywhere]">
                <dt className="font-medium">{name}</dt>
                <dd>
                  was <del className="text-ink-2">{valueWords(was)}</del>, is{" "}
                  <ins className="font-medium no-underline">{valueWords(now)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {rest.length > 0 && (
        <JsonView label={`What was noted with number ${entry.id}`} value={Object.fromEntries(rest)} />
      )}
    </div>
  );
}

function factsOf(entry: ActivityEntry): { label: string; value: string }[] {
  const { actor, subject } = entry;
  const facts: [label: string, value: string | null][] = [
    ["When", exactWords(Date.parse(entry.at))],
    ["Who", `${actor.name} (${actors[actor.type] ?? actor.type})`],
    ["On behalf of", entry.onBehalfOf],
    ["Identified", auditWay(actor.via, entry.auth) ?? "Holdpoint did this by itself"],
    ["From the address", entry.address],
    ["Action", entry.action],
    ["About", `${subject.type} ${subject.id}`],
    ["Hash of what was shown or sent", entry.payload_hash],
    ["Number in the log", entry.id],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : { label, value }));
}

const actors: Readonly<Record<string, string>> = {
  user: "a person",
  api_key: "an API key",
  contact: "a customer",
  system: "the product",
};

/** The fields that are not the same before and after. */
function changesOf(before: Json | undefined, after: Json | undefined): { name: string; was: Json; now: Json }[] {
  if (before === undefined || after === undefined) return [];
  if (!isJsonObject(before) || !isJsonObject(after)) return [{ name: "Value", was: before, now: after }];
  const at = (value: JsonObject, name: string): Json => value[name] ?? null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, was: at(before, name), now: at(after, name) }))
    .filter(({ was, now }) => JSON.stringify(was) !== JSON.stringify(now));
}

function valueWords(value: Json): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
