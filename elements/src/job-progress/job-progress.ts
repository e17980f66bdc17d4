/** The element `<aura-job-progress>`. */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { controlStyles } from '../shared/controls.styles.ts';
import { JobElement } from '../shared/job-element.ts';
import { progressBarStyles } from '../shared/progress-bar.styles.ts';
import { themeStyles } from '../shared/theme.styles.ts';
import { jobProgressStyles } from './job-progress.styles.ts';
import { jobProgressView } from './job-progress.view.ts';
import type { JobProgressVariant } from './job-progress.view.ts';

/**
 * @summary Shows one job in little room, live, as a bar, a ring, a line or a mere bar: stage, percent, message, time left, connection.
 *
 * @example
 * <aura-job-progress base-url="https://video.example.com" job-id="job-1" cancellable></aura-job-progress>
 *
 * @attr {string} base-url - Where the API lives; the page's own origin by default.
 * @attr {string} job-id - The job to show.
 * @attr {'bar' | 'ring' | 'compact' | 'minimal'} variant - How it looks; `compact` is one line, `minimal` only a bar,
 * which still tells a screen reader everything.
 * @attr {'steps' | 'quarters' | 'end'} announce - What a screen reader is told without being asked.
 * @attr {string} label - Name of the job, shown before the stage and read out for the bar.
 * @attr {boolean} cancellable - Offers Cancel while the job can be cancelled.
 * @attr {string} lang - Language of the texts.
 *
 * @slot label - Replaces the `label` text.
 *
 * @fires {AuraProgressEvent} aura-progress - the job moved on, at most ten times a second
 * @fires {AuraJobCompletedEvent} aura-job-completed - the job succeeded
 * @fires {AuraJobFailedEvent} aura-job-failed - the job failed
 * @fires {AuraJobCanceledEvent} aura-job-canceled - the job was cancelled
 * @fires {AuraErrorEvent} aura-error - the connection is given up, or a command was refused
 * @fires {AuraCancelRequestEvent} aura-cancel-request - the person confirmed Cancel; preventable
 *
 * @csspart base - Everything.
 * @csspart stage - Stage, or what the job's state is called.
 * @csspart message - What is being done; or why nothing can be seen.
 * @csspart percent - Percent of the job.
 * @csspart bar - The five segments.
 * @csspart ring - The five segments in the variants `ring` and `compact`.
 * @csspart facts - Time left, item, time spent; or how the job ended.
 * @csspart error - Why the job failed.
 * @csspart connection - The connection badge.
 * @csspart button - Any button; also `cancel-button`, `danger-button`, `reconnect-button`.
 * @csspart dialog - The question before cancelling.
 * @csspart refusal - Why the server did not cancel.
 *
 * @cssproperty [--aura-accent=light-dark(#2b5fc7, #8ab0ff)] - Bar, links, focus.
 * @cssproperty [--aura-on-accent=light-dark(#ffffff, #0c1630)] - Text on the accent colour.
 * @cssproperty [--aura-success=light-dark(#177245, #63d297)] - A finished job.
 * @cssproperty [--aura-danger=light-dark(#b3261e, #ff9e96)] - A failed job.
 * @cssproperty [--aura-warning=light-dark(#855300, #f3c465)] - Warnings and reconnecting.
 * @cssproperty [--aura-danger-surface=light-dark(#fdf0ef, #35211f)] - Background of errors.
 * @cssproperty [--aura-warning-surface=light-dark(#fff5dd, #322a17)] - Background of warnings.
 * @cssproperty [--aura-surface=light-dark(#ffffff, #171a20)] - Background of buttons and dialog.
 * @cssproperty [--aura-surface-sunken=light-dark(#f4f6f9, #20242c)] - Background of what lies deeper.
 * @cssproperty [--aura-border=light-dark(#dce1e8, #323844)] - Lines.
 * @cssproperty [--aura-text=light-dark(#171b22, #eef1f5)] - Text.
 * @cssproperty [--aura-text-muted=light-dark(#545d6b, #a8b1c0)] - Quiet text.
 * @cssproperty [--aura-track=light-dark(#e3e8ef, #2d333f)] - The empty part of bars.
 * @cssproperty [--aura-focus=var(--aura-accent)] - Focus ring.
 * @cssproperty [--aura-radius=0.75rem] - Corners.
 * @cssproperty [--aura-font-family=system-ui] - Font.
 * @cssproperty [--aura-font-size=0.9375rem] - Size of the text, and with it of everything.
 * @cssproperty [--aura-bar-height=8px] - Height of the bar.
 * @cssproperty [--aura-bar-radius=99px] - Corners at the ends of the bar.
 * @cssproperty [--aura-bar-gap=3px] - Space between the segments.
 * @cssproperty [--aura-ring-size=6rem] - Size of the ring.
 * @cssproperty [--aura-ring-width=9] - Thickness of the ring, in percent of its size.
 * @cssproperty [--aura-color-scheme=inherit] - `light`, `dark` or `light dark`; by default that of the page.
 *
 * @cssstate idle - No job id.
 * @cssstate loading - Nothing is known of the job yet.
 * @cssstate missing - The job does not exist, or not for this caller.
 * @cssstate denied - The server does not let this caller see the job.
 * @cssstate lost - The connection is given up; what is shown of the job is what was last known.
 * @cssstate queued - Waiting to start.
 * @cssstate running - At work.
 * @cssstate paused - Paused at the server.
 * @cssstate succeeded - Finished.
 * @cssstate failed - Failed.
 * @cssstate canceled - Cancelled.
 * @cssstate cancelling - Cancel was sent and the job has not ended yet.
 * @cssstate stalled - The server says that nothing moves.
 * @cssstate offscreen - Out of sight: nothing is painted and nothing moves.
 */
export class AuraJobProgress extends JobElement {
  static override properties: PropertyDeclarations = {
    variant: { reflect: true, useDefault: true },
    label: {},
    cancellable: { type: Boolean },
  };

  static override styles = [themeStyles, controlStyles, progressBarStyles, jobProgressStyles];

  /** How it looks. */
  declare variant: JobProgressVariant;
  /** Name of the job. */
  declare label: string;
  /** Offers Cancel while the job can be cancelled. */
  declare cancellable: boolean;

  constructor() {
    super();
    this.variant = 'bar';
    this.label = '';
    this.cancellable = false;
  }

  override render(): TemplateResult {
    return jobProgressView(this.control, this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'aura-job-progress': AuraJobProgress;
  }
}
