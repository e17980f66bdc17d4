/** The log: closed until somebody wants it, and rendered only then. */
import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Strings } from '../locales/en.ts';
import { formatTime } from '../shared/format.ts';
import type { CopyButton } from './copy-button.ts';

const LINE = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (?:(WARNING|ERROR) )?(.*)$/s;

/** Lines about steps and states begin with a name of the protocol, for which people have words of their own. */
const NAME = /^(?:TTS|Canceled)(?= started$|$)/;

/** Lines that are shown; the server has all of them. */
const SHOWN = 200;

/** So close to its end, a log counts as followed, in px. */
const NEAR = 8;

/** New lines come into sight until somebody scrolls away; from then on what is read stays where it is. */
export class JobLog implements ReactiveController {
  readonly #host: LitElement;
  readonly #copyButton: CopyButton;
  #open = false;
  #following = true;
  #lines: readonly string[] = [];
  /** How many lines have gone from the front, so that a line keeps its number. */
  #gone = 0;
  /** The first line in sight, and where it was. Not every browser holds it by itself. */
  #held: { line: Element; top: number } | undefined;

  constructor(host: LitElement, copyButton: CopyButton) {
    this.#host = host;
    this.#copyButton = copyButton;
    host.addController(this);
  }

  hostUpdate(): void {
    const box = this.#open && !this.#following ? this.#host.renderRoot.querySelector('.lines') : undefined;
    const line = box && firstBelow(box.getBoundingClientRect().top, box.querySelectorAll('li'));
    this.#held = line ? { line, top: topOf(line) } : undefined;
  }

  hostUpdated(): void {
    if (!this.#held?.line.isConnected) return;
    const { line, top } = this.#held;
    const moved = topOf(line) - top;
    if (moved) line.closest('.lines')!.scrollTop += moved;
  }

  view(all: readonly string[], strings: Strings): TemplateResult {
    this.#take(all.slice(-SHOWN));
    return html`<details part="log" class="log" ?open=${this.#open} @toggle=${this.#toggled}>
      <summary>${strings.log} <span class="muted">${this.#lines.length}</span></summary>
      ${this.#open ? this.#opened(strings) : nothing}
    </details>`;
  }

  /** Its end is where it is scrolled to at first. */
  #opened(strings: Strings): TemplateResult {
    return html`<div class="lines" role="region" aria-label=${strings.log} tabindex="0" @scroll=${this.#scrolled}>
        <ol>
          ${repeat(
            this.#lines,
            (_, index) => this.#gone + index,
            (line) => logLine(line, strings),
          )}
        </ol>
      </div>
      <div class="log-tools">
        <button
          part="button follow-button"
          class="small"
          type="button"
          aria-pressed=${this.#following}
          @click=${this.#follow}
        >
          ${strings.follow}
        </button>
        ${this.#copyButton.view('log', this.#lines.join('\n'), strings)}
      </div>`;
  }

  #take(lines: readonly string[]): void {
    this.#gone += goneBetween(this.#lines, lines);
    this.#lines = lines;
  }

  readonly #toggled = (event: Event): void => {
    this.#open = (event.currentTarget as HTMLDetailsElement).open;
    this.#host.requestUpdate();
  };

  readonly #scrolled = (event: Event): void => {
    const following = (event.currentTarget as HTMLElement).scrollTop > -NEAR;
    if (following === this.#following) return;
    this.#following = following;
    this.#host.requestUpdate();
  };

  readonly #follow = (): void => {
    this.#host.renderRoot.querySelector('.lines')!.scrollTop = this.#following ? -4 * NEAR : 0;
  };
}

/** How many lines at the front of `before` are not in `after`, which goes on from it. */
function goneBetween(before: readonly string[], after: readonly string[]): number {
  const goesOn = (gone: number): boolean => before.slice(gone).every((line, index) => line === after[index]);
  let gone = 0;
  while (!goesOn(gone)) gone++;
  return gone;
}

const topOf = (line: Element): number => line.getBoundingClientRect().top;

function firstBelow(top: number, lines: Iterable<Element>): Element | undefined {
  for (const line of lines) if (topOf(line) >= top) return line;
  return undefined;
}

/** Lines that the SDK wrote carry a time and a severity; any other line is shown as it came. */
function logLine(line: string, strings: Strings): TemplateResult {
  const [, time, severity = '', text = line] = LINE.exec(line) ?? [];
  return html`<li class=${severity}>
    ${time ? html`<time datetime=${time}>${formatTime(time, strings.lang, 'medium')}</time>` : nothing}
    <span>${text.replace(NAME, (name) => (name === 'TTS' ? strings.steps.TTS : strings.canceled))}</span>
  </li>`;
}
