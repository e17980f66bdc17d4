/** Every code of the protocol sheet has one meaning, one advice and one class; errors of calls know themselves. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as sdk from '@aura-jobs/sdk';
import { AuraError, ConnectionError, describeError, JobFailedError } from '@aura-jobs/sdk';
import type { ErrorCode, ErrorPlace, JobError } from '@aura-jobs/sdk';
import { emptySnapshot } from '@aura-jobs/sdk/protocol';
import { PROBLEMS } from '../../../reference-server/src/http/problem.ts';
import { TAXONOMY } from '../../../sdk/src/errors/taxonomy.ts';
import { SHEET } from './sheet.ts';

type ErrorClass = new (message: string, options: { code: string; status?: number; retryable?: boolean }) => AuraError;

/** Every error class that the SDK exports. */
const CLASSES = new Map(
  Object.entries(sdk as unknown as Record<string, ErrorClass>).filter(([name]) => /^[A-Z]\w*Error$/.test(name)),
);

const rows = SHEET.flatMap(({ code, kind, detail, aliases = [], withExitCode = [], inPlace = [] }) => [
  { given: code, code, kind, detail: null, stage: undefined },
  { given: `${code}:${detail ?? 'Detail:with a colon'}`, code, kind, detail: detail ?? 'Detail:with a colon' },
  ...aliases.flatMap((given) => [
    { given, code, kind, detail: null },
    { given: given.toLowerCase(), code, kind, detail: null },
  ]),
  ...withExitCode.flatMap((number) => [
    { given: `${number}-134`, code, kind, detail: '134' },
    { given: `${number}--1073741819`, code, kind, detail: '-1073741819' },
  ]),
  ...inPlace.map(([given, stage]) => ({ given, stage, code, kind, detail: null })),
]) as { given: string; code: ErrorCode; kind: string; detail: string | null; stage?: ErrorPlace }[];

test.each(rows)('$given in $stage is $code', ({ given, stage, code, kind, detail }) => {
  const { title, remediation, errorName } = TAXONOMY[code];

  expect(describeError(given, { stage })).toEqual({
    code,
    detail,
    original: given,
    title,
    remediation,
    kind,
    errorName,
    retryable: kind === 'transient',
  });
  expect(title).toMatch(/^[A-Z].{5,}[^.]$/);
  expect(remediation).toMatch(/^[A-Z].{10,}\.$/);
});

test('the table holds the sheet, and six codes of this SDK and its server', () => {
  expect(Object.keys(TAXONOMY)).toEqual([
    ...SHEET.map(({ code }) => code),
    'NotDeletable',
    'NotFailed',
    'NotPausable',
    'NotResumable',
    'ConnectionLost',
    'InvalidAnswer',
  ]);
  expect(new Set(Object.values(TAXONOMY).map(({ title }) => title)).size).toBe(Object.keys(TAXONOMY).length);
});

describe('numbers with several meanings, where nothing decides', () => {
  test.each([
    ['E302', 'FFmpegNotFound'],
    ['E303', 'FFmpegCorrupted'],
    ['E304', 'FFmpegFailedExitCode'],
    ['E305', 'ServiceUnavailable'],
    ['E306', 'ProviderKeyInvalid'],
    ['E308', 'ProviderRateLimited'],
    ['E309', 'InvalidScript'],
    ['E310', 'ContentPolicy'],
    ['E400', 'InvalidInput'],
    ['E500', 'ServiceUnavailable'],
  ])('%s is %s', (given, code) => {
    expect(describeError(given).code).toBe(code);
    expect(describeError(given, { stage: 'connection' }).code).toBe(code);
  });
});

test.each(['', 'E1', 'E100', 'Whatever:E404', 'FontMissing', 'constructor', '__proto__', 'E302-NEW', 'E999999-1'])(
  'the unknown code "%s" gives UnknownError and is kept',
  (given) => {
    expect(describeError(given)).toMatchObject({ code: 'UnknownError', original: given, kind: 'user' });
  },
);

test.each([null, undefined, 7, Symbol('x'), {}, { code: 404 }, new Error('boom'), []])(
  'what is no error of ours gives UnknownError: %s',
  (thrown) => {
    expect(describeError(thrown)).toMatchObject({ code: 'UnknownError', original: 'UnknownError', retryable: false });
  },
);

