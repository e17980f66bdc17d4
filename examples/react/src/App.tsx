/// <reference types="@aura-jobs/elements/react" />
/** The page: a form, the chosen job, and the list of all. */
import { useState } from 'react';
import { client } from './client.ts';
import { JobCard } from './JobCard.tsx';
import { NewJob } from './NewJob.tsx';

export function App() {
  const [jobId, setJobId] = useState<string | null>(null);
  const [started, setStarted] = useState<readonly string[]>([]);

  /** Shows a new job, and adds it to the list without asking the server for all. */
  function show(newJobId: string) {
    setStarted((ids) => [...ids, newJobId]);
    setJobId(newJobId);
  }

  return (
    <aura-client client={client}>
      <header>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <strong>Video studio</strong>
        <span className="tag">React</span>
      </header>
      <main>
        <NewJob onStarted={show} />
        {jobId ? <JobCard key={jobId} jobId={jobId} onRetried={show} /> : <Nothing />}
        <aura-job-list
          className="panel list"
          jobIds={started}
          onaura-open-request={(event) => {
            // The list would open a drawer; this page has a place for the job.
            event.preventDefault();
            setJobId(event.detail.jobId);
          }}
        >
          <p slot="empty">No videos yet.</p>
        </aura-job-list>
      </main>
    </aura-client>
  );
}

function Nothing() {
  return (
    <section className="panel job nothing">
      <p>Your video grows here. Start one, or choose one from the list.</p>
    </section>
  );
}
