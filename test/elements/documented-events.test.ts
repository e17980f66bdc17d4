/** Every event that the manifest documents is fired, as what it says. */
import '@aura-jobs/elements/define';
import { AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';
import { AuraError } from '@aura-jobs/sdk';
import { expect, waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { ElementHarness, place } from '../support/element-harness.ts';
import { canceled, completed, failed, upToVisuals } from '../support/job-script.ts';
import { declarations } from './custom-elements.ts';
import { ListClient } from './list-client.ts';

type Shown = ElementHarness<AuraJobProgress | AuraRenderStatus>;

const lost = { status: 'failed', error: new AuraError('gone', { code: 'ConnectionLost' }) } as const;

async function retry(shown: Shown): Promise<void> {
  shown.client.job().tell(...upToVisuals, failed);
  await shown.painted();
  await shown.click('retry-button');
}

/** What makes an element of one job fire each event. */
const ofOneJob: Record<string, (shown: Shown) => unknown> = {
  'aura-progress': (shown) => shown.client.job().tell(...upToVisuals),
  'aura-job-completed': (shown) => shown.client.job().tell(...upToVisuals, completed),
  'aura-job-failed': (shown) => shown.client.job().tell(...upToVisuals, failed),
  'aura-job-canceled': (shown) => shown.client.job().tell(...upToVisuals, canceled),
  'aura-error': (shown) => shown.client.job().connect(lost),
  'aura-cancel-request': async (shown) => {
    shown.client.job().tell(...upToVisuals);
    await shown.ticked();
    await shown.cancel();
  },
  'aura-retry-request': retry,
  'aura-job-retried': retry,
  'aura-closed': async (shown) => {
    Object.assign(shown.element, { variant: 'drawer', open: true });
    await shown.painted();
    await shown.click('close-button');
  },
};

/** A list of one running and one failed job, and its parts. */
interface ListShown {
  client: ListClient;
  click: (...parts: string[]) => Promise<void>;
}

const end = (status: 'Succeeded' | 'Failed' | 'Canceled') => (list: ListShown) =>
  list.client.change('going', { status });
const clear = (list: ListShown): Promise<void> => list.click('clear-button', 'danger-button');
const retryRow = (list: ListShown): Promise<void> => list.click('retry-button');

const ofList: Record<string, (list: ListShown) => unknown> = {
  'aura-job-completed': end('Succeeded'),
  'aura-job-failed': end('Failed'),
  'aura-job-canceled': end('Canceled'),
  'aura-error': (list) => list.client.job('going').connect(lost),
  'aura-open-request': (list) => list.click('open-button'),
  'aura-closed': async (list) => {
    await list.click('open-button');
    const drawer = document.querySelector('aura-job-list')!.renderRoot.querySelector('aura-render-status')!;
    await waitUntil(() => drawer.open && drawer.renderRoot.querySelector('dialog[open]'));
    drawer.open = false;
  },
  'aura-cancel-request': (list) => list.click('select-all', 'cancel-button', 'danger-button'),
  'aura-delete-request': clear,
  'aura-job-deleted': clear,
  'aura-retry-request': retryRow,
  'aura-job-retried': retryRow,
};

/** Hears the event at the document, to which it has to come through shadow borders. */
async function hear({ name, type }: { name: string; type: { text: string } }, act: () => unknown): Promise<void> {
  const heard: CustomEvent[] = [];
  document.addEventListener(name, (event) => heard.push(event as CustomEvent), { once: true });
  await act();
  await waitUntil(() => heard.length > 0);

  const [event] = heard as [CustomEvent];
  expect(event.constructor.name).to.equal(type.text);
  expect(event.composed && event.bubbles).to.equal(true);
  expect(event.cancelable).to.equal(name.endsWith('-request'));
  expect(event.detail).to.have.property('jobId');
}

describe('events as documented', () => {
  for (const Class of [AuraJobProgress, AuraRenderStatus]) {
    for (const event of declarations.find(({ name }) => name === Class.name)!.events) {
      it(`${Class.name} fires ${event.name}`, async () => {
        const shown: Shown = await ElementHarness.show<AuraJobProgress | AuraRenderStatus>(Class);
        if (shown.element instanceof AuraJobProgress) shown.element.cancellable = true;

        await hear(event, () => ofOneJob[event.name]!(shown));
      });
    }
  }

  for (const event of declarations.find(({ tagName }) => tagName === 'aura-job-list')!.events) {
    it(`AuraJobList fires ${event.name}`, async () => {
      const client = new ListClient()
        .add('going', { status: 'Running', percent: 20 })
        .add('gone', { status: 'Failed' });
      const element = document.createElement('aura-job-list') as LitElement;
      Object.assign(element, { client });
      place().append(element);
      await waitUntil(() => element.renderRoot.querySelectorAll('[part=job]').length === 2);
      await waitUntil(() => client.following === 1);
      const click = async (...parts: string[]): Promise<void> => {
        for (const part of parts) {
          const root = element.renderRoot.querySelector('dialog[open]') ?? element.renderRoot;
          root.querySelector<HTMLElement>(`[part~="${part}"]`)!.click();
          await element.updateComplete;
        }
      };

      await hear(event, () => ofList[event.name]!({ client, click }));
    });
  }
});
