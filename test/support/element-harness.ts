/** Drives an element in tests without knowing its markup: by part, role and text. */
import type { AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';
import { ScriptedClient } from './scripted-client.ts';

type AuraElement = AuraJobProgress | AuraRenderStatus;
type ElementClass<T> = new () => T;

let counter = 0;

/** Registers a class under a tag of its own, so that no two tests share a registration. */
export function defineOnce<T extends AuraElement>(Class: ElementClass<T>): string {
  const tag = `aura-test-${++counter}`;
  customElements.define(tag, class extends (Class as ElementClass<HTMLElement>) {});
  return tag;
}

/** An element on the page with a scripted client, and what a person perceives of it. */
export class ElementHarness<T extends AuraElement> {
  readonly element: T;
  readonly client: ScriptedClient;
  /** Everything that was put into the live regions. */
  readonly spoken: { text: string; assertive: boolean }[] = [];
  /** Everything that was fired, newest last. */
  readonly fired: Event[] = [];

  constructor(element: T, client: ScriptedClient) {
    this.element = element;
    this.client = client;
  }

  /** Puts an element on the page that shows job `job-1`. */
  static async show<T extends AuraElement>(
    Class: ElementClass<T>,
    set: Partial<T> = {},
    client = new ScriptedClient(),
  ): Promise<ElementHarness<T>> {
    const element = document.createElement(defineOnce(Class)) as T;
    Object.assign(element, { client, jobId: 'job-1', ...set });
    const harness = new ElementHarness(element, client);
    for (const type of EVENT_TYPES) element.addEventListener(type, (event) => harness.fired.push(event));
    place().append(element);
    await element.updateComplete;
    harness.#listen();
    return harness;
  }

  /** The visible text of a part, or of the whole element. */
  text(part = 'base'): string {
    return (this.part(part)?.innerText ?? '').replace(/\s+/g, ' ').trim();
  }

  part(part: string): HTMLElement | null {
    return this.element.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`);
  }

  parts(part: string): HTMLElement[] {
    return [...this.element.renderRoot.querySelectorAll<HTMLElement>(`[part~="${part}"]`)];
  }

  get progressbar(): HTMLElement | null {
    return this.element.renderRoot.querySelector('[role=progressbar]');
  }

  get dialog(): HTMLDialogElement | null {
    return this.element.renderRoot.querySelector('dialog');
  }

  /** Clicks a button that a person could click. */
  async click(part: string): Promise<void> {
    const button = this.part(part);
    if (!button) throw new Error(`There is no ${part}.`);
    button.focus();
    button.click();
    await this.painted();
  }

  /** Clicks Cancel and confirms. */
  async cancel(): Promise<void> {
    await this.click('cancel-button');
    await this.click('danger-button');
  }

  /** Status by step, such as `Script Succeeded`. */
  get steps(): string[] {
    return this.parts('step').map(({ dataset }) => `${dataset.step} ${dataset.status}`);
  }

  /** Names of the fired events, without progress. */
  get events(): string[] {
    return this.fired.map(({ type }) => type).filter((type) => type !== 'aura-progress');
  }

  /** Waits until what was told is on the screen. */
  async painted(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await this.element.updateComplete;
  }

  /** Waits until the page's clock has ticked. */
  async ticked(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 120));
    await this.element.updateComplete;
  }

  #listen(): void {
    for (const role of ['status', 'alert']) {
      const region = this.element.renderRoot.querySelector(`.spoken[role=${role}]`)!;
      const note = (): void => {
        if (region.textContent) this.spoken.push({ text: region.textContent, assertive: role === 'alert' });
      };
      note();
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    }
  }
}

const EVENT_TYPES = [
  'aura-job-completed',
  'aura-job-failed',
  'aura-job-canceled',
  'aura-progress',
  'aura-error',
  'aura-cancel-request',
  'aura-retry-request',
  'aura-job-retried',
];

/** Waits until a drawer has faded in: before that its colours are not yet those that are meant. */
export async function appeared(drawer: Element): Promise<void> {
  await Promise.all(drawer.getAnimations().map(({ finished }) => finished));
}

/** A fresh place on the page; axe wants content inside a landmark. */
export function place(): HTMLElement {
  const main = document.createElement('main');
  document.body.replaceChildren(main);
  return main;
}
