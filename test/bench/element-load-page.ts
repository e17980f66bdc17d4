/** The page of the element bench: a hundred elements of one kind on one connection, and the frames it gets meanwhile. */
import { AuraJobProgress } from '@aura-jobs/elements';
import { AuraClient } from '@aura-jobs/sdk';
import { NaiveProgress } from './naive-progress.ts';
import type { ProgressData } from './naive-progress.ts';

/** What is on the page. */
export type Crowd = 'nothing' | 'naive' | 'aura';

const COUNT = 100;
const COLUMNS = 8;

declare global {
  /** Shows the elements and connects them: to one job all of them, or to one each. Resolves when they are live. */
  var showCrowd: (crowd: Crowd, jobs: number) => Promise<void>;
  /** @param until a number of ms, or the message of the last event. @returns frames per second until it was shown */
  var countFrames: (until: number | string) => Promise<number>;
}

const baseUrl = new URLSearchParams(location.search).get('server')!;

/** What the last element shows. */
let lastMessage = (): string => '';

customElements.define('naive-progress', NaiveProgress);
customElements.define('aura-job-progress', AuraJobProgress);

globalThis.showCrowd = async (crowd, jobs) => {
  const root = document.querySelector<HTMLElement>('#root')!;
  root.style.cssText = `display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr); gap: 12px; font: 15px system-ui`;
  const jobIds = Array.from({ length: jobs }, (_, index) => `job-${index}`);
  if (crowd === 'naive') await showNaive(root, jobIds);
  if (crowd === 'aura') await showAura(root, jobIds);
  const unseen = [...root.children].filter((element) => element.getBoundingClientRect().bottom > innerHeight);
  if (unseen.length > 0) throw new Error(`${unseen.length} elements have no place on the screen.`);
};

async function showNaive(root: HTMLElement, jobIds: string[]): Promise<void> {
  const bars = Array.from({ length: COUNT }, () => new NaiveProgress());
  root.append(...bars);
  lastMessage = () => bars.at(-1)!.job.message;
  const source = new EventSource(`${baseUrl}/api/events?jobs=${jobIds.join()}`);
  source.addEventListener('step-progress', ({ data }) => {
    const job = JSON.parse(data as string) as ProgressData;
    const first = Number(job.jobId.slice('job-'.length));
    for (let index = first; index < COUNT; index += jobIds.length) bars[index]!.job = job;
  });
  await new Promise((resolve) => source.addEventListener('open', resolve));
}

async function showAura(root: HTMLElement, jobIds: string[]): Promise<void> {
  const client = new AuraClient({ baseUrl });
  client.watchAll(jobIds);
  const bars = Array.from({ length: COUNT }, (_, index) =>
    Object.assign(new AuraJobProgress(), { client, jobId: jobIds[index % jobIds.length] }),
  );
  let message = '';
  bars.at(-1)!.addEventListener('aura-progress', ({ detail }) => (message = detail.message));
  lastMessage = () => message;
  root.append(...bars);
  while (!bars.every((bar) => bar.matches(':state(running)'))) await nextFrame();
}

globalThis.countFrames = async (until) => {
  const start = performance.now();
  const going = (): boolean =>
    typeof until === 'number' ? performance.now() - start < until : lastMessage() !== until;
  let frames = 0;
  while (going()) {
    await nextFrame();
    frames++;
  }
  return (frames / (performance.now() - start)) * 1000;
};

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);
