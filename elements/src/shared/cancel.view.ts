/** Cancel: the button, and the dialog that asks before work is thrown away. */
import { isCancellable } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { JobController } from './job-controller.ts';

/** Button, dialog and, after a refusal, its reason; nothing when there is nothing to cancel. */
export function cancelControl(control: JobController, size = ''): TemplateResult | typeof nothing {
  const { job, strings, commands } = control;
  const { cancelling } = commands;
  if (!job || !isCancellable(job.status)) return nothing;
  const ask = (event: Event): void => {
    if (cancelling.pending) return;
    const { nextElementSibling } = event.currentTarget as HTMLElement;
    (nextElementSibling as HTMLDialogElement).showModal();
  };
  // Not `disabled`: the button has just been used and must not lose the focus.
  return html`<button
      part="button cancel-button"
      class=${size}
      type="button"
      aria-disabled=${cancelling.pending ? 'true' : nothing}
      @click=${ask}
    >
      ${cancelling.pending ? strings.cancelling : strings.cancel}
    </button>
    ${cancelDialog(control)}`;
}

/** Why the server did not cancel. */
export function cancelRefusal({ commands: { cancelling }, strings }: JobController): TemplateResult | typeof nothing {
  if (!cancelling.refusal) return nothing;
  return html`<p part="refusal" class="danger-text" role="alert">${strings.refusedCancel} ${cancelling.refusal}</p>`;
}

function cancelDialog(control: JobController): TemplateResult {
  const { strings } = control;
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')!.close();
  const confirm = (event: Event): void => {
    close(event);
    void control.commands.cancel();
  };
  return html`<dialog part="dialog" aria-labelledby="cancel-title" aria-describedby="cancel-text" closedby="any">
    <h2 id="cancel-title">${strings.cancelTitle}</h2>
    <p id="cancel-text" class="muted">${strings.cancelText}</p>
    <div class="choices">
      <button part="button" type="button" @click=${close}>${strings.cancelNo}</button>
      <button part="button danger-button" class="danger" type="button" @click=${confirm}>${strings.cancelYes}</button>
    </div>
  </dialog>`;
}
