/** Stages that make nothing but events, for widget work and load tests. They run only where simulation is allowed. */
import { setTimeout as delay } from 'node:timers/promises';
import { STAGES } from '@aura-jobs/sdk/protocol';
import type { Stage } from '@aura-jobs/sdk/protocol';
import type { AnyStage } from '../pipeline.ts';
import type { StageContext } from '../stage.ts';
import { StageError } from '../stage-error.ts';
import type { StageOutput } from '../stage-output.ts';
import type { SimulationInputs } from './simulation-inputs.ts';

/** At full speed this many events are under way at once; enough to fill the log's group commits. */
const IN_FLIGHT = 512;

/** The five stages, which share `inputs.events` in proportion to their ranges. @param startedAt Unix ms of the first event */
export function createSimulatedStages(inputs: SimulationInputs): AnyStage[] {
  const pad = 'x'.repeat(inputs.padBytes);
  const clock: { startedAt?: number } = {};
  return STAGES.map((stage) => ({
    name: stage.name,
    run: async (_input: never, context: StageContext): Promise<StageOutput> => {
      const first = Math.round((inputs.events * stage.from) / 100);
      // A run that goes on after finished stages does not wait for their events.
      clock.startedAt ??= now() - (inputs.eventsPerSecond && (first * 1000) / inputs.eventsPerSecond);
      const end = Math.round((inputs.events * stage.to) / 100);
      for (let seq = first; seq < end; seq++) {
        const sentAt = await waitUntilDue(seq, inputs, clock.startedAt, context.signal);
        meetTrouble(seq, inputs, stage, context);
        const sent = context.report({
          item: seq - first + 1,
          of: end - first,
          message: `Simulating ${stage.name}`,
          extra: { seq, sentAt, ...(pad && { pad }) },
        });
        if (inputs.eventsPerSecond === 0 && seq % IN_FLIGHT === 0) await sent;
      }
      return { artifacts: [] };
    },
  }));
}

/** @returns the time the event was due, in Unix ms with fraction */
async function waitUntilDue(
  seq: number,
  inputs: SimulationInputs,
  startedAt: number,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const { events, eventsPerSecond, stallSeconds } = inputs;
  if (stallSeconds > 0 && seq === Math.floor(events / 2) && eventsPerSecond === 0)
    await pause(stallSeconds * 1000, signal);
  if (eventsPerSecond === 0) return now();
  const stalled = seq >= Math.floor(events / 2) ? stallSeconds * 1000 : 0;
  const dueAt = startedAt + (seq * 1000) / eventsPerSecond + stalled;
  const left = dueAt - now();
  // Never early: timers tick in whole milliseconds, and what has become due meanwhile is sent without a wait.
  if (left > 0) await pause(Math.ceil(left), signal);
  return dueAt;
}

function meetTrouble(seq: number, { warnAt, failAt }: SimulationInputs, { name }: Stage, context: StageContext): void {
  if (seq === warnAt) context.warn('This is a simulated warning.');
  if (seq === failAt) {
    throw new StageError({
      code: 'SimulatedFailure',
      message: `The simulated job was asked to fail in ${name}.`,
      remediation: 'Retry it, or leave failAt out.',
    });
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
