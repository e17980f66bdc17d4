/** A program pays for what it imports: the client alone brings no table of errors, no recorder and no bindings. */
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Names of the modules whose code is in the bundle, from `sdk/src` on. */
async function modulesOf(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    conditions: ['aura-source'],
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output!.inputs).flatMap(([name, { bytesInOutput }]) =>
    bytesInOutput && name.includes('sdk/src/') ? [name.split('sdk/src/')[1]!] : [],
  );
}

const EXTRA =
  /^(errors\/(taxonomy|describe-error)|trace\/|react\/|vue\/|transports\/|browser\/|jobs\/job-event-target)/;

test('AuraClient alone carries nothing that it does not use', async () => {
  const modules = await modulesOf(`export { AuraClient } from '@aura-jobs/sdk'`);

  expect(modules).toContain('jobs/job-client.ts');
  expect(modules.filter((name) => EXTRA.test(name))).toEqual([]);
});

test.each([
  ['describeError', '@aura-jobs/sdk', 'errors/taxonomy.ts'],
  ['recordTrace', '@aura-jobs/sdk/trace', 'trace/record-trace.ts'],
  ['JobEventTarget', '@aura-jobs/sdk', 'jobs/job-event-target.ts'],
])('%s is paid for by who imports it', async (name, from, module) => {
  expect(await modulesOf(`export { ${name} } from '${from}'`)).toContain(module);
});

test('the table of errors brings no client with it', async () => {
  expect(await modulesOf(`export { describeError } from '@aura-jobs/sdk'`)).toEqual([
    expect.stringMatching(/^errors\/aura-error/),
    expect.stringMatching(/^errors\/taxonomy/),
    expect.stringMatching(/^errors\/describe-error/),
  ]);
});
