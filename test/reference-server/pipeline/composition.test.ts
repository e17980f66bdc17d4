/** The timeline and what hangs on it: times that agree with the sound, captions that can be read. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildCues } from '../../../reference-server/src/pipeline/composition/cues.ts';
import {
  createCompositionStage,
  type CompositionOutput,
} from '../../../reference-server/src/pipeline/composition/composition-stage.ts';
import { parseWav, pcmBytes, wavHeader } from '../../../reference-server/src/pipeline/wav.ts';
import { makeContext, makeSpec, makeWorkspace } from './pipeline-fixtures.ts';

const RATE = 8000;
const LONG =
  'When the moon stands high above the sea, which it does once in every day and once in every night, the water follows it, and so do the boats.';
const SCENES = [['Short.', 'Is 1 < 2 & 3 > 2?'], [LONG], ['The --> end.']];

/** Every sentence sounds for one second, with the given pause between two of them. */
async function compose(targetSeconds: number, scenes: readonly (readonly string[])[] = SCENES, render = {}) {
  const pause = 0.5;
  const workspace = await makeWorkspace();
  await makeContext('TTS', workspace);
  const spoken = scenes.map((sentences, index) => ({
    file: `TTS/${index}.wav`,
    durationSeconds: sentences.length * (1 + pause) - pause,
    sentences: sentences.map((text, at) => ({ text, startSeconds: at * (1 + pause), durationSeconds: 1 })),
  }));
  for (const { file, durationSeconds } of spoken) {
    const samples = new Int16Array(durationSeconds * RATE).fill(1000);
    await writeFile(join(workspace, file), [wavHeader(RATE, samples.length), pcmBytes(samples)]);
  }
  const context = await makeContext('Composition', workspace);
  const output = await createCompositionStage().run(
    {
      spec: makeSpec({ plan: { targetSeconds }, render }),
      Script: {
        script: { title: 'T', scenes: scenes.map((sentences) => ({ heading: 'H', sentences })) },
        artifacts: [],
      },
      TTS: { sampleRate: RATE, scenes: spoken, artifacts: [] },
      Visuals: { images: scenes.map((_, index) => `Visuals/${index}.png`), artifacts: [] },
    },
    context,
  );
  const read = (name: string) => readFile(join(workspace, 'Composition', name));
  return { output, context, read };
}

describe('timeline', () => {
  test('has no gap and no overlap, and the narration is exactly as long', async () => {
    const { output, read } = await compose(5);
    const { timeline } = output;
    const narration = parseWav(await read('narration.wav'));

    expect(narration.samples.length).toBe(Math.round(timeline.durationSeconds * RATE));
    expect(output.durationSeconds).toBe(timeline.durationSeconds);
    timeline.scenes.forEach((scene, index) => {
      const before = timeline.scenes[index - 1];
      expect(scene.startSeconds).toBe(before ? before.startSeconds + before.durationSeconds : 0);
      expect(scene.durationSeconds).toBeGreaterThan(0);
    });
    expect(JSON.parse(String(await read('timeline.json')))).toEqual(timeline);
  });

  test('places the sound of a sentence where it says', async () => {
    const { output, read } = await compose(20);
    const { samples } = parseWav(await read('narration.wav'));

    for (const { startSeconds, durationSeconds } of sentencesOf(output)) {
      const [start, end] = [Math.round(startSeconds * RATE), Math.round((startSeconds + durationSeconds) * RATE)];
      expect(samples.subarray(start, end).every((sample) => sample === 1000)).toBe(true);
      expect([samples[start - 1], samples[end]]).toEqual([0, 0]);
    }
  });

  test('stretches the silences up to the wanted length and never shortens the speech', async () => {
    const natural = (await compose(1)).output.timeline.durationSeconds;
    const stretched = (await compose(10)).output.timeline.durationSeconds;
    const muchTooShort = (await compose(600)).output.timeline.durationSeconds;

    expect(natural).toBeCloseTo(4 + 0.5 + 3 * 0.8, 2);
    expect(stretched).toBeCloseTo(10, 2);
    expect(muchTooShort).toBeLessThan(30);
  });

  test.each([
    [10, []],
    [7, []],
    [5, ['The video is 6.9 s long instead of 5 s']],
    [60, ['The video is 13.9 s long instead of 60 s']],
  ])('warns of a length that is more than 5 percent away from %i s', async (seconds, warnings) => {
    const { context } = await compose(seconds);

    expect(context.warnings.map((warning) => warning.split(':')[0])).toEqual(warnings);
  });
});

