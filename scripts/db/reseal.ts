import type { Client } from "pg";
import type { KeyRing } from "@/server/integrations/secrets/key-ring";
import { sealedColumns, type SealedColumn } from "./sealed-columns";

export interface Resealed {
  /** Secrets that were sealed with an older key, and are not any more. */
  renewed: number;
  /** Secrets that no key of the ring opens, each as a sentence. They are left as they are. */
  unreadable: string[];
}

/** Seals every secret in the database with the newest key. May be repeated, and run beside the product. */
export async function reseal(client: Client, keyRing: KeyRing): Promise<Resealed> {
  const result: Resealed = { renewed: 0, unreadable: [] };
  for (const place of sealedColumns) await resealColumn(client, keyRing, place, result);
  return result;
}

async function resealColumn(client: Client, keyRing: KeyRing, place: SealedColumn, result: Resealed): Promise<void> {
  const { table, text, write, key, where, context } = place;
  const { rows } = await client.query<{ organization: string; key: string[]; sealed: string }>(
    `select organization_id::text as organization, array[${key.map((name) => `${name}::text`).join(", ")}] as key, ${text} as sealed
      from ${table} where ${where}`,
  );
  for (const row of rows.filter(({ sealed }) => keyRing.needsRotation(sealed))) {
    let fresh: string;
    try {
      fresh = keyRing.rotate(row.sealed, context(row.organization, row.key));
    } catch (error) {
      result.unreadable.push(`${table}: ${error instanceof Error ? error.message : "it does not open"}`);
      continue;
    }
    const named = key.map((name, index) => `${name}::text = $${String(index + 4)}`).join(" and ");
    // Somebody may enter a new secret meanwhile: that one stays.
    const { rowCount } = await client.query(
      `update ${table} set ${write} where organization_id = $2 and ${text} = $3 and ${named}`,
      [fresh, row.organization, row.sealed, ...row.key],
    );
    result.renewed += rowCount ?? 0;
  }
}
