/** What `<aura-render-status>` shows, state by state. */
import { isTerminal } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { liveRegions } from '../shared/announcer.ts';
import { cancelControl, cancelRefusal } from '../shared/cancel.view.ts';
import { connectionBadge, reconnectButton } from '../shared/connection-badge.view.ts';
import { wholePercent } from '../shared/format.ts';
import { closeIcon, stepIcons, warningIcon } from '../shared/icons.ts';
import type { JobController } from '../shared/job-controller.ts';
import { jobFacts, lastKnown, madeIn } from '../shared/job-facts.view.ts';
import { reasonOf } from '../shared/pending-command.ts';
import { progressBar } from '../shared/progress-bar.view.ts';
import type { CopyButton } from './copy-button.ts';
import { failureView } from './failure.view.ts';
import type { FileLinks } from './file-links.ts';
import type { JobLog } from './job-log.ts';
import { stepList } from './step-list.view.ts';
import { successView } from './success.view.ts';
import { warningsView } from './warnings.view.ts';
import type { WarningsOptions } from './warnings.view.ts';

/** How it looks: framed, without a frame, or as a dialog at the side of the page. */
export type RenderStatusVariant = 'card' | 'inline' | 'drawer';

/** What the page has chosen, and what the person has opened and put away. */
export interface RenderStatusOptions extends WarningsOptions {
  variant: RenderStatusVariant;
  copyButton: CopyButton;
  files: FileLinks;
  log: JobLog;
  /** The drawer was closed. */
  closed: () => void;
}

type Part = TemplateResult | typeof nothing;

export function renderStatusView(control: JobController, options: RenderStatusOptions): TemplateResult {
  const { job, strings } = control;
  const content = card(control, options);
  if (options.variant !== 'drawer') return content;
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')!.close();
  const label = job?.title || strings.label;
  return html`<dialog part="drawer" class="drawer" aria-label=${label} closedby="any" @close=${options.closed}>
    <button part="button close-button" class="bare" type="button" aria-label=${strings.close} @click=${close}>
      ${closeIcon}
    </button>
    ${content}
  </dialog>`;
}

function card(control: JobController, options: RenderStatusOptions): TemplateResult {
  const { job, state, strings } = control;
  const look = `card is-${options.variant} ${state}`;
  if (state === 'idle') {
    return html`<section part="base" class=${look} aria-label=${strings.idle}>
      <slot name="empty"><p class="muted">${strings.idle}</p></slot>
      ${liveRegions()}
    </section>`;
  }
  return html`<section part="base" class=${look} aria-labelledby="title">
    ${header(control)} ${job ? jobView(control, job, options) : withoutJob(control)} ${liveRegions()}
  </section>`;
}

function header(control: JobController): TemplateResult {
  const { job, state, strings, adrift } = control;
  const running = job && !isTerminal(job.status) && state !== 'queued' && !adrift;
  return html`<header part="header">
    ${headerIcon(control)}
    <h2 part="title" id="title" tabindex="-1" data-focus-home>${title(control)}</h2>
    ${job && job.attempt > 1 ? html`<span class="attempt muted">${strings.attempt(job.attempt)}</span>` : nothing}
    ${job ? connectionBadge(control) : nothing}
    ${job?.title ? html`<p part="job-title" class="job-title">${job.title}</p>` : nothing}
    ${running ? html`<span part="percent" class="percent">${strings.percent(wholePercent(job.percent))}</span>` : nothing}
  </header>`;
}

function title({ job, state, strings, commands, adrift }: JobController): string {
  if (job && adrift) return lastKnown(job, strings);
  return commands.cancelling.pending ? strings.cancelling : strings[state];
}

/** None beside what was last known: the notice below has one. */
function headerIcon({ job, state, adrift }: JobController): Part {
  if (job && adrift) return nothing;
  switch (state) {
    case 'succeeded':
      return html`<span class="icon">${stepIcons.Succeeded}</span>`;
    case 'failed':
    case 'missing':
    case 'denied':
    case 'lost':
      return html`<span class="icon">${stepIcons.Failed}</span>`;
    case 'canceled':
      return html`<span class="icon">${stepIcons.Canceled}</span>`;
    default:
      return nothing;
  }
}