describe('errors of a job', () => {
  const error: JobError = { code: 'MissingApiKey:PEXELS_KEY', message: 'No key.', remediation: 'Ask Jo for the key.' };

  test('show the advice of the backend, where it has one', () => {
    expect(describeError(error)).toMatchObject({
      code: 'MissingApiKey',
      detail: 'PEXELS_KEY',
      remediation: 'Ask Jo for the key.',
    });
    expect(describeError({ ...error, remediation: '' }).remediation).toBe(TAXONOMY.MissingApiKey.remediation);
    expect(describeError({ ...error, code: 'FontMissing' })).toMatchObject({
      code: 'UnknownError',
      original: 'FontMissing',
      remediation: 'Ask Jo for the key.',
    });
  });

  test('of a failed job count in the stage it failed in', () => {
    const failed = { ...emptySnapshot('job-1'), status: 'Failed', stage: 'Script' } as const;
    const badScript = new JobFailedError({ ...failed, errors: [{ code: 'E302', message: '', remediation: '' }] });

    expect(describeError(badScript).code).toBe('InvalidScript');
    expect(describeError(badScript, { stage: 'Rendering' }).code).toBe('FFmpegNotFound');
    expect(describeError(new JobFailedError({ ...failed, errors: [error] })).remediation).toBe('Ask Jo for the key.');
  });

  test('that passed away with time may be tried again, although the error itself says that the job will not', () => {
    const errors = [{ ...error, code: 'StepTimeout:TTS' }];
    const failed = new JobFailedError({ ...emptySnapshot('job-1'), status: 'Failed', errors });

    expect(failed.retryable).toBe(false);
    expect(describeError(failed).retryable).toBe(true);
  });
});

describe('errors of calls', () => {
  const ofCalls = [...CLASSES].filter(([name]) => !/^(AuraError|JobFailedError|JobCanceledError)$/.test(name));

  test.each(ofCalls)('%s has a code of its own', (name, Class) => {
    const described = describeError(new Class('What a backend said.', { code: 'SomethingNew' }));

    expect(described).toMatchObject({ errorName: name, original: 'SomethingNew' });
    expect(described.code).not.toBe('UnknownError');
    // A number must not overrule what status and path say.
    expect(describeError(new Class('', { code: 'E500' })).code).toBe(described.code);
  });

  test('name only classes that there are', () => {
    for (const { errorName } of Object.values(TAXONOMY)) expect([...CLASSES.keys()]).toContain(errorName);
  });

  test('a time-out of ours is a lost connection, one of a stage is its provider’s', () => {
    const error = new ConnectionError('GET / failed', { code: 'ConnectionTimeout', retryable: true });

    expect(describeError(error)).toMatchObject({ code: 'ConnectionLost', retryable: true });
    expect(describeError('ConnectionTimeout', { stage: 'TTS' }).code).toBe('ProviderNetworkError');
  });

  test('say themselves whether they may be tried again, and which field was wrong', () => {
    expect(describeError(new ConnectionError('', { code: 'ConnectionLost' })).retryable).toBe(false);
    const problem = { field: 'brief.topic' };
    expect(describeError(new sdk.InvalidInputError('', { code: 'InvalidInput', problem }))).toMatchObject({
      code: 'InvalidInput',
      detail: 'brief.topic',
    });
  });

  test('a plain AuraError leaves the word to its code', () => {
    expect(describeError(new AuraError('', { code: 'E308', status: 418 })).code).toBe('ProviderRateLimited');
    expect(describeError(new AuraError('', { code: 'NotDeletable', status: 409 })).code).toBe('NotDeletable');
  });
});

test.each(Object.entries(PROBLEMS))('an answer %s of the reference server is known', (name, { code = name }) => {
  expect(describeError(code).code).not.toBe('UnknownError');
});

test('every error that the SDK throws has a code of the table', async () => {
  const source = fileURLToPath(new URL('../../../sdk/src/', import.meta.url));
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const thrown = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(join(source, file), 'utf8');
    for (const [, name, code] of text.matchAll(/new (\w+Error)\([^;]*?code: '(\w+)'/gs))
      thrown.set(`${name} ${code}`, file);
  }

  // Some that are there, so that the search cannot find nothing.
  expect([...thrown.keys()]).toEqual(
    expect.arrayContaining(['ProtocolError InvalidJson', 'ConnectionError ConnectionLost', 'AuraError HttpStatus']),
  );
  for (const pair of thrown.keys()) {
    const [name, code] = pair.split(' ') as [string, string];
    const Class = CLASSES.get(name)!;
    const described = describeError(new Class('', { code }));
    // Only the base class may bring a status that says nothing.
    if (code === 'HttpStatus') expect(described.code).toBe('UnknownError');
    else expect(described, thrown.get(pair)).toMatchObject({ errorName: name });
  }
});
