/** The same widget without restraint: each event sets a property, each change renders at once, bars have a width. */
import { STAGES } from '@aura-jobs/sdk';
import { css, html, LitElement } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';

/** What a `step-progress` event carries. */
export interface ProgressData {
  readonly jobId: string;
  readonly step: string;
  readonly message: string;
  readonly percent: number;
  readonly currentItem: number;
  readonly totalItems: number;
  readonly elapsedTime: string;
  readonly estimatedTimeRemaining: string;
}

/** Shows what `<aura-job-progress>` shows: stage, message, percent, five segments, time left, item, time spent, badge. */
export class NaiveProgress extends LitElement {
  static override properties: PropertyDeclarations = { job: {} };
  static override styles = css`
    div {
      display: flex;
      gap: 8px;
      white-space: nowrap;
      overflow: hidden;
    }

    .percent {
      margin-inline-start: auto;
    }

    .segment {
      height: 8px;
      border-radius: 2px;
      background: #e3e8ef;
      overflow: hidden;
    }

    .fill {
      display: block;
      height: 100%;
      background: #2b5fc7;
    }

    .badge {
      border-radius: 99px;
      background: #dff3e6;
    }
  `;

  declare job: ProgressData;

  constructor() {
    super();
    this.job = {
      ...{ jobId: '', step: 'Script', message: '', percent: 0, currentItem: 0, totalItems: 0 },
      ...{ elapsedTime: '', estimatedTimeRemaining: '' },
    };
  }

  override render(): TemplateResult {
    const { step, message, percent, currentItem, totalItems, elapsedTime, estimatedTimeRemaining } = this.job;
    const share = (from: number, to: number): number => Math.min(1, Math.max(0, (percent - from) / (to - from)));
    return html`<div>
        <b>${step}</b>
        <span>${message}</span>
        <span class="percent">${percent}%</span>
      </div>
      <div role="progressbar" aria-valuenow=${percent} aria-valuetext="${step}, ${percent} percent">
        ${STAGES.map(
          ({ from, to }) =>
            html`<span class="segment" style="flex: ${to - from}">
              <span class="fill" style="width: ${share(from, to) * 100}%"></span>
            </span>`,
        )}
      </div>
      <div>
        <span>${estimatedTimeRemaining} left</span>
        <span>Item ${currentItem} of ${totalItems}</span>
        <span>${elapsedTime}</span>
        <span class="badge">Live</span>
      </div>`;
  }
}
