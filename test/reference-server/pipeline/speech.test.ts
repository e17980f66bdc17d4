/** Real speech: its length is measured, its voice can be chosen, and what it cannot say is silent. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobSpec } from '../../../reference-server/src/pipeline/job-spec.ts';
import { pauseSeconds } from '../../../reference-server/src/pipeline/scene-timing.ts';
import { createFliteProvider } from '../../../reference-server/src/pipeline/speech/flite/flite-provider.ts';
import { createSpeechStage } from '../../../reference-server/src/pipeline/speech/speech-stage.ts';
import type { SpeechOutput } from '../../../reference-server/src/pipeline/speech/speech.ts';
import { parseWav } from '../../../reference-server/src/pipeline/wav.ts';
import { filesBelow, makeContext, makeSpec, makeWorkspace, type RecordingContext } from './pipeline-fixtures.ts';

const SENTENCES = ['The sea rises and falls.', 'Twice a day, it comes back to the shore.'];

async function speak(
  spec: JobSpec,
  sentences: readonly string[] = SENTENCES,
): Promise<{ speech: SpeechOutput; context: RecordingContext; samples: Int16Array }> {
  const context = await makeContext('TTS', await makeWorkspace());
  const script = { title: 'Tides', scenes: [{ heading: 'One', sentences }] };
  const speech = await createSpeechStage(createFliteProvider()).run(
    { spec, Script: { script, artifacts: [] } },
    context,
  );
  const { samples } = parseWav(await readFile(join(context.workspace, speech.scenes[0]!.file)));
  return { speech, context, samples };
}

test('durations are those of the sound, with the pause between the sentences', async () => {
  const { speech, samples, context } = await speak(makeSpec());
  const [scene] = speech.scenes;
  const [first, second] = scene!.sentences;

  expect(scene!.durationSeconds).toBe(samples.length / speech.sampleRate);
  expect(first!.startSeconds).toBe(0);
  expect(second!.startSeconds).toBeCloseTo(first!.durationSeconds + pauseSeconds('Natural'), 6);
  expect(second!.startSeconds + second!.durationSeconds).toBeCloseTo(scene!.durationSeconds, 6);
  expect(await filesBelow(context.folder)).toEqual([join(context.workspace, scene!.file)]);
  expect(context.reports.map(({ message, detail }) => `${message}, ${detail}`)).toEqual([
    'Speaking scene 1, Sentence 1 of 2',
    'Speaking scene 1, Sentence 2 of 2',
  ]);
});

test('the estimate is near the truth for every voice', async () => {
  const { estimateSeconds } = createFliteProvider();
  for (const name of ['default', 'rms', 'awb', 'kal16', 'kal']) {
    const spec = makeSpec({ voice: { name } });
    const { speech } = await speak(spec);
    const spoken = speech.scenes[0]!.sentences.reduce((sum, sentence) => sum + sentence.durationSeconds, 0);
    const expected = SENTENCES.reduce((sum, sentence) => sum + estimateSeconds(sentence, spec), 0);

    expect(Math.abs(spoken / expected - 1), name).toBeLessThan(0.2);
  }
});

test('rate changes the length, pitch the height', async () => {
  const [normal, fast, high] = await Promise.all([
    speak(makeSpec()),
    speak(makeSpec({ voice: { rate: 2 } })),
    speak(makeSpec({ voice: { pitch: 12 } })),
  ]);

  expect(fast.speech.scenes[0]!.sentences[0]!.durationSeconds).toBeCloseTo(
    normal.speech.scenes[0]!.sentences[0]!.durationSeconds / 2,
    0,
  );
  expect(zeroCrossings(high.samples)).toBeGreaterThan(zeroCrossings(normal.samples) * 1.05);
});

test('an unknown voice is refused with the list of those that exist', async () => {
  await expect(speak(makeSpec({ voice: { name: 'zira' } }))).rejects.toMatchObject({
    code: 'InvalidVoice',
    remediation: expect.stringContaining('slt, rms, awb'),
  });
});

test('a sentence in another script is silent for as long as it takes to read, with one warning', async () => {
  const { speech, samples, context } = await speak(makeSpec(), ['Hello.', 'Привет, мир.', '日本語の文です。']);
  const [hello, russian, japanese] = speech.scenes[0]!.sentences;

  expect(hello!.durationSeconds).toBeGreaterThan(0.2);
  expect(russian!.durationSeconds).toBe(1);
  expect(japanese!.durationSeconds).toBeGreaterThan(1);
  expect(samples.subarray(Math.round(russian!.startSeconds * speech.sampleRate)).every((each) => each === 0)).toBe(
    true,
  );
  expect(context.warnings).toEqual([expect.stringContaining('English only')]);
});

test('accents, quotes and symbols are spoken, not dropped with a warning', async () => {
  const { context } = await speak(makeSpec(), ['“Café” & naïve – it’s 25 % of €5… 😀']);

  expect(context.warnings).toEqual([]);
});

function zeroCrossings(samples: Int16Array): number {
  return samples.filter((sample, index) => index > 0 && sample < 0 !== samples[index - 1]! < 0).length;
}
