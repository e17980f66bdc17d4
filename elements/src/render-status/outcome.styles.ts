/** How a job ended: the video and its files, or what went wrong. */
import { css } from 'lit';

export const outcomeStyles = css`
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

  span.download {
    margin-inline-end: 0.75em;
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

  @media (forced-colors: active) {
    .error {
      border: 1px solid CanvasText;
    }
  }
`;
