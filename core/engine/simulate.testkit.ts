import { advance } from "./advance";
import { initialState } from "./initial-state";
import { outstanding } from "./outstanding";
import type { Plan } from "./plan";
import type {
  EngineCommand,
  EngineEvent,
  FinishCommand,
  LoopSettings,
  NodeKey,
  RunState,
  StepRecord,
} from "./protocol";
import { stepRecord } from "./record";
import { restoreState } from "./restore";

type Reply<T extends EngineEvent["type"]> = Omit<Extract<EngineEvent, { type: T }>, "key" | "at" | "attempt">;
type RunStep = Extract<EngineCommand, { type: "runStep" }>;

/** What the world answers. Must depend on its arguments alone, so that a run can be repeated. */
export interface Policy {
  step(command: RunStep): Reply<"stepCompleted"> | Reply<"stepFailed">;
  items?(key: NodeKey): LoopSettings | Reply<"stepFailed">;
  again?(key: NodeKey, index: number): boolean;
}

export interface SimulationOptions {
  /** Chooses which of the pending actions comes next: called with the sorted actions, gives an index. */
  pick?(actions: readonly string[], turn: number): number;
  /** The driver loses its memory before this turn and starts from the journal. */
  crashes?(turn: number): boolean;
  /** Sees every event together with what it brought. */
  onEvent?(event: EngineEvent, commands: readonly EngineCommand[], state: RunState): void;
  /** Sees the actions pending before and after a crash. */
  onCrash?(before: readonly string[], after: readonly string[]): void;
  /** A restored state to go on from. */
  start?: RunState;
  /** A state to start in, when the test watches it. */
  fresh?: RunState;
  maxTurns?: number;
}

export interface Simulation {
  state: RunState;
  finishes: FinishCommand[];
  events: EngineEvent[];
  commands: EngineCommand[];
  records: Map<NodeKey, StepRecord>;
  /** Nothing left to do although the run is not over. */
  stuck: boolean;
  turns: number;
}

/** Something the driver has to do, or a durable row (waitpoint, retry timer) that will fall due. */
interface Action {
  name: string;
  key: NodeKey;
  durable: boolean;
  event(plan: Plan): EngineEvent;
}

/** Drives a plan to its end the way a driver with a journal does, one action at a time. */
export function simulate(plan: Plan, policy: Policy, options: SimulationOptions = {}): Simulation {
  const simulation: Simulation = {
    state: options.start ?? options.fresh ?? initialState(),
    finishes: [],
    events: [],
    commands: [],
    records: new Map(),
    stuck: false,
    turns: 0,
  };
  const actions = new Map<string, Action>();
  let clock = 1_000;

  function take(commands: readonly EngineCommand[]): void {
    for (const command of commands) {
      simulation.commands.push(command);
      if (command.type === "finish") {
        simulation.finishes.push(command);
        actions.clear();
      } else if (command.type === "decideRepeat") {
        // Decided from data alone, so on the spot, and after a crash once more.
        send({
          type: "repeatDecided",
          key: command.key,
          at: clock,
          index: command.index,
          again: policy.again?.(command.key, command.index) ?? false,
        });
      } else if (command.type === "cancelStep") {
        for (const action of [...actions.values()]) if (action.key === command.key) actions.delete(action.name);
      } else {
        const action = actionFor(command, policy, () => clock);
        if (action) actions.set(action.name, action);
      }
      if ("key" in command && recorded.has(command.type)) record(command.key);
    }
  }

  function record(key: NodeKey): void {
    const row = stepRecord(simulation.state, key);
    if (!row) return;
    simulation.records.delete(key);
    simulation.records.set(key, row);
  }

  function send(event: EngineEvent): void {
    simulation.events.push(event);
    const { state, commands } = advance(plan, simulation.state, event);
    simulation.state = state;
    if ("key" in event) record(event.key);
    take(commands);
    if (event.type === "waiting" && state.nodes[event.key]?.status === "waiting") {
      const resolve = resolution(event.key, event.attempt ?? 1, policy, () => clock);
      actions.set(resolve.name, resolve);
    }
    options.onEvent?.(event, commands, state);
  }

  function crash(): void {
    const before = [...actions.keys()].sort();
    for (const action of [...actions.values()]) if (!action.durable) actions.delete(action.name);
    simulation.state = restoreState(plan, structuredClone([...simulation.records.values()]));
    take(outstanding(plan, simulation.state));
    options.onCrash?.(before, [...actions.keys()].sort());
  }

  if (options.start) take(outstanding(plan, options.start));
  else send({ type: "started", at: clock });
  while (simulation.state.status === "active" && simulation.turns < (options.maxTurns ?? 100_000)) {
    if (options.crashes?.(simulation.turns)) crash();
    const names = options.pick ? [...actions.keys()].sort() : firstOf(actions);
    const name = names[options.pick?.(names, simulation.turns) ?? 0];
    const action = name === undefined ? undefined : actions.get(name);
    if (!action) break;
    actions.delete(action.name);
    simulation.turns += 1;
    clock += 1;
    send(action.event(plan));
  }
  simulation.stuck = simulation.state.status === "active";
  return simulation;
}

const recorded: ReadonlySet<string> = new Set<EngineCommand["type"]>([
  "recordSkipped",
  "cancelStep",
  "failContainer",
  "scheduleRetry",
]);

function firstOf(actions: ReadonlyMap<string, Action>): string[] {
  const first = actions.keys().next();
  return first.done ? [] : [first.value];
}

function actionFor(command: EngineCommand, policy: Policy, now: () => number): Action | null {
  switch (command.type) {
    case "runStep":
      return {
        name: `run ${command.key}#${command.attempt}`,
        key: command.key,
        durable: false,
        event: (plan) =>
          plan.nodes.get(command.nodeId)?.kind === "wait"
            ? { type: "waiting", key: command.key, at: now(), attempt: command.attempt }
            : { ...policy.step(command), key: command.key, at: now(), attempt: command.attempt },
      };
    case "openContainer":
      return {
        name: `open ${command.key}`,
        key: command.key,
        durable: false,
        event() {
          const items = policy.items?.(command.key) ?? { count: 1, concurrency: 1, onItemError: "fail" as const };
          return "type" in items
            ? { ...items, key: command.key, at: now() }
            : { type: "containerOpened", key: command.key, at: now(), ...items };
        },
      };
    case "closeContainer":
      return {
        name: `close ${command.key} ${JSON.stringify(command.results)}`,
        key: command.key,
        durable: false,
        event: () => ({ type: "stepCompleted", key: command.key, at: now() }),
      };
    case "scheduleRetry":
      return {
        name: `due ${command.key}#${command.attempt}`,
        key: command.key,
        durable: true,
        event: () => ({ type: "retryDue", key: command.key, at: now(), attempt: command.attempt }),
      };
    default:
      return null;
  }
}

function resolution(key: NodeKey, attempt: number, policy: Policy, now: () => number): Action {
  const bracket = key.indexOf("[");
  const nodeId = bracket < 0 ? key : key.slice(0, bracket);
  const iteration = bracket < 0 ? "" : key.slice(bracket + 1, -1);
  return {
    name: `resolve ${key}#${attempt}`,
    key,
    durable: true,
    event: () => ({ ...policy.step({ type: "runStep", key, nodeId, iteration, attempt }), key, at: now(), attempt }),
  };
}
