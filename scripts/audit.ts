import { Client } from "pg";
import { withDatabase } from "./db/database";
import { listChained, listHeads } from "@/server/modules/audit/store";
import { verifyChain } from "@/server/modules/audit/verify";

const usage = [
  "Usage: npm run audit -- <command>",
  "  verify [organization] [head]   compute the chains of the audit log again; fails at the first broken link.",
  "                                 organization: its id or name. head: one that was kept elsewhere",
  "  head                           print the newest link of each organization, to keep where nobody here can change it",
].join("\n");

const [name = "", ...given] = process.argv.slice(2);
const commands: Record<string, (client: Client) => Promise<number>> = {
  verify: (client) => verify(client, given[0], given[1]),
  head: printHeads,
};
const command = commands[name];
if (!command) {
  console.log(usage);
  process.exitCode = name === "" ? 0 : 1;
} else {
  try {
    process.exitCode = await withDatabase(({ owner }) => withClient(owner, command));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function verify(client: Client, wanted: string | undefined, head: string | undefined): Promise<number> {
  const all = await listChained(client);
  const asked = wanted === undefined ? all : all.filter(({ id, name: called }) => id === wanted || called === wanted);
  if (wanted !== undefined && asked.length === 0) {
    console.error(`No organization "${wanted}" has an audit log here.`);
    return 1;
  }
  let broken = 0;
  for (const organization of asked) {
    const { problem, links, sealed, unsealed } = await verifyChain(client, organization.id, { keptHead: head });
    if (problem !== null) broken += 1;
    console.log(
      `${shownName(organization)}: ${problem ?? `whole. ${String(sealed)} lines in ${String(links)} links, ${String(unsealed)} not sealed yet.`}`,
    );
  }
  return broken > 0 ? 1 : 0;
}

async function printHeads(client: Client): Promise<number> {
  const names = new Map((await listChained(client)).map((each) => [each.id, shownName(each)]));
  for (const { organizationId, hash, lastId, sealedAt } of await listHeads(client))
    console.log(
      `${organizationId} ${hash} up to number ${lastId}, sealed ${sealedAt} (${names.get(organizationId) ?? ""})`,
    );
  return 0;
}

function shownName({ name: called, id }: { id: string; name: string | null }): string {
  return called ?? (/^[0-]+$/.test(id) ? "The installation itself" : `The former organization ${id}`);
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
