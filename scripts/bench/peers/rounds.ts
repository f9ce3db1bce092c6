import { cpuPerRun, readCpu } from "../cpu";
import { measureLoad } from "../load";
import { median } from "../median";
import type { Contender } from "./contender";

export interface Figures {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU milliseconds of a run over all processes of the engine; without /proc there is none. */
  cpu: number | null;
  failed: number;
}

export const load = { connections: 50, seconds: 10, warmUpSeconds: 4, rounds: 3 };

/** Loads each engine in turn, several times over, while the others idle, and gives the figures of every round by engine. */
export async function measureRounds(contenders: Map<string, Contender>): Promise<Map<string, Figures[]>> {
  const figures = new Map<string, Figures[]>([...contenders.keys()].map((name) => [name, []]));
  for (let round = 1; round <= load.rounds; round += 1) {
    console.log(`\nround ${String(round)}`);
    for (const [name, contender] of contenders) {
      const measured = await measure(contender);
      figures.get(name)?.push(measured);
      console.log(line(name, measured));
    }
  }
  return figures;
}

/** The median of each figure, taken by itself. */
export function medians(rounds: Figures[]): Figures {
  const of = (pick: (figures: Figures) => number): number => median(rounds.map(pick));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    cpu: rounds.some(({ cpu }) => cpu === null) ? null : of(({ cpu }) => cpu ?? 0),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** How often as many runs a second went through one engine as through another: the median over the rounds, whose halves share a minute. */
export function throughputRatio(one: Figures[], other: Figures[]): number {
  return median(one.map(({ perSecond }, round) => perSecond / (other[round]?.perSecond ?? Number.NaN)));
}

/** One engine's figures as a line of the terminal. */
export function line(name: string, { perSecond, p50, p99, cpu, failed }: Figures): string {
  const parts = [
    name.padEnd(10),
    `${perSecond.toFixed(0).padStart(6)}/s`,
    `p50 ${p50.toFixed(1).padStart(6)} ms`,
    `p99 ${p99.toFixed(1).padStart(6)} ms`,
    ...(cpu === null ? [] : [`CPU ${cpu.toFixed(2)} ms a run`]),
    ...(failed > 0 ? [`${String(failed)} FAILED`] : []),
  ];
  return parts.join("   ");
}

async function measure({ url, processes }: Contender): Promise<Figures> {
  await measureLoad(url, { connections: load.connections, seconds: load.warmUpSeconds });
  const before = readCpu(processes());
  const { runs, perSecond, p50, p99, failed } = await measureLoad(url, load);
  const cpu = Object.values(cpuPerRun(before, readCpu(processes()), runs));
  return { perSecond, p50, p99, cpu: cpu.length === 0 ? null : cpu.reduce((sum, ms) => sum + ms, 0), failed };
}
