/** What a page relies on: quiet imports, polite registration, shared connections, no loss when moved, strict CSP. */
import { auraClientContext, AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';
import { ContextProvider } from '@lit/context';
import { emptySnapshot } from '@aura-jobs/sdk/protocol';
import { expect, waitUntil } from '@open-wc/testing';
import { defineElement } from '../../elements/src/shared/define-element.ts';
import { defineOnce, ElementHarness, place } from '../support/element-harness.ts';
import { completed, failed, upToVisuals, warning } from '../support/job-script.ts';
import { ScriptedClient } from '../support/scripted-client.ts';

const show = (): Promise<ElementHarness<AuraJobProgress>> => ElementHarness.show(AuraJobProgress);

describe('registration', () => {
  it('happens only in the registering file, and twice does no harm', async () => {
    expect(customElements.get('aura-render-status')).to.equal(undefined);

    await import('@aura-jobs/elements/define');
    expect(customElements.get('aura-render-status')).to.equal(AuraRenderStatus);

    defineElement('aura-render-status', AuraRenderStatus);
    expect(customElements.get('aura-render-status')).to.equal(AuraRenderStatus);
  });

  it('leaves a tag of another version alone and says so once', () => {
    const notes: unknown[] = [];
    const { info } = console;
    console.info = (note: unknown) => void notes.push(note);
    const other = class extends HTMLElement {
      static version = '9.9.9';
    };
    customElements.define('aura-other', other);
    defineElement('aura-other', class extends AuraJobProgress {});
    console.info = info;

    expect(customElements.get('aura-other')).to.equal(other);
    expect(notes).to.deep.equal(['<aura-other> is registered already (version 9.9.9); 0.1.0 was not used.']);
  });
});

describe('configuration', () => {
  it('keeps properties that were set before the class was known', async () => {
    const client = new ScriptedClient();
    const element = document.createElement('aura-early') as AuraJobProgress;
    Object.assign(element, { client, jobId: 'job-1' });
    place().append(element);
    customElements.define('aura-early', class extends AuraJobProgress {});
    await element.updateComplete;

    expect(client.job().open).to.equal(1);
  });

  it('takes the client from a provider, also when that changes', async () => {
    const provider = new ContextProvider(place(), { context: auraClientContext, initialValue: new ScriptedClient() });
    provider.hostConnected();
    const first = provider.value as ScriptedClient;
    const element = document.createElement(defineOnce(AuraJobProgress)) as AuraJobProgress;
    element.jobId = 'job-1';
    document.querySelector('main')!.append(element);
    await element.updateComplete;
    expect(first.job().open).to.equal(1);

    const second = new ScriptedClient();
    provider.setValue(second);
    await element.updateComplete;
    expect([first.job().open, second.job().open]).to.deep.equal([0, 1]);
  });

  it('opens one connection for all elements with the same base URL and job', async () => {
    const requests: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (input) => {
      requests.push(String(input));
      return new Response(null, { status: 404 });
    };
    const main = place();
    for (const Class of [AuraJobProgress, AuraRenderStatus, AuraJobProgress]) {
      const element = document.createElement(defineOnce<AuraJobProgress | AuraRenderStatus>(Class));
      element.setAttribute('base-url', 'https://one.example.com/');
      element.setAttribute('job-id', 'job-7');
      main.append(element);
    }
    await waitUntil(() => [...main.children].every((element) => element.matches(':state(missing)')));
    globalThis.fetch = fetch;

    expect(requests).to.deep.equal(['https://one.example.com/api/jobs/job-7']);
  });

  it('watches another job when the attribute changes', async () => {
    const { element, client } = await show();
    element.setAttribute('job-id', 'job-9');
    await element.updateComplete;

    expect([client.job('job-1').open, client.job('job-9').open]).to.deep.equal([0, 1]);
  });
});

describe('life cycle', () => {
  it('keeps the stream when the element is moved', async () => {
    const { element, client } = await show();
    const elsewhere = document.createElement('section');
    document.querySelector('main')!.append(elsewhere);
    elsewhere.append(element);
    await element.updateComplete;

    expect([client.job().opened, client.job().open]).to.deep.equal([1, 1]);
  });

  it('releases the stream when the element leaves, and takes it up again when it comes back', async () => {
    const { element, client } = await show();
    element.remove();
    await Promise.resolve();
    expect(client.job().open).to.equal(0);

    place().append(element);
    await element.updateComplete;
    expect([client.job().opened, client.job().open]).to.deep.equal([2, 1]);
  });

  it('shows a fault of the client instead of throwing it into the page', async () => {
    const client = new ScriptedClient();
    client.watch = () => {
      throw new Error('broken');
    };
    const harness = await ElementHarness.show(AuraRenderStatus, {}, client);

    expect(harness.text('title')).to.equal('Connection lost');
    expect(harness.events).to.deep.equal(['aura-error']);
  });
});

describe('events', () => {
  it('shows no time that is none instead of throwing it into the page', async () => {
    const harness = await ElementHarness.show(AuraJobProgress);
    harness.client.job().set({ ...emptySnapshot('job-1'), createdAt: 'yesterday' });
    await harness.painted();

    expect(harness.text()).to.contain('Waiting to start');
    expect(harness.text()).not.to.contain('since');
  });

  it('may be answered with new properties at once', async () => {
    const client = new ScriptedClient();
    client.job().tell(...upToVisuals, failed);
    const harness = await ElementHarness.show(AuraJobProgress, { jobId: '' }, client);
    harness.element.addEventListener('aura-job-failed', () => (harness.element.jobId = 'job-5'));
    harness.element.jobId = 'job-1';
    await harness.painted();

    expect([client.job('job-1').open, client.job('job-5').open]).to.deep.equal([0, 1]);
  });

  it('tell the end once, with plain frozen data, across shadow borders', async () => {
    const harness = await show();
    const heard: Event[] = [];
    document.addEventListener('aura-job-completed', (event) => heard.push(event), { once: true });
    harness.client.job().tell(...upToVisuals, completed);

    expect(harness.events).to.deep.equal(['aura-job-completed']);
    expect(heard[0]!.composed).to.equal(true);
    const { detail } = harness.fired.at(-1) as HTMLElementEventMap['aura-job-completed'];
    expect(detail.output!.videoPath).to.equal('/artifacts/job-1/output.mp4');
    expect(Object.isFrozen(detail) && Object.isFrozen(detail.artifacts[0])).to.equal(true);
    expect(detail.artifacts).not.to.equal(harness.client.job().snapshot!.artifacts);
  });
});

describe('strict CSP', () => {
  it('finds no style attribute in any template', async () => {
    for (const ending of [warning('w'), completed, failed]) {
      const harness = await ElementHarness.show(AuraRenderStatus);
      // Lit writes attributes while it clones templates; what a script sets through CSSOM is not under the policy.
      const written: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const { target } of records) written.push((target as Element).outerHTML);
      });
      observer.observe(harness.element.renderRoot, { attributes: true, attributeFilter: ['style'], subtree: true });
      harness.client.job().tell(...upToVisuals, ending);
      await harness.ticked();

      const styled = [...harness.element.renderRoot.querySelectorAll('[style]')];
      expect(styled.every((element) => element.matches('.fill'))).to.equal(true);
      expect(harness.element.renderRoot.querySelectorAll('style, link')).to.have.length(0);
      observer.disconnect();
    }
  });
});
