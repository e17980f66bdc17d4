/** Layout of `<aura-render-status>`. */
import { css } from 'lit';

export const renderStatusStyles = css`
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    position: relative;
    padding: clamp(1rem, 4cqi, 1.5rem);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--aura-shadow, 0 1px 2px rgb(16 24 40 / 0.06));
  }

  :host {
    container-type: inline-size;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    min-block-size: 2rem;
  }

  h2 {
    flex: 1 1 9em;
    font-size: 1.2em;
    font-weight: 650;
    line-height: 1.3;
  }

  .job-title {
    order: 3;
    flex-basis: 100%;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .icon {
    color: var(--_muted);
    font-size: 1.15em;
  }

  .succeeded .icon {
    color: var(--_success);
  }

  .failed .icon {
    color: var(--_danger);
  }

  .attempt {
    font-size: 0.875em;
  }

  .percent {
    min-inline-size: 3.2ch;
    font-size: 1.35em;
    font-weight: 650;
    line-height: 1;
    text-align: end;
  }

  .now {
    display: grid;
    gap: 0.15rem;
    min-block-size: 2.9em;
  }

  .message {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .step {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto 4.5em;
    align-items: center;
    gap: 0 0.7em;
    position: relative;
    min-block-size: 2.5em;
    border-block-start: 1px solid var(--_border);
  }

  .step-status {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .step-figure {
    color: var(--_muted);
    font-size: 0.875em;
    text-align: end;
  }

  .step.Pending {
    color: var(--_muted);
  }

  .step.Running {
    font-weight: 600;
  }

  .step.Running svg {
    color: var(--_accent);
  }

  .step.Running .step-status,
  .step.Running .step-figure {
    color: var(--_text);
  }

  .step.Succeeded svg {
    color: var(--_success);
  }

  .step.Failed :is(svg, .step-status) {
    color: var(--_danger);
  }

  .step-bar {
    --_bar: var(--_accent);
    --_dir: -1;
    position: absolute;
    inset-inline: 0;
    inset-block-end: -1px;
    block-size: 2px;
    overflow: clip;
    contain: strict;
  }

  .step-bar:dir(rtl) {
    --_dir: 1;
  }

  .notices {
    display: grid;
    gap: 0.5rem;
  }

  .notice {
    display: flex;
    align-items: flex-start;
    gap: 0.6em;
    padding: 0.6em 0.8em;
    border-radius: var(--_radius-small);
    background: var(--_warning-surface);
  }

  .notice > svg {
    margin-block-start: 0.1em;
    color: var(--_warning);
  }

  .notice > span {
    flex: 1;
  }

  .bare {
    min-block-size: 1.5rem;
    min-inline-size: 1.5rem;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }

  .older {
    margin-block-start: -0.5rem;
    font-size: 0.875em;
  }

  .footer {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 0.75rem 1rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    margin-inline-start: auto;
  }

  details {
    min-inline-size: 0;
  }

  .log[open] {
    flex-basis: 100%;
  }

  summary {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 2.25em;
    border-radius: var(--_radius-small);
    color: var(--_muted);
    cursor: pointer;
  }

  summary::before {
    content: '';
    inline-size: 0.4em;
    block-size: 0.4em;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    rotate: -45deg;
  }

  summary:dir(rtl)::before {
    rotate: 135deg;
  }

  [open] > summary::before {
    rotate: 45deg;
  }

  summary:hover {
    color: var(--_text);
  }

  /* Reversed, so that the newest line stays in sight as lines are added. */
  .lines {
    display: flex;
    flex-direction: column-reverse;
    max-block-size: 15rem;
    overflow: auto;
  }

  .lines,
  pre {
    margin: 0;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    font:
      0.8125em/1.6 ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
  }

  pre {
    max-block-size: 15rem;
    overflow: auto;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }

  .lines li {
    display: flex;
    gap: 0.9em;
  }

  .lines time {
    flex: none;
    color: var(--_muted);
  }

  .WARNING {
    color: var(--_warning);
  }

  .ERROR {
    color: var(--_danger);
  }

  video {
    display: block;
    inline-size: 100%;
    max-block-size: min(70vh, 40rem);
    aspect-ratio: auto var(--aura-video-ratio, 16 / 9);
    border-radius: var(--_radius-small);
    background: #000;
  }

  .more {
    margin-block-start: -0.5rem;
  }

  .more .downloads {
    margin-block-start: 0.35rem;
  }

  .downloads {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .download {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    max-inline-size: 100%;
    min-block-size: 2.25em;
    font-weight: 500;
  }

  .errors {
    display: grid;
    gap: 0.75rem;
  }

  .error {
    display: grid;
    gap: 0.3rem;
    padding: 0.8em 1em;
    border-inline-start: 3px solid var(--_danger);
    border-radius: var(--_radius-small);
    background: var(--_danger-surface);
  }

  .error-message {
    font-weight: 600;
  }

  .reference {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.6em;
    min-block-size: 1.75rem;
    font-size: 0.9375em;
  }

  .reference code {
    user-select: all;
  }

  .step.Running svg {
    animation: turn 1.4s linear infinite;
  }

  :host(:state(offscreen)) .step.Running svg {
    animation: none;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @container (max-width: 24rem) {
    .percent {
      order: 1;
    }

    header .badge {
      order: 2;
      flex-basis: 100%;
    }

    .step {
      grid-template-columns: auto minmax(0, 1fr) auto 3.6em;
    }

    .lines li {
      flex-direction: column;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .step.Running svg {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .notice,
    .error,
    .lines,
    pre {
      border: 1px solid CanvasText;
    }
  }
`;
