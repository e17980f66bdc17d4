/** The list of warnings, and what can be unfolded: log and technical details. */
import { css } from 'lit';

export const detailStyles = css`
  .notices {
    display: grid;
    gap: 0.5rem;
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
    overflow-anchor: none;
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

  @container (max-width: 24rem) {
    .lines li {
      flex-direction: column;
      gap: 0;
    }

    .lines li + li {
      margin-block-start: 0.5em;
    }
  }

  @media (forced-colors: active) {
    .lines,
    pre {
      border: 1px solid CanvasText;
    }
  }
`;
