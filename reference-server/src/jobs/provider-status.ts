/** What a cancel means for whoever does the work at the moment: part of the answer to it. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { StageProvider } from '../pipeline/stage.ts';

export interface ProviderStatus {
  readonly providerName: string;
  readonly providerType: StageName;
  readonly supportsCancellation: boolean;
  readonly status: 'CancellationRequested' | 'NotSupported';
  readonly warning: string | null;
}

/** @param provider `undefined` when the server's own code does the stage's work, which always stops */
export function providerStatuses(stage: StageName, provider: StageProvider | undefined): ProviderStatus[] {
  if (!provider) return [];
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
