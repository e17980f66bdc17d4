/** The small sign that says whether what is shown is live. */
import { isTerminal } from '@aura-jobs/sdk';
import type { ConnectionState } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import type { JobController } from './job-controller.ts';

/** Nothing once the job has ended: then there is nothing to be connected to. */
export function connectionBadge(control: JobController): TemplateResult | typeof nothing {
  const { connection, job, strings } = control;
  if (!job || isTerminal(job.status) || connection.status === 'closed') return nothing;
  return html`<span part="connection" class="badge ${connection.status}">
    ${badgeText(connection, strings)} ${connection.status === 'failed' ? reconnectButton(control) : nothing}
  </span>`;
}

export function reconnectButton(control: JobController): TemplateResult {
  return html`<button part="button reconnect-button" class="small" type="button" @click=${() => control.reconnect()}>
    ${control.strings.reconnect}
  </button>`;
}

function badgeText(connection: ConnectionState, strings: Strings): string {
  switch (connection.status) {
    case 'open':
      return strings.live;
    case 'reconnecting': {
      const seconds = Math.max(0, Math.ceil((connection.nextAttemptAt - Date.now()) / 1000));
      return strings.reconnecting(connection.attempt, connection.of, seconds);
    }
    case 'failed':
      return strings.lost;
    default:
      return strings.connecting;
  }
}
