/** One job, in this app's own markup: a signal brings the state, the elements the bar and the drawer with everything. */
import { Component, computed, effect, ElementRef, inject, input, linkedSignal, output, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { AURA_ELEMENTS } from '@aura-jobs/elements/angular';
import { describeError, isCancellable } from '@aura-jobs/sdk';
import { CLIENT } from './client';
import { watchJob } from './watch-job';

@Component({
  selector: 'app-job-card',
  imports: [AURA_ELEMENTS],
  template: `
    @if (job(); as job) {
      <section class="panel">
        <h2>{{ job.title }}</h2>
        @if (job.output; as output) {
          <video controls [src]="client.url(output.videoPath)"></video>
        } @else {
          <aura-job-progress [jobId]="jobId()" />
        }
        <ol class="steps" aria-label="Steps">
          @for (step of job.steps; track step.name) {
            <li [attr.data-status]="step.status" [attr.aria-current]="step.status === 'Running' ? 'step' : null">
              {{ step.name === 'TTS' ? 'Narration' : step.name }}
            </li>
          }
        </ol>
        @for (error of job.errors; track error.code) {
          <p>{{ error.remediation }}</p>
        }
        <p role="alert">{{ refusal() }}</p>
        <footer>
          @if (cancellable()) {
            <button [disabled]="asked()" (click)="cancel()">{{ asked() ? 'Cancelling…' : 'Cancel' }}</button>
          }
          @if (job.status === 'Failed') {
            <button class="main" [disabled]="asked()" (click)="retry()">Try again</button>
          }
          <button (click)="details.set(true)">Details</button>
        </footer>
        <aura-render-status variant="drawer" [jobId]="jobId()" [open]="details()" (aura-closed)="details.set(false)" />
      </section>
    }
  `,
})
export class JobCard {
  readonly jobId = input.required<string>();
  readonly retried = output<string>();

  protected readonly client = inject(CLIENT);
  protected readonly job = watchJob(this.jobId);
  protected readonly cancellable = computed(() => isCancellable(this.job()?.status ?? 'Queued'));
  protected readonly details = signal(false);
  /** Both begin anew with each job. */
  protected readonly asked = linkedSignal({ source: this.jobId, computation: () => false });
  protected readonly refusal = linkedSignal({ source: this.jobId, computation: () => '' });
  readonly #title = inject(Title);

  readonly #card = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    // On a narrow screen the job is far from where it was chosen.
    effect(() => this.jobId() && this.#card.scrollIntoView({ block: 'nearest' }));
    effect(() => {
      const job = this.job();
      if (job) this.#title.setTitle(`${Math.round(job.percent)} % · ${job.title}`);
    });
  }

  protected cancel(): Promise<void> {
    return this.#ask(() => this.client.jobs.cancel(this.jobId()));
  }

  protected retry(): Promise<void> {
    return this.#ask(async () => this.retried.emit((await this.client.jobs.retry(this.jobId())).jobId));
  }

  /** A command changes nothing that is shown: the job's next event does. */
  async #ask(command: () => Promise<unknown>): Promise<void> {
    this.asked.set(true);
    this.refusal.set('');
    try {
      await command();
    } catch (failure) {
      this.asked.set(false);
      this.refusal.set(describeError(failure).remediation);
    }
  }
}
