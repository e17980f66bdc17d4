/** Every word that a backend may use for a status, a stage or an event name (protocol sheet, 3.1 and 3.3). */
import { expect, test } from 'vitest';
import {
  emptySnapshot,
  foldStage,
  foldStatus,
  parseJobEvent,
  parseJobSnapshot,
  reduceJob,
  STAGES,
} from '@aura-jobs/sdk/protocol';
import type { JobEvent, JobSnapshot } from '@aura-jobs/sdk/protocol';

const parse = (type: string, data: object): JobEvent => parseJobEvent({ type, data: JSON.stringify(data) });

const STATUS_WORDS = {
  Queued: 'queued pending waiting connecting enqueued',
  Running: 'running processing started inprogress InProgress in_progress',
  Succeeded: 'succeeded success done completed complete',
  Failed: 'failed error faulted',
  Canceled: 'canceled cancelled',
  Paused: 'paused',
};

const STAGE_WORDS = {
  Script: 'initialization queued brief briefvalidation BriefValidation plan planning script pacing',
  TTS: 'tts voice audio narration voiceover',
  Visuals: 'visuals visual images assets broll B-Roll',
  Composition: 'composition compose timeline subtitles mux',
  Rendering: 'rendering render encode export postprocess postprocessing post-processing',
};

const spellings = (words: string): string[] =>
  words.split(' ').flatMap((word) => [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)]);

test.each(Object.entries(STATUS_WORDS))('AC-39 %s in all its words, in events and in GET', (status, words) => {
  for (const word of spellings(words)) {
    expect(foldStatus(word), word).toBe(status);
    expect(parseJobSnapshot({ status: word }).status, word).toBe(status);
    expect(parse('job-status', { status: word }).data, word).toMatchObject({ status });
  }
});

test.each(Object.entries(STAGE_WORDS))('AC-40 %s in all its words, in events and in GET', (stage, words) => {
  const place = STAGES.findIndex(({ name }) => name === stage);
  for (const word of spellings(words)) {
    expect(foldStage(word), word).toBe(stage);
    for (const job of [
      parseJobSnapshot({ status: 'running', stage: word }),
      reduceJob(emptySnapshot('a'), parse('step-status', { step: word, status: 'started' })),
    ]) {
      expect(
        job.steps.findIndex(({ status }) => status === 'Running'),
        word,
      ).toBe(place);
    }
  }
});

test.each(['skipped', 'idle', '', 'brand-new'])('the status %j says nothing, so nothing changes', (status) => {
  const job = running('TTS', 20);

  expect(reduceJob(job, parse('job-status', { status, stage: 'Script', percent: 0 }))).toEqual(job);
});

test.each(['processing', 'connecting', 'complete', 'brand-new'])(
  'the stage %j says nothing, so the current one stays',
  (stage) => {
    const job = reduceJob(running('Visuals', 40), parse('step-progress', { stage, percent: 50 }));

    expect(job).toMatchObject({ stage: 'Visuals', percent: 50 });
  },
);

test('AC-42 names of other backends: what they mean is done, what they do not mean is not', () => {
  const job = running('TTS', 20);
  const after = (name: string, data: object): JobSnapshot => reduceJob(job, parse(name, data));

  expect(after('phase-progress', { stage: 'Voice', percent: 30 })).toMatchObject({ percent: 30, stage: 'TTS' });
  expect(after('step-error', { step: 'Voice', code: 'X', message: 'again', remediation: 'r' })).toMatchObject({
    status: 'Running',
    warnings: [{ message: 'again', step: 'TTS' }],
  });
  expect(after('job-log', { Message: 'loaded', Stage: 'Voice', Severity: 'info' }).logs.at(-1)).toBe('loaded');
  for (const name of ['heartbeat', 'connected', 'shutdown', 'brand-new']) {
    expect(after(name, { Timestamp: 'x', Status: 'alive', message: 'hello' }), name).toEqual(job);
  }
  expect(parse('brand-new', { a: 1 })).toMatchObject({ type: 'unknown', name: 'brand-new', data: { a: 1 } });
});

test.each(['connecting', 'waiting'])('a progress event of a job that is %s does not start it', (status) => {
  const job = reduceJob(emptySnapshot('a'), parse('job-progress', { status, stage: status, percent: 0, message: '' }));

  expect(job.status).toBe('Queued');
  expect(job.steps[0]!.status).toBe('Pending');
});

function running(stage: string, percent: number): JobSnapshot {
  return reduceJob(emptySnapshot('a'), parse('job-status', { status: 'Running', stage, percent }));
}
