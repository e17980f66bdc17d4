/** Who reads the server's output may go away at any time: `npm start | head -1`, a log shipper that dies. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { ownDatabase } from '../support/own-database.ts';

const MAIN = fileURLToPath(new URL('../../reference-server/src/main.ts', import.meta.url));

test.each([
  ['before it is ready', false],
  ['while it runs', true],
])('the server goes on when its output is closed %s', async (_when, later) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'aura-pipe-'));
  const PORT = String(await freePort());
  const child = spawn(process.execPath, ['--conditions=aura-source', MAIN], {
    env: { ...process.env, ...ownDatabase(), PORT, AURA_DATA_DIR: dataDir, AURA_LOG_LEVEL: 'trace' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const answers = (): Promise<boolean> =>
    call(`http://127.0.0.1:${PORT}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  const hangUp = (): void => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  try {
    if (later) await eventually(answers);
    hangUp();
    await eventually(answers);
    // Each writes a line.
    for (let n = 0; n < 20; n++) expect(await answers()).toBe(true);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  } finally {
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
});
