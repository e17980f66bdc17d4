/** Who is asked again, who takes over, and what the job fails with when nobody is left. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { providerFault } from '../../../reference-server/src/pipeline/provider-fault.ts';
import { StageError } from '../../../reference-server/src/pipeline/stage-error.ts';
import type { PipelineStage, StageContext } from '../../../reference-server/src/pipeline/stage.ts';
import { RETRY, withProviders } from '../../../reference-server/src/pipeline/with-providers.ts';
import { makeContext, makeWorkspace } from './pipeline-fixtures.ts';

type Attempt = (context: StageContext) => unknown;

/** One who does what the list says, call by call; the last entry stays. */
function provider(name: string, ...attempts: Attempt[]) {
  let calls = 0;
  return {
    name,
    get calls() {
      return calls;
    },
    work: async (context: StageContext) => attempts[Math.min(calls++, attempts.length - 1)]!(context),
  };
}
type TestProvider = ReturnType<typeof provider>;

const fails =
  (error: unknown): Attempt =>
  () => {
    throw error;
  };
const busy = (retryAfterMs?: number) => providerFault('ProviderRateLimited', 'Busy.', { retryAfterMs });
const refusal = providerFault('ContentPolicy', 'It refused.');
const works: Attempt = () => 'done';

/** Runs the stage of these providers; waits are written down and take no time. */
async function run(providers: readonly [TestProvider, ...TestProvider[]], { random = 0.5 } = {}) {
  const waits: number[] = [];
  const context = await makeContext('Script', await makeWorkspace());
  const stageOf = (one: TestProvider): PipelineStage<unknown, unknown> => ({
    name: 'Script',
    run: (_input, given) => one.work(given),
  });
  const stage = withProviders(providers, stageOf, {
    ...RETRY,
    random: () => random,
    wait: async (ms) => waits.push(ms),
  });
  let [value, error]: unknown[] = [];
  try {
    value = await stage.run({}, context);
  } catch (thrown) {
    error = thrown;
  }
  return { value, error, waits, context, stage };
}

describe('the same provider is asked again', () => {
  test('after 1 s and 2 s, a fifth more or less, three times in all', async () => {
    const one = provider('One', fails(busy()));
    for (const [random, expected] of [
      [0, [800, 1600]],
      [0.5, [1000, 2000]],
      [1, [1200, 2400]],
    ] as const)
      expect((await run([one], { random })).waits).toEqual(expected);

    expect(one.calls).toBe(9);
  });

  test('and what it gives then counts', async () => {
    const { value, waits, context } = await run([provider('One', fails(busy()), works), provider('Two', works)]);

    expect([value, waits, context.warnings]).toEqual(['done', [1000], []]);
    expect(context.reports).toEqual([
      { item: 2, of: 3, message: 'One is asked again in 1 s', detail: 'Busy.', done: 0 },
    ]);
  });

  test('after exactly the time that it asked for', async () => {
    expect((await run([provider('One', fails(busy(7000)), fails(busy(0)), works)], { random: 1 })).waits).toEqual([
      7000, 0,
    ]);
  });

  test('but not if that is more than a minute', async () => {
    const { value, waits, context } = await run([provider('One', fails(busy(61_000))), provider('Two', works)]);

    expect([value, waits]).toEqual(['done', []]);
    expect(context.warnings).toHaveLength(1);
  });

  test.each([
    ['a fault that stays', refusal],
    ['a fault of this program', new TypeError('broken')],
  ])('but not after %s', async (_what, error) => {
    const one = provider('One', fails(error));
    const result = await run([one]);

    expect([result.error, one.calls, result.waits]).toEqual([error, 1, []]);
  });

  test('with an empty folder', async () => {
    const found: string[][] = [];
    const half: Attempt = async ({ folder }) => {
      found.push(await readdir(folder));
      await writeFile(join(folder, 'half.txt'), '');
      throw busy();
    };
    await run([provider('One', half), provider('Two', half)]);

    expect(found).toEqual([[], [], [], [], [], []]);
  });
});

describe('the next provider takes over', () => {
  test('when the attempts are used up, and a warning says why', async () => {
    const two = provider('Two', works);
    const { value, context, stage } = await run([provider('One', fails(busy())), two]);

    expect([value, two.calls, stage.provider?.name]).toEqual(['done', 1, 'One']);
    expect(context.warnings).toEqual(['One gave up (ProviderRateLimited): Busy. Two is used instead.']);
    // Known before it begins.
    expect(context.reports.at(-1)!.message).toBe('Handed to Two');
  });

  test('at once after a fault that stays', async () => {
    const { value, waits } = await run([provider('One', fails(refusal)), provider('Two', works)]);

    expect([value, waits]).toEqual(['done', []]);
  });

  test('with attempts of its own', async () => {
    const two = provider('Two', fails(busy()), fails(busy()), works);
    const { value, waits } = await run([provider('One', fails(busy())), two]);

    expect([value, waits]).toEqual(['done', [1000, 2000, 1000, 2000]]);
  });

  test('but not after a fault of this program', async () => {
    const error = new TypeError('broken');
    const two = provider('Two', works);

    expect([(await run([provider('One', fails(error)), two])).error, two.calls]).toEqual([error, 0]);
  });

  test('until none is left: then the last one’s fault is the job’s', async () => {
    const last = new StageError({ code: 'InvalidScript', message: 'm', remediation: 'r' });
    const three = [provider('One', fails(busy())), provider('Two', fails(refusal)), provider('Three', fails(last))];
    const { error, context } = await run(three as [TestProvider, ...TestProvider[]]);

    expect(error).toBe(last);
    expect(context.warnings).toHaveLength(2);
  });
});

describe('an abort', () => {
  const reason = new Error('cancelled by the test');

  test('ends a real wait at once, and nobody else is asked', async () => {
    const controller = new AbortController();
    const [one, two] = [provider('One', fails(busy(60_000))), provider('Two', works)];
    const context = {
      ...(await makeContext('Script', await makeWorkspace())),
      signal: controller.signal,
      report: async () => void setImmediate(() => controller.abort(reason)),
    };
    const stage = withProviders([one, two], (given) => ({
      name: 'Script',
      run: (_input: object, its) => given.work(its),
    }));

    await expect(stage.run({}, context)).rejects.toBe(reason);
    expect([one.calls, two.calls, context.warnings]).toEqual([1, 0, []]);
  });

  test('in an attempt is no fault of the provider', async () => {
    const controller = new AbortController();
    const two = provider('Two', works);
    const aborting: Attempt = () => {
      controller.abort(reason);
      throw busy();
    };
    const context = { ...(await makeContext('Script', await makeWorkspace())), signal: controller.signal };
    const stage = withProviders([provider('One', aborting), two], (given) => ({
      name: 'Script',
      run: (_input: object, its) => given.work(its),
    }));

    await expect(stage.run({}, context)).rejects.toBe(reason);
    expect([two.calls, context.warnings]).toEqual([0, []]);
  });
});
