/** What the SDK costs a page: bundled, minified and compressed as for production. Printed by each run. */
import { brotliCompressSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terserPlugin from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { expect, test } from 'vitest';

// Its types describe a CommonJS module, which it is not.
const terser = terserPlugin as unknown as typeof terserPlugin.default;

/** @returns the one file that a page would load for this import */
async function bundle(code: string): Promise<string> {
  const build = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? code : null),
      },
      nodeResolve({ browser: true, rootDir: import.meta.dirname }),
      terser({ ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } }),
    ],
  });
  const { output } = await build.generate({ format: 'es' });
  expect(output).toHaveLength(1);
  return output[0].code;
}

// Bytes. The client is meant to come down to 6,000; until then it must not grow.
test.each([
  ['AuraClient', "export { AuraClient } from '@aura-jobs/sdk'", 11_710],
  ['connectEventStream', "export { connectEventStream } from '@aura-jobs/sdk/sse'", 2900],
])('%s stays small', async (name, code, limit) => {
  const bytes = brotliCompressSync(await bundle(code)).length;
  console.log(`${name}: ${bytes} bytes, minified and brotli-compressed (at most ${limit})`);
  expect(bytes).toBeLessThanOrEqual(limit);
});

test('nothing rides along that was not imported', async () => {
  const client = await bundle("export { AuraClient } from '@aura-jobs/sdk'");
  for (const foreign of ['WebSocket', 'BroadcastChannel', 'navigator.locks', 'localStorage', 'useSyncExternalStore']) {
    expect(client).not.toContain(foreign);
  }
});
