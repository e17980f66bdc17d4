/** The element `<aura-render-status>`. */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { controlStyles } from '../shared/controls.styles.ts';
import { AuraClosedEvent } from '../shared/events.ts';
import { JobElement } from '../shared/job-element.ts';
import { noticeStyles } from '../shared/notice.styles.ts';
import { progressBarStyles } from '../shared/progress-bar.styles.ts';
import { themeStyles } from '../shared/theme.styles.ts';
import { CopyButton } from './copy-button.ts';
import { JobLog } from './job-log.ts';
import { drawerStyles } from './drawer.styles.ts';
import { detailStyles } from './details.styles.ts';
import { FileLinks } from './file-links.ts';
import { outcomeStyles } from './outcome.styles.ts';
import { renderStatusStyles } from './render-status.styles.ts';
import { renderStatusView } from './render-status.view.ts';
import type { RenderStatusVariant } from './render-status.view.ts';
import { stepListStyles } from './step-list.styles.ts';

/**
 * @summary Shows one job as a card or in a drawer, live: steps, warnings, log; cancel and retry; the finished video or what went wrong.
 *
 * Custom properties and states are those of `<aura-job-progress>`, and some more.
 *
 * @example
 * <aura-render-status base-url="https://video.example.com" job-id="job-1"></aura-render-status>
 *
 * @attr {string} base-url - Where the API lives; the page's own origin by default.
 * @attr {string} job-id - The job to show.
 * @attr {'card' | 'inline' | 'drawer'} variant - How it looks; `inline` has no frame, `drawer` is a dialog at the side of the
 * page.
 * @attr {boolean} open - Shows the drawer. Closed, it holds no connection.
 * @attr {'steps' | 'quarters' | 'end'} announce - What a screen reader is told without being asked.
 * @attr {string} lang - Language of the texts.
 *
 * @slot empty - Shown while there is no job.
 * @slot actions - More buttons, beside Cancel and Try again.
 * @slot settings - What helps against a missing key; shown only after a failure with a code `MissingApiKey:…`.
 * @slot encoder-help - What helps to get FFmpeg; shown only after a failure for want of it.
 *
 * @fires {AuraProgressEvent} aura-progress - the job moved on, at most ten times a second
 * @fires {AuraJobCompletedEvent} aura-job-completed - the job succeeded
 * @fires {AuraJobFailedEvent} aura-job-failed - the job failed
 * @fires {AuraJobCanceledEvent} aura-job-canceled - the job was cancelled
 * @fires {AuraErrorEvent} aura-error - the connection is given up, or a command was refused
 * @fires {AuraCancelRequestEvent} aura-cancel-request - the person confirmed Cancel; preventable
 * @fires {AuraRetryRequestEvent} aura-retry-request - the person chose Try again; preventable
 * @fires {AuraJobRetriedEvent} aura-job-retried - the retry was accepted, and the element shows the new job
 * @fires {AuraClosedEvent} aura-closed - the drawer was closed
 *
 * @csspart drawer - The dialog around everything, of the variant `drawer`.
 * @csspart base - The card.
 * @csspart header - Title, connection and percent.
 * @csspart title - What the job's state is called.
 * @csspart job-title - What the job is about.
 * @csspart percent - Percent of the job.
 * @csspart bar - The five segments.
 * @csspart message - What is being done.
 * @csspart facts - Time left, item, time spent.
 * @csspart connection - The connection badge.
 * @csspart steps - The list of steps.
 * @csspart step - One step.
 * @csspart warnings - The list of warnings.
 * @csspart warning - One warning.
 * @csspart lost - The notice that the connection is given up, with Reconnect.
 * @csspart stalled - The notice that nothing moves.
 * @csspart video - The player.
 * @csspart no-files - The notice that player and files cannot be opened now.
 * @csspart downloads - The list of files.
 * @csspart more-files - The files that were needed on the way.
 * @csspart download - The link to a file.
 * @csspart error-message - Why the job failed, where no error says it.
 * @csspart errors - The list of errors.
 * @csspart error - One error.
 * @csspart reference - The correlation id.
 * @csspart details - Technical details of a failure.
 * @csspart log - The log.
 * @csspart footer - Log and actions.
 * @csspart actions - The buttons.
 * @csspart button - Any button; also `cancel-button`, `retry-button`, `copy-button`, `dismiss-button`, `danger-button`,
 * `reconnect-button`, `follow-button`, `close-button`.
 * @csspart dialog - The question before cancelling.
 * @csspart refusal - Why the server did not cancel or retry.
 *
 * @cssproperty [--aura-shadow=0 1px 2px rgb(16 24 40 / 0.06)] - Shadow of the card.
 * @cssproperty [--aura-drawer-size=30rem] - Width of the drawer, where the screen is wide enough.
 * @cssproperty [--aura-video-ratio=16 / 9] - Room for the player before the video is loaded.
 */
export class AuraRenderStatus extends JobElement {
  static override properties: PropertyDeclarations = {
    variant: { reflect: true, useDefault: true },
    open: { type: Boolean, reflect: true },
  };

  static override styles = [
    themeStyles,
    controlStyles,
    progressBarStyles,
    renderStatusStyles,
    stepListStyles,
    outcomeStyles,
    noticeStyles,
    detailStyles,
    drawerStyles,
  ];

  /** How it looks. */
  declare variant: RenderStatusVariant;
  /** Shows the drawer. */
  declare open: boolean;

  readonly #copyButton = new CopyButton(this);
  readonly #files = new FileLinks(this, this.control);
  readonly #log = new JobLog(this, this.#copyButton);
  #dismissed: ReadonlySet<number> = new Set();

  constructor() {
    super();
    this.variant = 'card';
    this.open = false;
  }

  /** @internal Whether the drawer is open; `undefined` where there is none. */
  get overlay(): boolean | undefined {
    return this.variant === 'drawer' ? this.open : undefined;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('jobId')) this.#dismissed = new Set();
  }

  override updated(): void {
    super.updated();
    const drawer = this.renderRoot.querySelector<HTMLDialogElement>('.drawer');
    if (!drawer || !this.isConnected || this.open === drawer.matches(':modal')) return;
    if (!this.open) return drawer.close();
    // One that was moved in the page is open, but no longer on top.
    drawer.removeAttribute('open');
    drawer.showModal();
  }

  override render(): TemplateResult {
    const { variant } = this;
    return renderStatusView(this.control, {
      variant,
      copyButton: this.#copyButton,
      files: this.#files,
      log: this.#log,
      closed: () => {
        this.open = false;
        this.dispatchEvent(new AuraClosedEvent({ jobId: this.jobId }));
      },
      dismissed: this.#dismissed,
      dismiss: (index) => {
        this.#dismissed = new Set(this.#dismissed).add(index);
        this.requestUpdate();
      },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'aura-render-status': AuraRenderStatus;
  }
}
