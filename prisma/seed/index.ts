import { closePrisma } from "@/server/db/client";
import { closePools } from "@/server/db/pools";
import { seedDemo } from "./demo";

/** `node build/seed.mjs demo`; npm start runs it. */
const scenarios: Readonly<Record<string, () => Promise<void>>> = { demo: seedDemo };

const name = process.argv[2] ?? "demo";
const scenario = scenarios[name];
if (!scenario) throw new Error(`There is no scenario "${name}". Choose one of ${Object.keys(scenarios).join(", ")}.`);
try {
  await scenario();
} finally {
  await closePools();
  await closePrisma();
}
