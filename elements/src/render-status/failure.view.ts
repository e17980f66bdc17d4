/** What went wrong, what to do about it, and what to tell support. */
import type { JobError, JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import type { CopyButton } from './copy-button.ts';

/** Technical details are cut at their beginning: an encoder says last why it gave up. */
const MAX_DETAILS = 16_384;

/** Remedies that only the page knows, by the codes for which it may offer them. */
const REMEDIES = [
  { slot: 'settings', codes: /^MissingApiKey:/ },
  { slot: 'encoder-help', codes: /ffmpeg|^E30[24]/i },
];

export function failureView(job: JobSnapshot, strings: Strings, copyButton: CopyButton): TemplateResult {
  const { errors, errorMessage, correlationId } = job;
  return html`${
    errorMessage && errors.every(({ message }) => message !== errorMessage)
      ? html`<p part="error-message">${errorMessage}</p>`
      : nothing
  }
  ${
    errors.length > 0
      ? html`<ul part="errors" class="errors">
          ${errors.map((error) => errorItem(error))}
        </ul>`
      : nothing
  }
  ${REMEDIES.map(({ slot, codes }) =>
    errors.some(({ code }) => codes.test(code)) ? html`<slot name=${slot}></slot>` : nothing,
  )}
  ${
    correlationId
      ? html`<p part="reference" class="reference">
          <span class="muted">${strings.reference}</span> <code>${correlationId}</code>
          ${copyButton.view('reference', correlationId, strings)}
        </p>`
      : nothing
  }
  ${technicalDetails(errors, strings, copyButton)}`;
}

function errorItem({ message, remediation, code }: JobError): TemplateResult {
  return html`<li part="error" class="error">
    <p class="error-message">${message}</p>
    ${remediation ? html`<p class="remediation">${remediation}</p>` : nothing}
    ${code ? html`<code class="muted">${code}</code>` : nothing}
  </li>`;
}

function technicalDetails(
  errors: readonly JobError[],
  strings: Strings,
  copyButton: CopyButton,
): TemplateResult | typeof nothing {
  const details = errors
    .flatMap((error) => error.details || [])
    .join('\n\n')
    .slice(-MAX_DETAILS);
  if (!details) return nothing;
  return html`<details part="details">
    <summary>${strings.details}</summary>
    <pre tabindex="0">${details}</pre>
    <div class="log-tools">${copyButton.view('details', details, strings)}</div>
  </details>`;
}
