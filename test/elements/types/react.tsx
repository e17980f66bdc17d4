/** The tags in JSX: what compiles here is what a React page may write, and each refusal is one it needs. */
import { AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements/react';
import { AuraClient } from '@aura-jobs/sdk';
import type { ReactElement } from 'react';

const client = new AuraClient();

export const accepted: ReactElement[] = [
  <aura-job-progress key="1" job-id="job-1" base-url="/" variant="ring" cancellable lang="de" className="x" slot="y" />,
  <aura-job-progress
    key="2"
    jobId="job-1"
    client={client}
    onaura-progress={({ detail }) => detail.percent.toFixed()}
  />,
  <aura-render-status
    key="3"
    job-id="job-1"
    onaura-job-completed={(event) => void event.detail.output?.videoPath}
    onaura-cancel-request={(event) => event.preventDefault()}
    ref={(element) => void element?.jobId}
  >
    <p slot="empty">Nothing yet</p>
  </aura-render-status>,
  <AuraJobProgress key="4" jobId="job-1" client={client} variant="ring" className="x" ref={(it) => void it?.variant} />,
  <AuraRenderStatus key="5" jobId="job-1" onAuraJobCompleted={(event) => void event.detail.output?.videoPath} />,
];

export const refused: ReactElement[] = [
  // @ts-expect-error a job id is a text
  <aura-job-progress key="1" job-id={7} />,
  // @ts-expect-error there is no such look
  <aura-job-progress key="2" variant="square" />,
  // @ts-expect-error progress has a percent, and no name
  <aura-job-progress key="3" onaura-progress={({ detail }) => detail.name} />,
  // @ts-expect-error there is no such tag
  <aura-nothing key="4" />,
  // @ts-expect-error there is no such look
  <AuraJobProgress key="5" variant="square" />,
  // @ts-expect-error progress has a percent, and no name
  <AuraJobProgress key="6" onAuraProgress={({ detail }) => detail.name} />,
  // @ts-expect-error the bar cannot be asked to try again
  <AuraJobProgress key="7" onAuraRetryRequest={() => {}} />,
];
