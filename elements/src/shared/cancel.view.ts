/** Cancel, for one job. */
import { isCancellable } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { askingButton } from './asking-button.view.ts';
import type { JobController } from './job-controller.ts';
import { reasonOf } from './pending-command.ts';

/** Button and dialog; nothing when there is nothing to cancel. */
export function cancelControl(control: JobController, size = ''): TemplateResult | typeof nothing {
  const { job, strings, commands } = control;
  if (!job || !isCancellable(job.status)) return nothing;
  const { pending } = commands.cancelling;
  return askingButton({
    name: 'cancel',
    look: size,
    label: pending ? strings.cancelling : strings.cancel,
    idle: pending,
    title: strings.cancelTitle,
    text: strings.cancelText,
    yes: strings.cancelYes,
    no: strings.cancelNo,
    confirmed: () => void commands.cancel(),
  });
}

/** Why the server did not cancel. */
export function cancelRefusal({ commands: { cancelling }, strings }: JobController): TemplateResult | typeof nothing {
  if (!cancelling.refusal) return nothing;
  return html`<p part="refusal" class="danger-text" role="alert">
    ${strings.refusedCancel} ${reasonOf(cancelling.refusal, strings)}
  </p>`;
}
