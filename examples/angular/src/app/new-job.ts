/** The form that starts a job. */
import { Component, inject, output, signal } from '@angular/core';
import { describeError } from '@aura-jobs/sdk';
import { CLIENT } from './client';

@Component({
  selector: 'app-new-job',
  template: `
    <form class="panel" (submit)="start($event, topic.value, length.value)">
      <h1>Make a video</h1>
      <label>
        What is it about?
        <textarea #topic rows="3" minlength="3" maxlength="500" required>How tides work</textarea>
      </label>
      <label>
        Length
        <select #length>
          <option value="00:00:10">10 seconds</option>
          <option value="00:00:20" selected>20 seconds</option>
          <option value="00:01:00">1 minute</option>
        </select>
      </label>
      <button class="main" [disabled]="starting()">{{ starting() ? 'Starting…' : 'Make the video' }}</button>
      <p role="alert">{{ error() }}</p>
    </form>
  `,
})
export class NewJob {
  readonly started = output<string>();

  protected readonly starting = signal(false);
  protected readonly error = signal('');
  readonly #client = inject(CLIENT);

  protected async start(event: Event, topic: string, targetDuration: string): Promise<void> {
    event.preventDefault();
    this.starting.set(true);
    this.error.set('');
    try {
      const { jobId } = await this.#client.jobs.create({ brief: { topic }, planSpec: { targetDuration } });
      this.started.emit(jobId);
    } catch (failure) {
      this.error.set(describeError(failure).remediation);
    } finally {
      this.starting.set(false);
    }
  }
}
