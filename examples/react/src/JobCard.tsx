/** One job, in this app's own markup: the hook brings the state, the elements the bar and the drawer with everything. */
import { describeError, isCancellable } from '@aura-jobs/sdk';
import { useJob } from '@aura-jobs/sdk/react';
import { useState } from 'react';
import { client } from './client.ts';

interface Props {
  jobId: string;
  onRetried: (newJobId: string) => void;
}

/** On a narrow screen the job is far from where it was chosen. */
function bringIntoView(card: HTMLElement | null) {
  card?.scrollIntoView({ block: 'nearest' });
}

export function JobCard({ jobId, onRetried }: Props) {
  const { job } = useJob(jobId, client);
  const [asked, setAsked] = useState(false);
  const [details, setDetails] = useState(false);
  const [refusal, setRefusal] = useState('');

  /** A command changes nothing that is shown: the job's next event does. */
  async function ask(command: () => Promise<void>) {
    setAsked(true);
    setRefusal('');
    try {
      await command();
    } catch (failure) {
      setAsked(false);
      setRefusal(describeError(failure).remediation);
    }
  }
  const cancel = () => ask(async () => void (await client.jobs.cancel(jobId)));
  const retry = () => ask(async () => onRetried((await client.jobs.retry(jobId)).jobId));

  if (!job) return <section ref={bringIntoView} className="panel job" aria-busy="true" />;
  const { status, title, output, errors } = job;
  return (
    <section ref={bringIntoView} className="panel job">
      <title>{`${Math.round(job.percent)} % · ${title}`}</title>
      <h2>{title}</h2>
      {output ? (
        <video controls src={client.url(output.videoPath) ?? undefined} />
      ) : (
        <aura-job-progress job-id={jobId} />
      )}
      <ol className="steps" aria-label="Steps">
        {job.steps.map((step) => (
          <li key={step.name} data-status={step.status} aria-current={step.status === 'Running' ? 'step' : undefined}>
            {step.name === 'TTS' ? 'Narration' : step.name}
          </li>
        ))}
      </ol>
      {errors.map(({ code, remediation }) => (
        <p key={code}>{remediation}</p>
      ))}
      <p role="alert">{refusal}</p>
      <footer>
        {isCancellable(status) && (
          <button disabled={asked} onClick={cancel}>
            {asked ? 'Cancelling…' : 'Cancel'}
          </button>
        )}
        {status === 'Failed' && (
          <button className="main" disabled={asked} onClick={retry}>
            Try again
          </button>
        )}
        <button onClick={() => setDetails(true)}>Details</button>
      </footer>
      <aura-render-status variant="drawer" job-id={jobId} open={details} onaura-closed={() => setDetails(false)} />
    </section>
  );
}
