/** The small sign that says whether what is shown is live. */
import { isTerminal } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { JobController } from './job-controller.ts';
import type { JobState } from './job-state.ts';

/** Nothing once the job has ended, and nothing where a heading says it already. */
export function connectionBadge(control: JobController): TemplateResult | typeof nothing {
  const { connection, job, adrift } = control;
  const needed = job ? !isTerminal(job.status) : adrift && connection.status !== 'failed';
  if (!needed || connection.status === 'closed') return nothing;
  return badge(control);
}

/** What a badge tells, of one job or of a list. */
export type BadgeFacts = Pick<JobController, 'connection' | 'strings'> & { readonly state?: JobState };

export function badge(facts: BadgeFacts): TemplateResult {
  return html`<span part="connection" class="badge ${facts.connection.status}">${badgeText(facts)}</span>`;
}

/** Offered while nothing can be seen of the job. */
export function reconnectButton(control: JobController, size = ''): TemplateResult | typeof nothing {
  if (!control.adrift) return nothing;
  const look = `primary ${size}`;
  return html`<button part="button reconnect-button" class=${look} type="button" @click=${() => control.reconnect()}>
    ${control.strings.reconnect}
  </button>`;
}

function badgeText({ connection, state, strings }: BadgeFacts): string {
  switch (connection.status) {
    case 'open':
      return strings.live;
    case 'polling':
      return strings.polling;
    case 'offline':
      return strings.offline;
    case 'reconnecting': {
      const seconds = Math.max(0, Math.ceil((connection.nextAttemptAt - Date.now()) / 1000));
      return strings.reconnecting(connection.attempt, connection.of, seconds);
    }
    case 'failed':
      return state === 'denied' ? strings.denied : strings.lost;
    default:
      return strings.connecting;
  }
}
