/** Two components on one job and a list of both, as an application has them, under StrictMode. */
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { configure } from '@aura-jobs/sdk';
import { useJob, useJobs } from '@aura-jobs/sdk/react';

const query = new URLSearchParams(location.search);
const ids = query.getAll('job');
configure({ baseUrl: query.get('server')! });

let renders = 0;

function One({ jobId }: { jobId: string | null }) {
  const { job, connection } = useJob(jobId);
  renders++;
  return (
    <p className="one" data-status={job?.status ?? 'none'} data-connection={connection.status}>
      {job?.percent}
    </p>
  );
}

function All() {
  const views = useJobs([...ids]);
  return <p className="all">{views.map(({ job }) => job?.status ?? 'none').join(' ')}</p>;
}

function App() {
  const [shown, setShown] = useState(true);
  return (
    <StrictMode>
      <button onClick={() => setShown(!shown)}>toggle</button>
      {shown && (
        <>
          <One jobId={ids[0]!} />
          <One jobId={ids[0]!} />
          <One jobId={null} />
          <One jobId="" />
          <All />
        </>
      )}
    </StrictMode>
  );
}

createRoot(document.getElementById('root')!).render(<App />);
Object.assign(window, { renders: () => renders });
