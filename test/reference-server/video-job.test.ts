/** A real video through the whole server: what the events promise is true of the files. */
import { appendFile, chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import type { RawFrame } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

interface Artifact {
  name: string;
  path: string;
  type: string;
  sizeBytes: number;
}

async function run(server: TestServer, body: object): Promise<{ jobId: string; log: readonly RawFrame[] }> {
  const created = await call(`${server.url}/api/jobs`, 'POST', body);
  expect(created.status).toBe(202);
  return { jobId: created.body.jobId, log: await follow(server, created.body.jobId) };
}

async function follow(server: TestServer, jobId: string): Promise<readonly RawFrame[]> {
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await stream.ended;
  return stream.events;
}

describe('a job of ten seconds', () => {
  let server: TestServer;
  let log: readonly RawFrame[];
  let artifacts: Artifact[];
  let output: { videoPath: string; subtitlePath: string; sizeBytes: number; durationSeconds: number };

  beforeAll(async () => {
    server = await startReferenceServer();
    ({ log } = await run(server, { brief: { topic: 'How tides work' }, planSpec: { targetDuration: '00:00:10' } }));
    ({ artifacts, output } = log.at(-1)!.data as { artifacts: Artifact[]; output: typeof output });
  });

  afterAll(() => server.stop());

  const text = (name: string): Promise<string> =>
    fetch(server.url + artifacts.find((file) => file.name === name)!.path).then((response) => response.text());

  test('AC-13 … AC-16 every stage once, in its range, at most four progress events a second', () => {
    const steps = log.flatMap(({ event, data }) => (event === 'step-status' ? [(data as { step: string }).step] : []));
    expect(steps).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
    const progress = log.filter(({ event }) => event === 'step-progress');
    expect(new Set(progress.map(({ data }) => (data as { step: string }).step)).size).toBeGreaterThanOrEqual(3);
    const times = progress.map(({ id }) => Number(id!.split('-')[0]));
    // An id has the time of logging, which a busy disk may delay: over the whole job the rate holds all the same.
    expect(progress.length).toBeLessThanOrEqual(((times.at(-1)! - times[0]!) / 1000) * 4 + 2);
    for (const { data } of progress) expect((data as { progressPct: number }).progressPct).toBeLessThan(100);
    expect(log.at(-1)!.event).toBe('job-completed');
  });

  test('AC-17 every file can be fetched, with its size and type', async () => {
    expect(artifacts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'script.md',
        'narration.wav',
        'scene-01.png',
        'timeline.json',
        'subtitles.srt',
        'subtitles.vtt',
        'output.mp4',
      ]),
    );
    for (const { path, type, sizeBytes } of artifacts) {
      const response = await fetch(server.url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')!.split(';')[0]).toBe(type);
      expect((await response.arrayBuffer()).byteLength).toBe(sizeBytes);
    }
    expect(artifacts.find(({ path }) => path === output.videoPath)!.sizeBytes).toBe(output.sizeBytes);
  });

  test('ranges: a part, the end, and one that cannot be met', async () => {
    const url = server.url + output.videoPath;
    const part = await fetch(url, { headers: { range: 'bytes=100-199' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${output.sizeBytes}`]);
    expect((await part.arrayBuffer()).byteLength).toBe(100);
    expect((await fetch(url, { headers: { range: 'bytes=-10' } })).headers.get('content-length')).toBe('10');
    const beyond = await call(url, 'GET', undefined, { range: `bytes=${output.sizeBytes}-` });
    expect([beyond.status, beyond.body.code]).toEqual([416, 'RangeNotSatisfiable']);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
      200,
      String(output.sizeBytes),
      'bytes',
    ]);
    expect((await fetch(`${url}?download`)).headers.get('content-disposition')).toContain('output.mp4');
  });

  test('AC-55, AC-56 H.264 and AAC, one stream each, as long as the narration', async () => {
    const open = async (path: string) =>
      new Input({ formats: ALL_FORMATS, source: new BlobSource(await (await fetch(server.url + path)).blob()) });
    const video = await open(output.videoPath);
    const narration = await open(artifacts.find(({ name }) => name === 'narration.wav')!.path);
    const tracks = await video.getTracks();

    expect(tracks.map((track) => (track.isVideoTrack() ? 'video' : 'audio'))).toEqual(['video', 'audio']);
    expect([
      await (await video.getPrimaryVideoTrack())!.getCodec(),
      await (await video.getPrimaryAudioTrack())!.getCodec(),
    ]).toEqual(['avc', 'aac']);
    const seconds = await video.computeDuration();
    expect(Math.abs(seconds / (await narration.computeDuration()) - 1)).toBeLessThan(0.05);
    expect(output.durationSeconds).toBeCloseTo(seconds, 0);
  });

  test('AC-57 SRT and VTT say the same, in order, within the video', async () => {
    const cues = (file: string) =>
      [
        ...file
          .replaceAll('\r', '')
          .matchAll(
            /(\d\d):(\d\d):(\d\d)[,.](\d{3}) --> (\d\d):(\d\d):(\d\d)[,.](\d{3})(?: [^\n]*)?\n([\s\S]*?)(?=\n\n|\n?$)/g,
          ),
      ].map((match) => {
        const [h1, m1, s1, f1, h2, m2, s2, f2] = match.slice(1, 9).map(Number) as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        return {
          start: (h1 * 60 + m1) * 60 + s1 + f1 / 1000,
          end: (h2 * 60 + m2) * 60 + s2 + f2 / 1000,
          text: match[9],
        };
      });
    const [srt, vtt] = [cues(await text('subtitles.srt')), cues(await text('subtitles.vtt'))];

    expect(srt.length).toBeGreaterThan(1);
    expect(vtt).toEqual(srt);
    for (const [index, { start, end, text: words }] of srt.entries()) {
      expect(start).toBeGreaterThanOrEqual(srt[index - 1]?.end ?? 0);
      expect(end).toBeGreaterThan(start);
      expect(words!.split('\n').every((line) => line.length > 0 && line.length <= 42)).toBe(true);
    }
    expect(srt.at(-1)!.end).toBeLessThanOrEqual(output.durationSeconds);
  });
});

test('AC-18, AC-58 a broken encoder fails the job with its code; the retry begins after the finished stages', async () => {
  const server = await startReferenceServer({ AURA_FFMPEG_PATH: '/nowhere/ffmpeg' });
  try {
    const { jobId, log } = await run(server, {
      brief: { topic: 'How tides work' },
      planSpec: { targetDuration: '00:00:10' },
    });
    expect(log.at(-1)).toMatchObject({
      event: 'job-failed',
      data: { stage: 'Rendering', errors: [{ code: 'FFmpegNotFound', remediation: expect.stringMatching(/\S/) }] },
    });
    await appendFile(join(server.dataDir, 'workspaces', jobId, 'Script', 'script.md'), '\nFrom the first attempt.\n');
    // The person follows the remediation: a program appears where the server looks for it.
    server.environment.AURA_FFMPEG_PATH = await workingFfmpeg(server.dataDir);
    await server.terminate();
    await server.restart();

    const { body } = await call(`${server.url}/api/jobs/${jobId}/retry`, 'POST');
    const retried = await follow(server, body.jobId);

    expect(retried.at(-1)!.event).toBe('job-completed');
    const script = await fetch(`${server.url}/artifacts/${body.jobId}/script.md`).then((response) => response.text());
    expect(script).toContain('From the first attempt.');
    const again = await call(`${server.url}/api/jobs/${jobId}`);
    expect(again.body).toMatchObject({ status: 'Failed', errors: [{ code: 'FFmpegNotFound' }] });
  } finally {
    await server.stop();
  }
});

/** A program that only hands on to the encoder from npm. */
async function workingFfmpeg(folder: string): Promise<string> {
  const { path } = (await import('@ffmpeg-installer/ffmpeg')) as unknown as { path: string };
  const file = join(folder, 'ffmpeg');
  await writeFile(file, `#!/bin/sh\nexec "${path}" "$@"\n`);
  await chmod(file, 0o755);
  return file;
}
