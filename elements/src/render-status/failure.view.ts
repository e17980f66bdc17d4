/** What went wrong, what to do about it, and what to tell support. */
import type { JobError, JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import type { CopyButton } from './copy-button.ts';

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
  ${
    correlationId
      ? html`<p part="reference" class="reference">
          <span class="muted">${strings.reference}</span> <code>${correlationId}</code>
          ${copyButton.view(correlationId, strings)}
        </p>`
      : nothing
  }
  ${technicalDetails(errors, strings)}`;
}

function errorItem({ message, remediation, code }: JobError): TemplateResult {
  return html`<li part="error" class="error">
    <p class="error-message">${message}</p>
    ${remediation ? html`<p class="remediation">${remediation}</p>` : nothing}
    ${code ? html`<code class="muted">${code}</code>` : nothing}
  </li>`;
}

function technicalDetails(errors: readonly JobError[], strings: Strings): TemplateResult | typeof nothing {
  const details = errors.flatMap((error) => (error.details ? [error.details] : []));
  if (details.length === 0) return nothing;
  return html`<details part="details">
    <summary>${strings.details}</summary>
    ${details.map((text) => html`<pre tabindex="0">${text}</pre>`)}
  </details>`;
}
