/** The five steps. */
import { css } from 'lit';

export const stepListStyles = css`
  .step {
    display: grid;
    grid-template-columns: auto minmax(min-content, 1fr) auto 4.5em;
    align-items: center;
    gap: 0 0.7em;
    position: relative;
    min-block-size: 2.5em;
    border-block-start: 1px solid var(--_border);
  }

  .step-name {
    overflow-wrap: break-word;
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

  .step.Running svg {
    animation: turn 1.4s linear infinite;
  }

  :host(:state(offscreen)) .step.Running svg,
  .still .step.Running svg {
    animation: none;
  }

  .still .step.Running :is(svg, .step-status, .step-figure) {
    color: var(--_muted);
  }

  .still .step-bar {
    --_bar: var(--_muted);
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .step.Running svg {
      animation: none;
    }
  }

  @container (max-width: 24rem) {
    .step {
      grid-template-columns: auto minmax(min-content, 1fr) auto 3.6em;
    }

    /* Still spoken: icon and percent say it to the eye. */
    .step.Running .step-status {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    .step.Running .step-figure {
      grid-column: -2;
    }
  }

  /* Very narrow, or letters very large: the status stands below the name. */
  @container (max-width: 15.5rem) {
    .step {
      grid-template-columns: auto minmax(0, 1fr) auto;
      align-content: center;
      min-block-size: 3.4em;
    }

    .step > :is(svg, .step-figure) {
      grid-row: 1 / 3;
    }

    .step > .step-status {
      grid-area: 2 / 2;
    }

    .step.step > .step-figure {
      grid-column: 3;
    }
  }
`;