function withoutJob(control: JobController): Part {
  const { state, strings } = control;
  switch (state) {
    case 'missing':
      return html`<p class="muted">${strings.missingDetail}</p>`;
    case 'denied':
    case 'lost':
      return html`<p class="muted">${strings[`${state}Detail`]}</p>
        <div class="actions">${connectionBadge(control)} ${reconnectButton(control)}</div>`;
    default:
      return progressBar(control, strings.label);
  }
}

function jobView(control: JobController, job: JobSnapshot, options: RenderStatusOptions): TemplateResult {
  const { strings } = control;
  return html`${summary(control, job, options)} ${stalledNotice(control, job)} ${cancelRefusal(control)}
    ${retryRefusal(control)} ${stepList(control, job)} ${warningsView(job, strings, options)}
    <div part="footer" class="footer">
      ${job.logs.length > 0 ? options.log.view(job.logs, strings) : nothing}
      ${job.status === 'Failed' ? nothing : actions(cancelControl(control))}
    </div>`;
}

/** What matters most in this state. */
function summary(control: JobController, job: JobSnapshot, { copyButton, files }: RenderStatusOptions): TemplateResult {
  const { strings } = control;
  switch (job.status) {
    case 'Succeeded': {
      const size = job.output?.sizeBytes ? strings.bytes(job.output.sizeBytes) : '';
      const facts = [size, madeIn(job, strings)].filter((fact) => fact !== '');
      return html`<div part="facts" class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</div>
        ${successView(control, job, { copyButton, files })}`;
    }
    case 'Failed':
      // Beside the errors, because this is what to do next.
      return html`${failureView(job, strings, copyButton)} ${actions(retryButton(control))}`;
    case 'Canceled':
      return html`<p class="muted">${strings.stoppedAt(strings.steps[job.stage], wholePercent(job.percent))}</p>
        ${progressBar(control, strings.label)}`;
    default:
      return control.adrift ? lostView(control) : nowView(control, job);
  }
}

function nowView(control: JobController, job: JobSnapshot): TemplateResult {
  return html`${progressBar(control, control.strings.label)}
    <div class="now">
      ${job.message ? html`<p part="message" class="message">${job.message}</p>` : nothing} ${jobFacts(job, control)}
    </div>`;
}

/** First what to do: the rest is only what was last known. */
function lostView(control: JobController): TemplateResult {
  const { state, strings } = control;
  return html`<div part="lost" class="notice lost-notice">
      ${warningIcon}<span>${state === 'denied' ? strings.deniedDetail : strings.lostDetail}</span>
      ${reconnectButton(control)}
    </div>
    ${progressBar(control, strings.label)}`;
}

function actions(buttons: Part): TemplateResult {
  return html`<div part="actions" class="actions"><slot name="actions"></slot>${buttons}</div>`;
}

/** A server tells of a silence once, but it goes on. */
function stalledNotice({ strings, adrift, news }: JobController, job: JobSnapshot): Part {
  if (job.stalledSeconds === null || adrift) return nothing;
  const seconds = Math.max(job.stalledSeconds, news.age ?? 0);
  const text = strings.stalled(seconds, strings.steps[job.stage], wholePercent(job.percent));
  return html`<p part="stalled" class="notice">${warningIcon}<span>${text}</span></p>`;
}

function retryButton({ commands, strings }: JobController): TemplateResult {
  const { pending } = commands.retrying;
  return html`<button
    part="button retry-button"
    class="primary"
    type="button"
    aria-disabled=${pending ? 'true' : nothing}
    @click=${() => commands.retry()}
  >
    ${pending ? strings.retrying : strings.retry}
  </button>`;
}

function retryRefusal({ commands: { retrying }, strings }: JobController): Part {
  if (!retrying.refusal) return nothing;
  return html`<p part="refusal" class="danger-text" role="alert">
    ${strings.refusedRetry} ${reasonOf(retrying.refusal, strings)}
  </p>`;
}
