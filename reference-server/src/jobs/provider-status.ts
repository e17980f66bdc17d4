/** What a cancel means for whoever does the work at the moment: part of the answer to it. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { ProviderAtWork } from './job-store.ts';

export interface ProviderStatus {
  readonly providerName: string;
  readonly providerType: StageName;
  readonly supportsCancellation: boolean;
  readonly status: 'CancellationRequested' | 'NotSupported';
  readonly warning: string | null;
}

/** @param provider the last one at work; in another stage than this the server's own code does it, which always stops */
export function providerStatuses(stage: StageName, provider: ProviderAtWork | undefined): ProviderStatus[] {
  if (provider?.stage !== stage) return [];
  const { name, canStop = true } = provider;
  return [
    {
      providerName: name,
      providerType: stage,
      supportsCancellation: canStop,
      status: canStop ? 'CancellationRequested' : 'NotSupported',
      warning: canStop ? null : `${name} cannot be stopped. It ends what it has begun, and that is thrown away.`,
    },
  ];
}
