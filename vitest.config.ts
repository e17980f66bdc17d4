/** Node-side tests: they run on the sources, so nothing has to be built first. */
import { defineConfig } from 'vitest/config';

const conditions = ['aura-source'];

export default defineConfig({
  resolve: { conditions: [...conditions, 'module', 'import', 'default'] },
  ssr: {
    resolve: { conditions: [...conditions, 'node'], externalConditions: conditions },
  },
  test: {
    include: ['test/{sdk,reference-server,conformance,faults,package,end-to-end,examples}/**/*.test.{ts,tsx}'],
    // Real servers, encoders and browsers share two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
