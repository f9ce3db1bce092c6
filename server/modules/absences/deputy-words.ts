import type { SetAbsence } from "@/core/contracts/absence";

/** What a deputy is told when somebody's absence names them. Times are shown in UTC: a reader's zone is not known. */
export function deputyWords(told: {
  name: string;
  from: Date;
  until: Date | null;
  workflows: readonly string[];
  limit: SetAbsence["limit"];
  note: string | null;
  link: string;
}): { headline: string; subject: string; body: string } {
  const { name, from, until, workflows, limit, note, link } = told;
  const time = `from ${dateWords(from)} ${until === null ? "until they are back" : `to ${dateWords(until)}`}`;
  const scope =
    workflows.length === 0 ? "what is asked of them" : `what these workflows ask of them: ${workflows.join(", ")}`;
  return {
    headline: `You answer for ${name}, who is away ${time}`,
    subject: `You answer for ${name} while they are away`.replaceAll(/\s+/g, " "),
    body: [
      `${name} is away ${time}, and named you as deputy.`,
      `You may answer ${scope}, in their name. They can still answer themselves.`,
      limit
        ? `Approvals up to ${limit.currency} ${String(limit.amount)} are yours; what is higher waits for ${name}.`
        : "",
      note ? `They say: ${note}` : "",
      `What waits stands in your inbox. Who is away: ${link}`,
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

function dateWords(at: Date): string {
  return `${new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;
}
