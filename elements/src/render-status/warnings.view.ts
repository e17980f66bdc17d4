/** The newest warnings, each of which can be put away. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { closeIcon, warningIcon } from '../shared/icons.ts';

const SHOWN = 4;

export interface WarningsOptions {
  /** Positions of the warnings that were put away. */
  dismissed: ReadonlySet<number>;
  dismiss: (index: number) => void;
}

export function warningsView(
  { warnings }: JobSnapshot,
  strings: Strings,
  { dismissed, dismiss }: WarningsOptions,
): TemplateResult | typeof nothing {
  const left = warnings.map((warning, index) => ({ ...warning, index })).filter(({ index }) => !dismissed.has(index));
  if (left.length === 0) return nothing;
  const older = left.length - SHOWN;
  return html`<ul part="warnings" class="notices" aria-label=${strings.warnings(left.length)}>
      ${left.slice(-SHOWN).map(
        ({ message, step, index }) =>
          html`<li part="warning" class="notice">
            ${warningIcon}
            <span>${message} <span class="muted">${strings.steps[step]}</span></span>
            <button
              part="button dismiss-button"
              class="bare"
              type="button"
              aria-label=${strings.dismiss(message)}
              @click=${() => dismiss(index)}
            >
              ${closeIcon}
            </button>
          </li>`,
      )}
    </ul>
    ${older > 0 ? html`<p class="muted older">${strings.olderWarnings(older)}</p>` : nothing}`;
}
