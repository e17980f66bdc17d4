/** The icons: plain strokes in the colour of the text. Tags are closed in full, because HTML minifiers drop a final slash. */
import type { StepStatus } from '@aura-jobs/sdk';
import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';

function icon(shape: ReturnType<typeof svg>): TemplateResult {
  return html`<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shape}</svg>`;
}

const ring = svg`<circle cx="10" cy="10" r="7.5"></circle>`;

export const stepIcons: Record<StepStatus, TemplateResult> = {
  Pending: icon(svg`<circle cx="10" cy="10" r="7.5" stroke-dasharray="1.5 3.2"></circle>`),
  Running: icon(
    svg`<circle cx="10" cy="10" r="7.5" opacity="0.25"></circle><path d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5"></path>`,
  ),
  Succeeded: icon(svg`${ring}<path d="m6.5 10.3 2.4 2.4 4.6-5"></path>`),
  Failed: icon(svg`${ring}<path d="m7.4 7.4 5.2 5.2m0-5.2-5.2 5.2"></path>`),
  Skipped: icon(svg`${ring}<path d="m8 7 3 3-3 3"></path>`),
  Canceled: icon(svg`${ring}<path d="M6.5 10h7"></path>`),
};

export const warningIcon = icon(svg`<path d="M10 3 2.5 16.5h15L10 3Zm0 5.2v3.6m0 2.2v.1"></path>`);
export const closeIcon = icon(svg`<path d="m5.5 5.5 9 9m0-9-9 9"></path>`);
export const fileIcon = icon(svg`<path d="M10 3v9.5m0 0L6.3 8.8m3.7 3.7 3.7-3.7M4 16.5h12"></path>`);