describe('captions', () => {
  test('are ordered, apart, inside the video, short and the same in both files', async () => {
    const { output, read } = await compose(12);
    const [srt, vtt] = [parseSrt(String(await read('subtitles.srt'))), parseVtt(String(await read('subtitles.vtt')))];

    expect(vtt).toEqual(srt);
    srt.forEach((cue, index) => {
      expect(cue.start).toBeGreaterThanOrEqual(srt[index - 1]?.end ?? 0);
      expect(cue.end).toBeGreaterThan(cue.start);
      expect(cue.end).toBeLessThanOrEqual(output.timeline.durationSeconds);
      expect(cue.lines.length).toBeLessThanOrEqual(2);
      expect(Math.max(...cue.lines.map((line) => line.length))).toBeLessThanOrEqual(42);
    });
    expect(srt.flatMap((cue) => cue.lines).join(' ')).toBe(SCENES.flat().join(' ').replace('-->', '→'));
  });

  test.each([
    [{ width: 640, height: 360 }, 'stand low, for players that show controls', 4],
    [{ width: 360, height: 640 }, 'wrap as the player likes', 0],
  ])('in a picture of %j %s', async (size, _, count) => {
    const { read } = await compose(12, SCENES.slice(0, 2), size);
    const times = String(await read('subtitles.vtt')).match(/^.*-->.*$/gm)!;

    expect(times.filter((time) => time.endsWith(' line:85%'))).toHaveLength(count && times.length);
  });

  test('of wide signs wrap as the player likes', async () => {
    expect(String(await (await compose(5, [['字'.repeat(100)]])).read('subtitles.vtt'))).not.toContain('line:');
  });

  test('stay long enough to be read', async () => {
    const { output } = await compose(20);
    const shortest = Math.min(...buildCues(output.timeline).map((cue) => cue.endSeconds - cue.startSeconds));

    expect(shortest).toBeGreaterThanOrEqual(0.3);
    expect(buildCues(output.timeline)[0]).toMatchObject({ lines: ['Short.'] });
  });

  test('break text without spaces', async () => {
    const { read } = await compose(5, [['字'.repeat(100)], ['x'.repeat(200)]]);
    const cues = parseSrt(String(await read('subtitles.srt')));

    expect(Math.max(...cues.flatMap((cue) => cue.lines.map((line) => line.length)))).toBeLessThanOrEqual(42);
  });

  test('end in the last millisecond of an hour-long video at the latest', () => {
    const sentence = { text: 'End.', startSeconds: 3599.2, durationSeconds: 0.79 };
    const scenes = [{ heading: '', image: '', startSeconds: 0, durationSeconds: 3600, sentences: [sentence] }];

    expect(buildCues({ title: '', durationSeconds: 3600, scenes })).toEqual([
      { startSeconds: 3599.2, endSeconds: 3600, lines: ['End.'] },
    ]);
  });
});

function sentencesOf({ timeline }: CompositionOutput) {
  return timeline.scenes.flatMap((scene) => scene.sentences);
}

interface ParsedCue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function parseSrt(text: string): ParsedCue[] {
  return text
    .trim()
    .split('\n\n')
    .map((block, index) => {
      const [number, times = '', ...lines] = block.split('\n');
      expect(number).toBe(String(index + 1));
      return parseCue(times.replaceAll(',', '.'), lines);
    });
}

function parseVtt(text: string): ParsedCue[] {
  const [header, ...blocks] = text.trim().split('\n\n');
  expect(header).toBe('WEBVTT');
  return blocks.map((block) => {
    const [times = '', ...lines] = block.split('\n');
    const place = / line:85%$/;
    const unescape = (line: string) => line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    return parseCue(times.replace(place, ''), lines.map(unescape));
  });
}

function parseCue(times: string, lines: readonly string[]): ParsedCue {
  expect(times).toMatch(/^\d{2}:\d{2}:\d{2}\.\d{3} --> \d{2}:\d{2}:\d{2}\.\d{3}$/);
  const [start, end] = times.split(' --> ').map((time) => {
    const [hours, minutes, seconds] = time.split(':').map(Number);
    return hours! * 3600 + minutes! * 60 + seconds!;
  });
  return { start: start!, end: end!, lines };
}
