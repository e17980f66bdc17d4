/** Finds a Chromium for the browser tests: one of this machine, else the one that npm installed. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canRun } from './installed-program.ts';

/** Everything that a launcher (puppeteer-core, @web/test-runner-chrome) needs to know. */
export interface Browser {
  executablePath: string;
  headless: boolean | 'shell';
  args: string[];
  /** Environment of the browser process. */
  env: Record<string, string | undefined>;
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * `CHROME_PATH`, then a Chromium or Chrome on `PATH`, then the npm package. `NPM_CHROMIUM=1` takes the last one at
 * once.
 *
 * @throws when `CHROME_PATH` names nothing that can be run
 */
export async function findBrowser(): Promise<Browser> {
  const { CHROME_PATH, NPM_CHROMIUM, PATH = '' } = process.env;
  if (NPM_CHROMIUM === '1') return unpackFromNpm();
  if (CHROME_PATH) {
    if (!(await canRun(CHROME_PATH))) throw new Error(`CHROME_PATH is ${CHROME_PATH}, which cannot be run.`);
    return { executablePath: CHROME_PATH, headless: true, args: ARGS, env: process.env };
  }
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  for (const executablePath of [...onPath, ...INSTALLED]) {
    if (await canRun(executablePath)) return { executablePath, headless: true, args: ARGS, env: process.env };
  }
  return unpackFromNpm();
}

/** Unpacks `@sparticuz/chromium`, with its fonts and libraries, into a folder that carries its version. */
async function unpackFromNpm(): Promise<Browser> {
  const home = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `aura-chromium-${version}`);
  if (!(await canRun(join(folder, 'chromium')))) await unpack(join(home, 'bin'), folder);
  const env: Browser['env'] = { ...process.env, FONTCONFIG_FILE: join(folder, 'aura-fonts.conf') };
  const executablePath = join(folder, 'chromium');
  if (!(await starts(executablePath, env))) env.LD_LIBRARY_PATH = join(folder, 'al2023', 'lib');
  return { executablePath, headless: 'shell', args: ARGS, env };
}

/** Works in a folder of its own and renames it, so that two test runs can begin at once. */
async function unpack(bin: string, folder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  const draft = `${folder}-${process.pid}`;
  await mkdir(draft, { recursive: true });
  process.env.TMPDIR = draft; // the package unpacks to wherever this says
  try {
    for (const archive of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(join(bin, archive));
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  await writeFile(join(draft, 'aura-fonts.conf'), fontConfig(join(folder, 'fonts')));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}

/** Fails on a machine that lacks the shared libraries. */
async function starts(executablePath: string, env: Browser['env']): Promise<boolean> {
  return promisify(execFile)(executablePath, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

function fontConfig(folder: string): string {
  const dirs = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  return `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${folder}/cache</cachedir></fontconfig>\n`;
}
