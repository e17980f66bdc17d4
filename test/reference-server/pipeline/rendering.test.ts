/** Encoding with a real FFmpeg, and what is said when FFmpeg cannot. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import type { JobSpec } from '../../../reference-server/src/pipeline/job-spec.ts';
import { runPipeline } from '../../../reference-server/src/pipeline/pipeline.ts';
import { codecFor, encoderOptions } from '../../../reference-server/src/pipeline/rendering/ffmpeg/encoder-options.ts';
import { createFfmpegRenderer } from '../../../reference-server/src/pipeline/rendering/ffmpeg/ffmpeg-renderer.ts';
import { sceneFrames } from '../../../reference-server/src/pipeline/rendering/ffmpeg/scene-frames.ts';
import { verifyVideo } from '../../../reference-server/src/pipeline/rendering/verify-video.ts';
import { makeObserver, makeSpec, makeWorkspace } from './pipeline-fixtures.ts';

async function probe(file: string) {
  using input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const tracks = await input.getTracks();
  return { codecs: await Promise.all(tracks.map((track) => track.getCodec())), seconds: await input.computeDuration() };
}

test.each([
  [{ container: 'mp4' }, ['avc', 'aac']],
  [{ container: 'webm', codec: 'VP9' }, ['vp9', 'opus']],
] as const)('a video with %j has one picture and one sound track of the right length', async (render, codecs) => {
  const workspace = await makeWorkspace();
  const observer = makeObserver();
  const options = { workspace, signal: new AbortController().signal, observer };
  const { artifacts, durationSeconds } = await runPipeline(makeSpec({ render }), options);
  const video = await probe(join(workspace, artifacts.at(-1)!.file));

  expect(video.codecs).toEqual(codecs);
  expect(Math.abs(video.seconds - durationSeconds)).toBeLessThan(0.2);
  expect(durationSeconds).toBeGreaterThan(9);
  expect(durationSeconds).toBeLessThan(11);
  expect(artifacts.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'script.md text/markdown',
    'scene-01.png image/png',
    'scene-02.png image/png',
    'scene-03.png image/png',
    'narration.wav audio/wav',
    'timeline.json application/json',
    'subtitles.srt application/x-subrip',
    'subtitles.vtt text/vtt',
    `output.${render.container} video/${render.container}`,
  ]);
  const rendering = observer.reports.filter(({ stage }) => stage === 'Rendering').map(({ progress }) => progress);
  expect(rendering.every(({ item = 0, of = 0 }) => item >= 1 && item <= of)).toBe(true);
});

test('scenes get their frames without adding up rounding', () => {
  const scenes = Array.from({ length: 20 }, (_, index) => ({
    heading: '',
    image: '',
    startSeconds: index * 1.35,
    durationSeconds: 1.35,
    sentences: [],
  }));
  const frames = sceneFrames({ title: '', durationSeconds: 27, scenes }, 15);

  expect(frames.reduce((sum, { count }) => sum + count, 0)).toBe(27 * 15);
  frames.forEach(({ start }, index) => {
    const before = frames[index - 1];
    expect(start).toBe(before ? before.start + before.count : 0);
  });
});

describe('encoders', () => {
  const all = new Set(['libx264', 'libx265', 'libvpx-vp9', 'libaom-av1', 'aac', 'libopus']);
  const render = (changes: Partial<JobSpec['render']>) => makeSpec({ render: changes }).render;

  test.each([
    [{ container: 'webm', codec: 'H264' }, 'VP9'],
    [{ container: 'mov', codec: 'AV1' }, 'H264'],
    [{ container: 'mkv', codec: 'AV1' }, 'AV1'],
  ] as const)('%j holds %s', (changes, codec) => {
    expect(codecFor(render(changes))).toBe(codec);
  });

  test('follow the quality and keep to the bitrate', () => {
    const high = encoderOptions(render({ qualityLevel: 95, videoBitrateK: 4000 }), all).join(' ');
    const low = encoderOptions(render({ qualityLevel: 10 }), all).join(' ');

    expect(high).toContain('-preset slow -crf 18 -maxrate 4000k -bufsize 8000k');
    expect(low).toContain('-preset ultrafast -crf 28');
    expect(low).toContain('-movflags +faststart');
  });

  test('that are missing are named', () => {
    expect(() => encoderOptions(render({ codec: 'H265' }), new Set(['libx264', 'aac']))).toThrow(
      expect.objectContaining({ code: 'EncoderNotAvailable', message: expect.stringContaining('libx265') }),
    );
  });
});

describe('trouble', () => {
  /** A program in the place of FFmpeg: it lists its encoders, then does what the script says. */
  async function fakeFfmpeg(script: string): Promise<string> {
    const file = join(await makeWorkspace(), 'ffmpeg');
    const encoders = 'case "$*" in *-encoders*) echo " V..... libx264 x"; echo " A..... aac x"; exit 0;; esac';
    await writeFile(file, `#!/bin/sh\n${encoders}\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  async function render(ffmpegPath: string): Promise<void> {
    const workspace = await makeWorkspace();
    await createFfmpegRenderer(ffmpegPath).render({
      spec: makeSpec(),
      timeline: { title: '', durationSeconds: 1, scenes: [] },
      images: [],
      narration: join(workspace, 'narration.wav'),
      output: join(workspace, 'partial.mp4'),
      signal: new AbortController().signal,
      warn: () => {},
      onProgress: () => {},
    });
  }

  test('an exit code is passed on with the last output', async () => {
    await expect(render(await fakeFfmpeg('echo "Conversion failed!" >&2; exit 3'))).rejects.toMatchObject({
      code: 'FFmpegFailedExitCode:3',
      details: 'Conversion failed!\n',
    });
  });

  test('a full disk is called one', async () => {
    await expect(render(await fakeFfmpeg('echo "No space left on device" >&2; exit 1'))).rejects.toMatchObject({
      code: 'OutOfDiskSpace',
    });
  });

  test('a missing program is not found', async () => {
    await expect(render('/nowhere/ffmpeg')).rejects.toMatchObject({
      code: 'FFmpegNotFound',
      remediation: expect.stringContaining('AURA_FFMPEG_PATH'),
    });
  });

  test('a program that does not run is broken', async () => {
    const file = join(await makeWorkspace(), 'ffmpeg');
    await writeFile(file, 'not a program');

    await expect(render(file)).rejects.toMatchObject({
      code: 'FFmpegCorrupted',
      remediation: expect.stringContaining('AURA_FFMPEG_PATH'),
    });
  });

  test('a file that is no video is refused', async () => {
    const file = join(await makeWorkspace(), 'output.mp4');
    await writeFile(file, 'not a video');

    await expect(verifyVideo(file, 10)).rejects.toMatchObject({ code: 'MediaInvalid' });
  });
});
