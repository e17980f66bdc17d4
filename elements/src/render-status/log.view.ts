/** The log: closed until somebody wants it, and rendered only then. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';

const LINE = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (?:(WARNING|ERROR) )?(.*)$/s;

/** Lines about steps and states begin with a name of the protocol, for which people have words of their own. */
const NAME = /^(?:TTS|Canceled)(?= started$|$)/;

export interface LogOptions {
  strings: Strings;
  open: boolean;
  toggled: (open: boolean) => void;
}

export function logView(lines: readonly string[], { strings, open, toggled }: LogOptions): TemplateResult {
  const title = strings.log;
  const toggle = (event: Event): void => toggled((event.currentTarget as HTMLDetailsElement).open);
  return html`<details part="log" class="log" ?open=${open} @toggle=${toggle}>
    <summary>${title} <span class="muted">${lines.length}</span></summary>
    ${
      open
        ? html`<div class="lines" role="region" aria-label=${title} tabindex="0">
            <ol>
              ${lines.map((line) => logLine(line, strings))}
            </ol>
          </div>`
        : nothing
    }
  </details>`;
}

/** Lines that the SDK wrote carry a time and a severity; any other line is shown as it came. */
function logLine(line: string, strings: Strings): TemplateResult {
  const [, time, severity = '', text = line] = LINE.exec(line) ?? [];
  return html`<li class=${severity}>
    ${time ? html`<time datetime=${time}>${new Date(time).toLocaleTimeString()}</time>` : nothing}
    <span>${text.replace(NAME, (name) => (name === 'TTS' ? strings.steps.TTS : strings.canceled))}</span>
  </li>`;
}
