/** Buttons, the connection badge, the job's facts and the confirm dialog. */
import { css } from 'lit';

export const controlStyles = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 2.25em;
    padding: 0.25em 0.9em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 550;
    text-decoration: none;
    cursor: pointer;
  }

  :is(button, .button):hover {
    background: var(--_sunken);
  }

  .small {
    min-block-size: 1.75rem;
    padding: 0.1em 0.7em;
    font-size: 0.875em;
  }

  .primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .primary:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .danger {
    border-color: var(--_danger);
    background: var(--_danger);
    color: var(--_surface);
  }

  .danger:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }

  [aria-disabled='true'],
  [aria-disabled='true']:hover {
    border-color: var(--_border);
    background: var(--_sunken);
    color: var(--_muted);
    cursor: default;
  }

  [aria-pressed='true'],
  [aria-pressed='true'] > * {
    border-color: var(--_accent);
    color: var(--_accent);
  }

  .badge {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .badge::before {
    content: '';
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: var(--_muted);
  }

  .badge:is(.open, .polling)::before {
    background: var(--_success);
  }

  .badge:is(.reconnecting, .offline) {
    color: var(--_warning);
  }

  .badge:is(.reconnecting, .offline)::before {
    background: var(--_warning);
  }

  .badge.failed {
    color: var(--_danger);
  }

  .badge.failed::before {
    background: var(--_danger);
  }

  /* Each has the dot before it, which at the beginning of a line falls outside. */
  .facts {
    display: flex;
    flex-wrap: wrap;
    overflow: clip;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .facts > span {
    position: relative;
    inset-inline-start: -1.1em;
    padding-inline-start: 1.1em;
    unicode-bidi: plaintext;
  }

  .facts > span::before {
    content: '·';
    position: absolute;
    inset-inline-start: 0.4em;
  }

  dialog {
    inline-size: min(26rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 0.3);
  }

  dialog::backdrop {
    background: rgb(10 14 22 / 0.5);
  }

  dialog > h2 {
    margin-block-end: 0.4rem;
    font-size: 1.2em;
    font-weight: 650;
  }

  dialog .choices {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.6rem;
    margin-block-start: 1.4rem;
  }

  @media (forced-colors: active) {
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }

    .badge.badge::before {
      background: CanvasText;
      forced-color-adjust: none;
    }

    [aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
