/** The log: closed until somebody wants it, and rendered only then. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import type { CopyButton } from './copy-button.ts';

const LINE = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (?:(WARNING|ERROR) )?(.*)$/s;

/** Lines about steps and states begin with a name of the protocol, for which people have words of their own. */
const NAME = /^(?:TTS|Canceled)(?= started$|$)/;

/** Lines that are shown; the server has all of them. */
const SHOWN = 200;

/** So close to its end, a log counts as followed, in px. */
const NEAR = 8;

export interface LogOptions {
  strings: Strings;
  open: boolean;
  toggled: (open: boolean) => void;
  /** New lines stay in sight. */
  following: boolean;
  follow: (following: boolean) => void;
  copyButton: CopyButton;
}

export function logView(all: readonly string[], options: LogOptions): TemplateResult {
  const { strings, open, toggled } = options;
  const lines = all.slice(-SHOWN);
  const toggle = (event: Event): void => toggled((event.currentTarget as HTMLDetailsElement).open);
  return html`<details part="log" class="log" ?open=${open} @toggle=${toggle}>
    <summary>${strings.log} <span class="muted">${lines.length}</span></summary>
    ${open ? openLog(lines, options) : nothing}
  </details>`;
}

/** Its end is where it is scrolled to at first, and where it stays until somebody scrolls away. */
function openLog(lines: readonly string[], { strings, following, follow, copyButton }: LogOptions): TemplateResult {
  const scrolled = (event: Event): void => follow((event.currentTarget as HTMLElement).scrollTop > -NEAR);
  const toggle = (event: Event): void => {
    const { previousElementSibling } = (event.currentTarget as HTMLElement).parentElement!;
    previousElementSibling!.scrollTop = following ? -4 * NEAR : 0;
  };
  return html`<div class="lines" role="region" aria-label=${strings.log} tabindex="0" @scroll=${scrolled}>
      <ol>
        ${lines.map((line) => logLine(line, strings))}
      </ol>
    </div>
    <div class="log-tools">
      <button part="button follow-button" class="small" type="button" aria-pressed=${following} @click=${toggle}>
        ${strings.follow}
      </button>
      ${copyButton.view('log', lines.join('\n'), strings)}
    </div>`;
}

/** Lines that the SDK wrote carry a time and a severity; any other line is shown as it came. */
function logLine(line: string, strings: Strings): TemplateResult {
  const [, time, severity = '', text = line] = LINE.exec(line) ?? [];
  return html`<li class=${severity}>
    ${time ? html`<time datetime=${time}>${new Date(time).toLocaleTimeString()}</time>` : nothing}
    <span>${text.replace(NAME, (name) => (name === 'TTS' ? strings.steps.TTS : strings.canceled))}</span>
  </li>`;
}
