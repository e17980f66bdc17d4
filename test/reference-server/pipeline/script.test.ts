/** The offline writer: any topic, any length, no nonsense. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobSpec } from '../../../reference-server/src/pipeline/job-spec.ts';
import { createOfflineWriter } from '../../../reference-server/src/pipeline/script/offline/offline-writer.ts';
import { checkScript, repeatedShare } from '../../../reference-server/src/pipeline/script/script-check.ts';
import { createScriptStage } from '../../../reference-server/src/pipeline/script/script-stage.ts';
import type { Script } from '../../../reference-server/src/pipeline/script/script.ts';
import { estimateSeconds } from '../../../reference-server/src/pipeline/speech/flite/flite-voice.ts';
import { makeContext, makeSpec, makeWorkspace } from './pipeline-fixtures.ts';

const stage = createScriptStage(createOfflineWriter(), estimateSeconds);

async function write(spec: JobSpec): Promise<Script> {
  const context = await makeContext('Script', await makeWorkspace());
  return (await stage.run({ spec }, context)).script;
}

const sentencesOf = ({ scenes }: Script): string[] => scenes.flatMap((scene) => [...scene.sentences]);

describe('scenes', () => {
  test.each([
    ['Sparse', 10, 3],
    ['Balanced', 60, 5],
    ['Dense', 60, 8],
    ['Balanced', 120, 10],
    ['Dense', 1800, 20],
  ] as const)('%s, %i s gives %i', async (density, targetSeconds, count) => {
    const { scenes } = await write(makeSpec({ plan: { density, targetSeconds } }));

    expect(scenes).toHaveLength(count);
  });

  test('are as many as asked for', async () => {
    const { scenes } = await write(makeSpec({ plan: { targetSeconds: 60, targetSceneCount: 7 } }));

    expect(scenes).toHaveLength(7);
  });

  test('have short headings, no two alike, and at least one sentence', async () => {
    const { scenes } = await write(
      makeSpec({ plan: { targetSeconds: 1800, maxSceneCount: 60, targetSceneCount: 60 } }),
    );
    const headings = scenes.map((scene) => scene.heading);

    expect(new Set(headings).size).toBe(60);
    expect(Math.max(...headings.map((heading) => heading.length))).toBeLessThanOrEqual(50);
    expect(scenes.every((scene) => scene.sentences.length > 0)).toBe(true);
  });
});

test('half an hour repeats no sentence', async () => {
  const script = await write(makeSpec({ plan: { targetSeconds: 1800 } }));

  expect(sentencesOf(script).length).toBeGreaterThan(350);
  expect(repeatedShare(sentencesOf(script))).toBe(0);
});

test('the same brief gives the same script, another brief another one', async () => {
  const spec = makeSpec({ plan: { targetSeconds: 120 } });

  expect(await write(spec)).toEqual(await write(spec));
  expect(await write(makeSpec({ plan: { targetSeconds: 120 }, brief: { topic: 'Sourdough bread' } }))).not.toEqual(
    await write(spec),
  );
});

test('speaks of topic, audience and goal', async () => {
  const brief = { topic: 'sourdough bread', audience: 'home bakers.', goal: 'Bake a first loaf.' };
  const text = sentencesOf(await write(makeSpec({ brief, plan: { targetSeconds: 60 } }))).join(' ');

  expect(text).toContain('sourdough bread');
  expect(text).toContain('home bakers.');
  expect(text).toContain('Bake a first loaf.');
});

test.each([
  ['X'],
  ['Todo apps and [insert] placeholders, lorem ipsum'],
  ['Welcome to Acme'],
  ['word '.repeat(100)],
  ['x'.repeat(500)],
  ['日本語の歴史'],
  ['<b>$& ${x} {t} [a|b] \u0000\n# Not a heading'],
])('has something sensible to say about %j', async (topic) => {
  const script = await write(makeSpec({ brief: { topic, tone: 'friendly' }, plan: { targetSeconds: 30 } }));

  expect(script.title).not.toBe('');
  expect(script.title.length).toBeLessThanOrEqual(80);
  expect(JSON.stringify(script)).not.toMatch(/undefined|\\n|\\u0000/);
  expect(sentencesOf(script).every((sentence) => /[.!?]$/.test(sentence))).toBe(true);
});

test.each(['日本語の歴史', 'تاريخ روما', '🔥🔥🔥'])('calls %s by words that can be drawn and spoken', async (topic) => {
  const context = await makeContext('Script', await makeWorkspace());
  const { script } = await stage.run({ spec: makeSpec({ brief: { topic } }) }, context);

  expect(script.title).toBe('Your video');
  expect(JSON.stringify(script)).toMatch(/^[\x20-\x7e]+$/);
  expect(context.warnings).toEqual([expect.stringContaining('“the subject at hand”')]);
});

test('writes script.md with one title and a heading per scene', async () => {
  const context = await makeContext('Script', await makeWorkspace());
  const { artifacts } = await stage.run({ spec: makeSpec() }, context);
  const text = await readFile(join(context.workspace, artifacts[0]!.file), 'utf8');

  expect(text).toMatch(/^# How tides work\n/);
  expect(text.match(/^# /gm)).toHaveLength(1);
  expect(text.match(/^## /gm)).toHaveLength(3);
  expect(context.reports.map((report) => [report.item, report.of, report.message])).toContainEqual([
    3,
    3,
    'Writing scene 3',
  ]);
});

describe('the check refuses', () => {
  const scene = (...sentences: string[]) => ({ heading: 'Heading', sentences });
  const long = 'This sentence is long enough to make a script that has a hundred characters in all.';
  const good: Script = { title: 'Title', scenes: [scene(long), scene('And this is another one.')] };

  test.each([
    ['a script without title', { ...good, title: ' ' }],
    ['a single scene', { ...good, scenes: [scene(long, long.toUpperCase())] }],
    ['a scene without text', { ...good, scenes: [...good.scenes, scene()] }],
    ['hardly any text', { title: 'T', scenes: [scene('One.'), scene('Two.')] }],
    ['placeholders', { ...good, scenes: [...good.scenes, scene('Todo: write this scene.')] }],
    ['a refusal', { ...good, scenes: [...good.scenes, scene('I cannot help with that.')] }],
    ['repetition', { ...good, scenes: [scene(long, long, long), scene('End.')] }],
  ])('%s', (_, script) => {
    expect(() => checkScript(script, 10, makeSpec())).toThrow(expect.objectContaining({ code: 'InvalidScript' }));
  });

  test('a wrong length, but not a good script', () => {
    expect(() => checkScript(good, 16, makeSpec())).toThrow(/16 s instead of 10 s/);
    expect(() => checkScript(good, 10, makeSpec())).not.toThrow();
  });
});

test.each([
  ['en', 0],
  ['en-GB', 0],
  ['English', 0],
  ['de-DE', 1],
])('for the language %s it gives %i warnings', async (language, count) => {
  const context = await makeContext('Script', await makeWorkspace());
  await stage.run({ spec: makeSpec({ brief: { language } }) }, context);

  expect(context.warnings).toHaveLength(count);
});
