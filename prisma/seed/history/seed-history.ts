import { prisma } from "@/server/db/client";
import { createRandom } from "../random";
import { createSimulatedClock } from "./clock";
import { createSimulation } from "./simulation";
import { stories } from "./stories";
import { storeHistory } from "./store-history";
import { tell, type ToldStory, type World } from "./tell";

const seedNumber = 20_261_121;

/** The demo's past, once. */
export async function seedHistory(world: World): Promise<void> {
  const known = await prisma().run.findFirst({
    where: { organizationId: world.organization.id },
    select: { id: true },
  });
  if (known) return;
  const clock = createSimulatedClock(world.now);
  const simulation = createSimulation(clock, createRandom(seedNumber));
  const told: ToldStory[] = [];
  for (const story of stories) told.push(await tell(simulation, world, story));
  await storeHistory(told);
}
