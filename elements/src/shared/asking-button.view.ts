/** A button whose work cannot be undone, and the dialog that asks before it is done. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export interface Asking {
  /** Tells this dialog from others in the element. */
  name: string;
  /** Look of the button. */
  look: string;
  label: string;
  /** Nothing to do, or under way. The button can keep the focus all the same. */
  idle: boolean;
  /** The question is put. */
  asked?: () => void;
  title: string;
  text: string;
  yes: string;
  no: string;
  confirmed: () => void;
}

export function askingButton({ name, look, label, idle, asked, ...dialog }: Asking): TemplateResult {
  const ask = (event: Event): void => {
    if (idle) return;
    asked?.();
    const button = event.currentTarget as HTMLElement;
    // A dialog gives the focus back to who had it, and in Safari a click does not give it to a button.
    button.focus();
    (button.nextElementSibling as HTMLDialogElement).showModal();
  };
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')!.close();
  const confirm = (event: Event): void => {
    close(event);
    dialog.confirmed();
  };
  return html`<button
      part="button ${name}-button"
      class=${look}
      type="button"
      aria-disabled=${idle ? 'true' : nothing}
      @click=${ask}
    >
      ${label}
    </button>
    <dialog part="dialog" aria-labelledby="${name}-title" aria-describedby="${name}-text" closedby="any">
      <h2 id="${name}-title">${dialog.title}</h2>
      <p id="${name}-text" class="muted">${dialog.text}</p>
      <div class="choices">
        <button part="button" type="button" @click=${close}>${dialog.no}</button>
        <button part="button danger-button" class="danger" type="button" @click=${confirm}>${dialog.yes}</button>
      </div>
    </dialog>`;
}
