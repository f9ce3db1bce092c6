import type { ListOrder } from "@/server/api/rest/list-page";
import { readTime } from "@/server/api/rest/list-page";
import { isUuid } from "@/core/ids";
import { hotPool } from "@/server/db/pools";
import type { Slice, TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";

interface AskedRow {
  id: string;
  isOver: boolean;
  createdAt: Date;
}

interface AskedPosition extends TimePosition {
  isOver: boolean;
}

/** Words are looked for in this many of the newest, open and over each. */
const lookedThrough = 1_000;

const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const start = ["infinity", lastId] as const;
const passed = ["-infinity", lastId] as const;

/** What is open first, then what is over; newest first. */
export const openFirst: ListOrder<AskedRow, AskedPosition> = {
  length: 3,
  write: ({ isOver, createdAt, id }) => [isOver ? "over" : "open", createdAt.toISOString(), id],
  read([which, timeText = "", id = ""]) {
    const time = readTime(timeText);
    return time !== null && isUuid(id) && (which === "open" || which === "over")
      ? { isOver: which === "over", time, id }
      : null;
  },
};

/** The runs that a member began, tests aside. `search`: those only whose workflow or values contain it. */
export async function listAsked(
  organizationId: OrganizationId,
  { userId, search }: { userId: string; search: string },
  { limit, after }: Slice<AskedPosition>,
): Promise<AskedRow[]> {
  const from = after && ([after.time, after.id] as const);
  const [open, over] = [after?.isOver ? passed : (from ?? start), after?.isOver && from ? from : start];
  const { rows } = await hotPool().query<AskedRow>({
    name: "asked_by",
    text: `select id, is_over as "isOver", created_at as "createdAt"
      from asked_by($1, $2, $3, $4::timestamptz, $5::uuid, $6::timestamptz, $7::uuid, $8, $9)`,
    values: [
      organizationId,
      userId,
      search === "" ? null : `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`,
      ...open,
      ...over,
      search === "" ? limit : lookedThrough,
      limit,
    ],
  });
  return rows;
}
