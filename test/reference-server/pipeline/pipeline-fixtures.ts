/** What the pipeline's tests share: specs, workspaces and an observer that remembers. */
import { mkdtemp, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JobSpec } from '../../../reference-server/src/pipeline/job-spec.ts';
import type { PipelineObserver } from '../../../reference-server/src/pipeline/pipeline.ts';
import type { StageContext, StageProgress } from '../../../reference-server/src/pipeline/stage.ts';

type SpecChanges = { readonly [Part in keyof JobSpec]?: Partial<JobSpec[Part]> };

/** A short, small video, so that encoding takes a moment only. */
export function makeSpec(changes: SpecChanges = {}): JobSpec {
  return {
    brief: {
      topic: 'How tides work',
      audience: null,
      goal: null,
      tone: 'neutral',
      language: 'en',
      aspect: 'Widescreen16x9',
      ...changes.brief,
    },
    plan: {
      targetSeconds: 10,
      pacing: 'Conversational',
      density: 'Balanced',
      style: 'Standard',
      minSceneCount: 3,
      maxSceneCount: 20,
      targetSceneCount: null,
      ...changes.plan,
    },
    voice: { name: 'default', rate: 1, pitch: 0, pause: 'Natural', ...changes.voice },
    render: {
      width: 320,
      height: 180,
      container: 'mp4',
      codec: 'H264',
      videoBitrateK: 1000,
      audioBitrateK: 96,
      fps: 15,
      qualityLevel: 40,
      ...changes.render,
    },
  };
}

/** A new folder, removed after the test. */
export async function makeWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-pipeline-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface RecordingContext extends StageContext {
  readonly reports: StageProgress[];
  readonly warnings: string[];
}

/** What a stage needs to run alone. */
export async function makeContext(stage: string, workspace: string): Promise<RecordingContext> {
  const folder = join(workspace, stage);
  await mkdir(folder, { recursive: true });
  const reports: StageProgress[] = [];
  const warnings: string[] = [];
  return {
    signal: new AbortController().signal,
    workspace,
    folder,
    reports,
    warnings,
    report: async (progress) => void reports.push(progress),
    warn: (message) => void warnings.push(message),
    handTo: async ({ name }) => void reports.push({ item: 1, of: 1, message: `Handed to ${name}` }),
  };
}

export interface RecordingObserver extends PipelineObserver {
  readonly started: string[];
  readonly reports: { readonly stage: string; readonly progress: StageProgress }[];
}

/** @param onReport called after each report is remembered. */
export function makeObserver(onReport: (stage: string, progress: StageProgress) => void = () => {}): RecordingObserver {
  const started: string[] = [];
  const reports: { stage: string; progress: StageProgress }[] = [];
  return {
    started,
    reports,
    stageStarted: (name, { resumed }) => void started.push(resumed ? `${name} resumed` : name),
    report: (stage, progress) => {
      reports.push({ stage, progress });
      onReport(stage, progress);
    },
    warn: () => {},
    handedTo: () => {},
  };
}

/** All files below a folder, sorted; none if there is no such folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
