/** `<aura-client>`: one client for everything inside it, which the page can change at any time. */
import { AuraClientProvider, AuraJobProgress } from '@aura-jobs/elements';
import { expect, waitUntil } from '@open-wc/testing';
import { setStrings } from '../../elements/src/locales/strings.ts';
import { defineOnce, place } from '../support/element-harness.ts';
import { ScriptedClient } from '../support/scripted-client.ts';

/** Requests that were made, as `METHOD url`, with their options. */
const asked: { url: string; init: RequestInit | undefined }[] = [];
const { fetch } = globalThis;
let answer: () => Response;

const urls = (): string[] => asked.map(({ url }) => url);
const tokens = (): (string | null)[] => asked.map(({ init }) => new Headers(init?.headers).get('authorization'));

customElements.define('aura-client', AuraClientProvider);
const progressTag = defineOnce(AuraJobProgress);

/** A provider with elements that show `job-1`, put on the page as a parser would. */
function show(attributes: string, inside = `<${progressTag} job-id="job-1"></${progressTag}>`): AuraClientProvider {
  place().innerHTML = `<aura-client ${attributes}>${inside}</aura-client>`;
  return document.querySelector('aura-client')!;
}

const child = (): AuraJobProgress => document.querySelector(progressTag)!;

describe('<aura-client>', () => {
  beforeEach(() => {
    asked.length = 0;
    answer = () => new Response(null, { status: 404 });
    globalThis.fetch = async (input, init) => {
      asked.push({ url: String(input), init });
      return answer();
    };
  });

  afterEach(() => {
    document.body.replaceChildren();
    globalThis.fetch = fetch;
  });

  it('passes axe, and has no box of its own', async () => {
    const provider = show('base-url="https://one.example.com"');
    await waitUntil(() => child().matches(':state(missing)'));

    expect(getComputedStyle(provider).display).to.equal('contents');
    await expect(provider).to.be.accessible();
  });

  it('gives its base URL and credentials to the elements inside, from their first request on', async () => {
    show('base-url="https://one.example.com/" credentials="include"');
    await waitUntil(() => child().matches(':state(missing)'));

    expect(urls()).to.deep.equal(['https://one.example.com/api/jobs/job-1']);
    expect(asked[0]!.init!.credentials).to.equal('include');
  });

  it('shares one client, so that a job has one connection', async () => {
    const two = `<${progressTag} job-id="job-1"></${progressTag}>`.repeat(2);
    show('base-url="https://one.example.com"', two);
    await waitUntil(() => [...document.querySelectorAll(progressTag)].every((one) => one.matches(':state(missing)')));

    expect(urls()).to.have.length(1);
  });

  it('lets the elements follow when the base URL changes', async () => {
    const provider = show('base-url="https://one.example.com"');
    await waitUntil(() => urls().length === 1);
    provider.setAttribute('base-url', 'https://two.example.com');
    await waitUntil(() => urls().length === 2);

    expect(urls()[1]).to.equal('https://two.example.com/api/jobs/job-1');
  });

  it('asks for the token each time, and tries once more when there is one at last', async () => {
    answer = () => new Response(null, { status: 401 });
    const provider = show('base-url="https://one.example.com"');
    await waitUntil(() => child().matches(':state(denied)'));

    answer = () => new Response(null, { status: 404 });
    provider.getToken = () => 'first';
    await waitUntil(() => child().matches(':state(missing)'));
    expect(tokens().at(-1)).to.equal('Bearer first');
    const before = asked.length;

    provider.getToken = () => 'second';
    await provider.updateComplete;
    expect(asked).to.have.length(before);
    child().jobId = 'job-2';
    await waitUntil(() => asked.length > before);
    expect(tokens().at(-1)).to.equal('Bearer second');
  });

  it('prefers a client that the page has made, and leaves alone what has one of its own', async () => {
    const provider = show('base-url="https://one.example.com"');
    const [outer, own] = [new ScriptedClient(), new ScriptedClient()];
    provider.client = outer;
    const other = document.createElement(progressTag) as AuraJobProgress;
    Object.assign(other, { client: own, jobId: 'job-1' });
    provider.append(other);
    await other.updateComplete;
    await child().updateComplete;

    expect([outer.job().open, own.job().open]).to.deep.equal([1, 1]);
  });

  it('says in which language the elements inside speak', async () => {
    setStrings('de', { missing: 'Auftrag nicht gefunden' });
    const provider = show('base-url="https://one.example.com" lang="de"');
    await waitUntil(() => child().matches(':state(missing)'));
    expect(child().shadowRoot!.textContent).to.contain('Auftrag nicht gefunden');

    provider.lang = 'en';
    await waitUntil(() => child().shadowRoot!.textContent.includes('Job not found'));
  });

  it('lets events travel as it is told', async () => {
    answer = () => Response.json({ jobId: 'job-1', status: 'Running', events: [], lastEventId: null });
    show('base-url="https://one.example.com" transport="polling"');
    await waitUntil(() => urls().some((url) => url.includes('wait=')));

    expect(urls().at(-1)).to.match(/^https:\/\/one\.example\.com\/api\/jobs\/job-1\/events\?wait=\d+$/);
  });
});
