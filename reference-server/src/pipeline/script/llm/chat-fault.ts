/** What an OpenAI-compatible server's refusals mean. Nothing of what it says is passed on with the key in it. */
import { missingKey, providerFault } from '../../provider-fault.ts';
import type { StageError } from '../../stage-error.ts';

/** An answer that is not 200. */
export interface RefusedChat {
  readonly status: number;
  /** What it said, if it could be read. */
  readonly body: string;
  /** From `Retry-After`, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** Whether the request carried a key. */
  readonly hasKey: boolean;
}

/** Body of an error, as far as it is of interest. */
interface ErrorBody {
  readonly error?: { readonly code?: unknown; readonly type?: unknown };
}

export function refusedChat({ status, body, retryAfterMs, hasKey }: RefusedChat): StageError {
  const { code, type } = errorIn(body);
  const details = body || undefined;
  if (status === 401 || status === 403) {
    // What is said here may quote the key, in part or in a form of its own.
    return hasKey
      ? providerFault('ProviderKeyInvalid', `It does not take the key (${status}).`)
      : missingKey('AURA_LLM_API_KEY');
  }
  if (status === 429) {
    // A used-up account is no matter of waiting.
    if (code === 'insufficient_quota' || type === 'insufficient_quota')
      return providerFault('ProviderRateLimited', 'The quota of the account is used up.', {
        details,
        transient: false,
      });
    return providerFault('ProviderRateLimited', 'It has too much to do (429).', { details, retryAfterMs });
  }
  if (status === 408) return providerFault('ProviderNetworkError', 'It waited in vain for the request (408).');
  if (status >= 500)
    return providerFault('ProviderServerError', `It has trouble of its own (${status}).`, { details, retryAfterMs });
  if (code === 'content_filter' || code === 'content_policy_violation') return refusedTopic();
  const message =
    status >= 300 && status < 400
      ? `It is not at AURA_LLM_BASE_URL, but points elsewhere (${status}).`
      : `It does not take the request (${status}): AURA_LLM_BASE_URL, AURA_LLM_MODEL or AURA_LLM_FORMAT may be wrong.`;
  return providerFault('ProviderNotConfigured', message, { details });
}

/** @param details in the model's own words */
export function refusedTopic(details?: string): StageError {
  return providerFault('ContentPolicy', 'It refused to write about this topic.', { details });
}

function errorIn(body: string): { readonly code?: unknown; readonly type?: unknown } {
  try {
    return (JSON.parse(body) as ErrorBody | null)?.error ?? {};
  } catch {
    return {};
  }
}
