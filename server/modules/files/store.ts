import type { JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** What a form asks for, whose file this is: one that a run waits for, or one that will start a run. */
export type FileScope = { waitpointId: string } | { triggerId: string; submissionId: string };

export interface StoredFile {
  id: string;
  organizationId: string;
  question: string;
  runId: string | null;
  waitpointId: string | null;
  name: string;
  type: string;
  size: number;
  sha256: string;
}

const columns = `id, organization_id as "organizationId", question, run_id as "runId", waitpoint_id as "waitpointId", name, type, size::float8 as size, sha256`;

/** `begun`, or why it was not: see prisma/functions/12-files.sql. */
export async function beginFile(args: JsonObject): Promise<string> {
  const { rows } = await hotPool().query<{ said: string }>({
    name: "begin_file",
    text: "select begin_file($1) as said",
    values: [JSON.stringify(args)],
  });
  return rows[0]?.said ?? "";
}

export async function insertChunk(fileId: string, n: number, bytes: Uint8Array): Promise<void> {
  await hotPool().query({
    name: "insert_file_chunk",
    text: "insert into file_chunks (file_id, n, bytes) values ($1, $2, $3)",
    values: [fileId, n, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
  });
}

/** It is here as a whole. False when it was cleared away meanwhile. */
export async function finishFile(
  id: string,
  { name, type, size, sha256 }: Pick<StoredFile, "name" | "type" | "size" | "sha256">,
): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "finish_file",
    text: "update files set state = 'loose', name = $2, type = $3, size = $4, sha256 = $5 where id = $1 and state = 'arriving'",
    values: [id, name, type, size, sha256],
  });
  return rowCount === 1;
}

/** One that did not arrive as a whole, or is nothing that is taken. */
export async function dropArriving(id: string): Promise<void> {
  await hotPool().query("delete from files where id = $1 and state = 'arriving'", [id]);
}

/** Those of these files that are loose and of this form. */
export async function findLoose(
  organizationId: OrganizationId,
  ids: readonly string[],
  scope: FileScope,
): Promise<StoredFile[]> {
  const isWait = "waitpointId" in scope;
  const { rows } = await hotPool().query<StoredFile>(
    `select ${columns} from files where organization_id = $1 and id = any($2) and state = 'loose'
      and ${isWait ? "waitpoint_id = $3" : "submission_id = $3 and trigger_id = $4"}`,
    isWait
      ? [organizationId, [...ids], scope.waitpointId]
      : [organizationId, [...ids], scope.submissionId, scope.triggerId],
  );
  return rows;
}

/** A file of a run; null for one that stands in no answer. */
export async function findBound(organizationId: string, id: string): Promise<(StoredFile & { runId: string }) | null> {
  const { rows } = await hotPool().query<StoredFile & { runId: string }>({
    name: "find_bound_file",
    text: `select ${columns} from files where organization_id = $1 and id = $2 and state = 'bound' and run_id is not null`,
    values: [organizationId, id],
  });
  return rows[0] ?? null;
}

/** The file that an address of ours leads to. */
export async function findBoundByAddress(id: string): Promise<StoredFile | null> {
  const { rows } = await hotPool().query<StoredFile>({
    name: "find_file_by_address",
    text: `select ${columns} from files where id = $1 and state = 'bound'`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** The bytes of a file, a part at a time. */
export async function* readChunks(id: string): AsyncGenerator<Uint8Array, void> {
  for (let n = 0; ; n += 1) {
    const { rows } = await hotPool().query<{ bytes: Buffer }>({
      name: "read_file_chunk",
      text: "select bytes from file_chunks where file_id = $1 and n = $2",
      values: [id, n],
    });
    const [row] = rows;
    if (row === undefined) return;
    yield new Uint8Array(row.bytes);
  }
}

/** Files that nobody sent with an answer. Gives how many there were. */
export async function deleteLoose(uploadedBefore: Date, limit: number): Promise<number> {
  const { rowCount } = await hotPool().query(
    "delete from files where id in (select id from files where state <> 'bound' and created_at < $1 order by created_at limit $2 for update skip locked)",
    [uploadedBefore, limit],
  );
  return rowCount ?? 0;
}
