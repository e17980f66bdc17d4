/** The form that starts a job. */
import { describeError } from '@aura-jobs/sdk';
import { useActionState } from 'react';
import { client } from './client.ts';

export function NewJob({ onStarted }: { onStarted: (jobId: string) => void }) {
  const [error, start, starting] = useActionState(async (_previous: string, form: FormData) => {
    try {
      const { jobId } = await client.jobs.create({
        brief: { topic: String(form.get('topic')) },
        planSpec: { targetDuration: String(form.get('length')) },
      });
      onStarted(jobId);
      return '';
    } catch (failure) {
      return describeError(failure).remediation;
    }
  }, '');

  return (
    <form className="panel new" action={start}>
      <h1>Make a video</h1>
      <label>
        What is it about?
        <textarea name="topic" rows={3} minLength={3} maxLength={500} required defaultValue="How tides work" />
      </label>
      <label>
        Length
        <select name="length" defaultValue="00:00:20">
          <option value="00:00:10">10 seconds</option>
          <option value="00:00:20">20 seconds</option>
          <option value="00:01:00">1 minute</option>
        </select>
      </label>
      <button className="main" disabled={starting}>
        {starting ? 'Starting…' : 'Make the video'}
      </button>
      <p role="alert">{error}</p>
    </form>
  );
}
