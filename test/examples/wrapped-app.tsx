/** A page of React components around the elements. The test drives it through `window.app` and reads what it says. */
import '@aura-jobs/elements/define';
import { AuraClientProvider, AuraJobProgress } from '@aura-jobs/elements/react';
import { AuraClient } from '@aura-jobs/sdk';
import { createRef, StrictMode, version } from 'react';
import { createRoot } from 'react-dom/client';

export interface WrappedApp {
  readonly version: string;
  readonly client: AuraClient;
  /** What the listeners were told, newest last. */
  readonly heard: string[];
  readonly progress: { readonly current: HTMLElementTagNameMap['aura-job-progress'] | null };
  /** Renders with these, and no other, properties of the bar. @param name goes before what is heard */
  show(props: Parameters<typeof AuraJobProgress>[0], name: string): void;
  unmount(): void;
}

const { searchParams } = new URL(location.href);
const client = new AuraClient({ baseUrl: searchParams.get('api')! });
const progress = createRef<HTMLElementTagNameMap['aura-job-progress']>();
const heard: string[] = [];
const root = createRoot(document.getElementById('root')!);

const app: WrappedApp = {
  version,
  client,
  heard,
  progress,
  show: (props, name) =>
    root.render(
      <StrictMode>
        <AuraClientProvider client={client}>
          <AuraJobProgress
            ref={progress}
            className="mine"
            {...props}
            onAuraJobCompleted={({ type, detail }) => heard.push(`${name} ${type} ${detail.jobId}`)}
          />
        </AuraClientProvider>
      </StrictMode>,
    ),
  unmount: () => root.unmount(),
};
Object.assign(window, { app });
