/** The guide's React component. Only its import paths differ from the guide's. */
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { cancelJob, configure } from '@aura-jobs/sdk';
import { useJobProgress } from '@aura-jobs/sdk/react';

function ProgressBar({ value }: { value: number }) {
  return <progress max={100} value={value} />;
}

function JobMonitor({ jobId }: { jobId: string }) {
  const [progress, setProgress] = useState(0);
  const [status, setStatus] = useState('Running');

  useJobProgress(jobId, (event) => {
    if (event.type === 'step-progress') {
      setProgress(event.data.progressPct);
    }
    if (event.type === 'job-status') {
      setStatus(event.data.status);
    }
  });

  const handleCancel = async () => {
    try {
      await cancelJob(jobId);
    } catch (error) {
      console.error('Cancel failed:', error);
    }
  };

  return (
    <div>
      <ProgressBar value={progress} />
      <p>Status: {status}</p>
      {status === 'Running' && <button onClick={() => void handleCancel()}>Cancel</button>}
    </div>
  );
}

const { server, job } = Object.fromEntries(new URLSearchParams(location.search)) as { server: string; job: string };
configure({ baseUrl: server });
const root = createRoot(document.getElementById('root')!);
root.render(<JobMonitor jobId={job} />);
Object.assign(window, { unmount: () => root.unmount() });
