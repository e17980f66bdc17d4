/** The page: a form, the chosen job, and the list of all. */
import { Component, inject, signal } from '@angular/core';
import { AURA_ELEMENTS } from '@aura-jobs/elements/angular';
import { CLIENT } from './client';
import { JobCard } from './job-card';
import { NewJob } from './new-job';

@Component({
  selector: 'app-root',
  imports: [AURA_ELEMENTS, JobCard, NewJob],
  template: `
    <aura-client [client]="client">
      <header>
        <img src="icon.svg" alt="" width="28" height="28" />
        <strong>Video studio</strong>
        <span class="tag">Angular</span>
      </header>
      <main>
        <app-new-job class="new" (started)="show($event)" />
        @if (jobId(); as jobId) {
          <app-job-card class="job" [jobId]="jobId" (retried)="show($event)" />
        } @else {
          <section class="panel job nothing">
            <p>Your video grows here. Start one, or choose one from the list.</p>
          </section>
        }
        <aura-job-list class="panel list" [jobIds]="started()" (aura-open-request)="choose($event)">
          <p slot="empty">No videos yet.</p>
        </aura-job-list>
      </main>
    </aura-client>
  `,
})
export class App {
  protected readonly client = inject(CLIENT);
  protected readonly jobId = signal('');
  protected readonly started = signal<readonly string[]>([]);

  /** Shows a new job, and adds it to the list without asking the server for all. */
  protected show(jobId: string): void {
    this.started.update((ids) => [...ids, jobId]);
    this.jobId.set(jobId);
  }

  /** The list would open a drawer; this page has a place for the job. */
  protected choose(event: HTMLElementEventMap['aura-open-request']): void {
    event.preventDefault();
    this.jobId.set(event.detail.jobId);
  }
}
