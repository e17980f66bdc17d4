/** Runs @web/test-runner's tests in a real WebKit (WebKitGTK), on a screen that exists in memory only. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserLauncher, TestRunnerCoreConfig } from '@web/test-runner-core';
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import { freePort } from './free-port.ts';
import { findProgram } from './installed-program.ts';

const DRIVER = { name: 'WebKitWebDriver', packages: ['webkit2gtk-driver'] };
const SCREEN = { name: 'Xvfb', packages: ['xvfb'] };
const BROWSER = {
  name: 'MiniBrowser',
  packages: ['webkit2gtk-driver'],
  folders: ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1`),
};

const START_TIMEOUT_MS = 30_000;

/** Brings its own driver and screen, and ends them. */
class WebKitLauncher extends WebdriverLauncher {
  readonly #port: number;
  readonly #driver: string;
  readonly #screen: string;
  readonly #children: ChildProcess[] = [];

  constructor(port: number, programs: { driver: string; screen: string; browser: string }) {
    super({
      hostname: '127.0.0.1',
      port,
      path: '/',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] },
      } as WebdriverIO.Capabilities,
    });
    this.#port = port;
    this.#driver = programs.driver;
    this.#screen = programs.screen;
  }

  override async initialize(config: TestRunnerCoreConfig): Promise<void> {
    await super.initialize(config);
    this.name = 'WebKit';
    process.once('exit', this.#end);
    // Xvfb takes a free display and tells its number.
    const screen = this.#start(this.#screen, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const [display] = (await once(screen.stdio[3] as Readable, 'data')) as [Buffer];
    this.#start(this.#driver, [`--port=${this.#port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11' },
    });
    await this.#answers();
  }

  override async stop(): Promise<void> {
    await super.stop();
    const ended = this.#children
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map((child) => once(child, 'exit'));
    this.#end();
    await Promise.all(ended);
  }

  #start(program: string, args: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(program, args, options);
    this.#children.push(child);
    return child;
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const { ok } = await fetch(`http://127.0.0.1:${this.#port}/status`).catch(() => ({ ok: false }));
      if (ok) return;
      await wait(50);
    }
    throw new Error(`${this.#driver} did not answer within ${START_TIMEOUT_MS / 1000} s.`);
  }

  readonly #end = (): void => {
    process.off('exit', this.#end);
    for (const child of this.#children.splice(0).toReversed()) child.kill();
  };
}

/** @throws when WebKit is not there and cannot be installed */
export async function webkitLauncher(): Promise<BrowserLauncher> {
  const programs = {
    driver: await findProgram(DRIVER),
    screen: await findProgram(SCREEN),
    browser: await findProgram(BROWSER),
  };
  // Its types allow `testCoverage: undefined`, where the runner's leave it out.
  return new WebKitLauncher(await freePort(), programs) as BrowserLauncher;
}
