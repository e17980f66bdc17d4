/** The order of the stages, checkpoints, time limits and the promise that an abort leaves nothing behind. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageName } from '@aura-jobs/sdk/protocol';
import { describe, expect, test } from 'vitest';
import {
  createPipeline,
  runPipeline,
  type AnyStage,
  type PipelineObserver,
} from '../../../reference-server/src/pipeline/pipeline.ts';
import { StageError } from '../../../reference-server/src/pipeline/stage-error.ts';
import type { StageContext } from '../../../reference-server/src/pipeline/stage.ts';
import type { StageOutput } from '../../../reference-server/src/pipeline/stage-output.ts';
import { estimateStageSeconds } from '../../../reference-server/src/pipeline/stage-estimate.ts';
import { processesWith } from '../../support/processes.ts';
import { filesBelow, makeObserver, makeSpec, makeWorkspace } from './pipeline-fixtures.ts';

type Work = (input: Record<string, unknown>, context: StageContext) => Promise<StageOutput>;

const stage = (name: StageName, work: Work): AnyStage => ({ name, run: work });

/** Writes one file and offers it. */
const writing: Work = async (_, { folder, workspace }) => {
  await writeFile(join(folder, 'made.txt'), 'made');
  const file = join(folder, 'made.txt').slice(workspace.length + 1);
  return { artifacts: [{ name: `${file.split('/')[0]}.txt`, file, type: 'text/plain' }] };
};

const untilAborted: Work = (_, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

function run(stages: readonly AnyStage[], workspace: string, observer: PipelineObserver, more = {}) {
  const signal = new AbortController().signal;
  return createPipeline(stages).run(makeSpec(), { workspace, observer, signal, ...more });
}

test('each stage gets the spec and the outputs of those before it', async () => {
  const inputs: string[][] = [];
  const remembering: Work = (input, context) => (inputs.push(Object.keys(input)), writing(input, context));
  const observer = makeObserver();
  const stages = (['Script', 'TTS', 'Visuals'] as const).map((name) => stage(name, remembering));
  const { artifacts } = await run(stages, await makeWorkspace(), observer);

  expect(inputs).toEqual([['spec'], ['spec', 'Script'], ['spec', 'Script', 'TTS']]);
  expect(observer.started).toEqual(['Script', 'TTS', 'Visuals']);
  expect(artifacts.map(({ file }) => file)).toEqual(['Script/made.txt', 'TTS/made.txt', 'Visuals/made.txt']);
});

describe('resume', () => {
  const stages = [stage('Script', writing), stage('TTS', writing)];

  test('passes over finished stages and empties the folder of the unfinished one', async () => {
    const workspace = await makeWorkspace();
    const failing = stage('TTS', async (_, { folder }) => {
      await writeFile(join(folder, 'half.wav'), '');
      throw new TypeError('broken');
    });
    await expect(run([stages[0]!, failing], workspace, makeObserver())).rejects.toThrow('broken');
    await writeFile(join(workspace, 'TTS', 'left-by-a-crash.wav'), '');
    const observer = makeObserver();
    const { artifacts } = await run(stages, workspace, observer);

    expect(observer.started).toEqual(['Script resumed', 'TTS']);
    expect(artifacts).toHaveLength(2);
    expect(await readdir(join(workspace, 'TTS'))).toEqual(['checkpoint.json', 'made.txt']);
  });

  test('makes a stage anew whose file is gone, and all after it', async () => {
    const workspace = await makeWorkspace();
    await run(stages, workspace, makeObserver());
    await rm(join(workspace, 'Script', 'made.txt'));
    const observer = makeObserver();
    await run(stages, workspace, observer);

    expect(observer.started).toEqual(['Script', 'TTS']);
  });

  test('a checkpoint that was half written counts for nothing', async () => {
    const workspace = await makeWorkspace();
    await run(stages, workspace, makeObserver());
    await writeFile(join(workspace, 'Script', 'checkpoint.json'), '{"artifacts":[');
    const observer = makeObserver();
    await run(stages, workspace, observer);

    expect(observer.started).toEqual(['Script', 'TTS']);
  });
});

describe('failure', () => {
  test('a stage over its limit ends with StepTimeout and its name', async () => {
    const promise = run([stage('Visuals', untilAborted)], await makeWorkspace(), makeObserver(), { stageTimeoutMs: 5 });

    await expect(promise).rejects.toMatchObject({ name: 'StageError', code: 'StepTimeout:Visuals' });
  });

  test.each([
    ['ENOSPC', 'OutOfDiskSpace'],
    ['EACCES', 'OutputDirectoryNotWritable'],
  ])('%s of any stage becomes %s', async (errno, code) => {
    const failing = stage('TTS', () => Promise.reject(Object.assign(new Error(errno), { code: errno })));

    await expect(run([failing], await makeWorkspace(), makeObserver())).rejects.toMatchObject({ code });
  });

  test('a StageError passes as it is', async () => {
    const error = new StageError({ code: 'InvalidVoice', message: 'm', remediation: 'r' });

    await expect(run([stage('TTS', () => Promise.reject(error))], await makeWorkspace(), makeObserver())).rejects.toBe(
      error,
    );
  });
});

describe('abort', () => {
  const reason = new Error('cancelled by the test');

  test.each([
    ['Script', 'Writing'],
    ['TTS', 'Speaking'],
    ['Visuals', 'Drawing'],
    ['Composition', 'Placing'],
    ['Rendering', 'Encoding'],
  ])('in %s rejects with its reason, and neither file nor process is left', async (name, beginning) => {
    const workspace = await makeWorkspace();
    const controller = new AbortController();
    const processes: string[] = [];
    const observer = makeObserver((reported, { message }) => {
      if (reported !== name || !message.startsWith(beginning) || controller.signal.aborted) return;
      processes.push(...processesWith(workspace));
      controller.abort(reason);
    });
    // Long enough that the encoder is still at work when its first report comes.
    const spec = makeSpec({ plan: { targetSeconds: 20 }, render: { width: 1280, height: 720, qualityLevel: 80 } });
    const promise = runPipeline(spec, { workspace, observer, signal: controller.signal });

    await expect(promise).rejects.toBe(reason);
    expect(processes).toHaveLength(name === 'Rendering' ? 1 : 0);
    expect(processesWith(workspace)).toEqual([]);
    expect(await filesBelow(join(workspace, name))).toEqual([]);
    expect(observer.started.at(-1)).toBe(name);
  });

  test('before the first stage starts nothing', async () => {
    const observer = makeObserver();
    const promise = run([stage('Script', writing)], await makeWorkspace(), observer, {
      signal: AbortSignal.abort(reason),
    });

    await expect(promise).rejects.toBe(reason);
    expect(observer.started).toEqual([]);
  });

  test('is not mistaken for a time-out', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, stageTimeoutMs: 60_000 };
    const aborting: Work = (input, context) => {
      const promise = untilAborted(input, context);
      controller.abort(reason);
      return promise;
    };

    await expect(run([stage('TTS', aborting)], await makeWorkspace(), makeObserver(), options)).rejects.toBe(reason);
  });
});

test('the estimate grows with length and picture size', () => {
  const small = estimateStageSeconds(makeSpec());
  const large = estimateStageSeconds(makeSpec({ plan: { targetSeconds: 600 }, render: { width: 1920, height: 1080 } }));

  for (const name of Object.keys(small) as StageName[]) expect(large[name]).toBeGreaterThanOrEqual(small[name]);
  expect(Object.keys(small)).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
  expect(estimateStageSeconds(makeSpec(), true)).toEqual({ ...small, Script: 3 });
});
