/** What goes wrong with a service that works for a stage: one code each, with what to do (protocol sheet, section 5). */
import { StageError } from './stage-error.ts';

type FaultCode =
  | 'ProviderNotConfigured'
  | 'ProviderKeyInvalid'
  | 'ProviderRateLimited'
  | 'ProviderServerError'
  | 'ProviderNetworkError'
  | 'ContentPolicy';

interface FaultKind {
  readonly remediation: string;
  /** Class T: it may pass by itself. */
  readonly transient: boolean;
}

const KINDS: Readonly<Record<FaultCode, FaultKind>> = {
  ProviderNotConfigured: {
    remediation: 'Open the provider settings and correct them, then try again.',
    transient: false,
  },
  ProviderKeyInvalid: {
    remediation: 'Check or renew the key and the rights of its account, then try again.',
    transient: false,
  },
  ProviderRateLimited: {
    remediation: 'Wait a little and try again, at a lower rate or with another provider.',
    transient: true,
  },
  ProviderServerError: {
    remediation: 'Wait and try again; see the provider’s status page, or use another provider.',
    transient: true,
  },
  ProviderNetworkError: {
    remediation: 'Check network and proxy, then try again, or use a local provider.',
    transient: true,
  },
  ContentPolicy: { remediation: 'Choose another topic or other words.', transient: false },
};

export interface FaultExtras {
  /** What the service said itself. */
  readonly details?: string | undefined;
  /** How long it asked to be left alone, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** Where the code alone does not say whether it passes. */
  readonly transient?: boolean;
}

/** @param message one sentence, without the provider's name */
export function providerFault(code: FaultCode, message: string, { details, ...extras }: FaultExtras = {}): StageError {
  return new StageError({ code, message, ...KINDS[code], ...extras, ...(details && { details }) });
}

/** A service wants a key, and none is set. @param setting the name to set it by */
export function missingKey(setting: string): StageError {
  return new StageError({
    code: `MissingApiKey:${setting}`,
    message: 'It wants a key, and none is set.',
    remediation: `Open the provider settings, set ${setting} and try again.`,
  });
}
